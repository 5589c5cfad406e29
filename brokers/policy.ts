/** How long a broker is waited for. All in milliseconds. */
export interface BrokerPolicy {
  /** One request, the whole of it: what the standard names as typical. */
  readonly requestMs: number;
  /** As long is a request repeated that was not received, or that the broker was too busy for. */
  readonly retryForMs: number;
  /** Between two such repetitions: from the least, doubling, to the most; longer where the broker asks for it, as between two looks. */
  readonly retryEveryMs: readonly [number, number];
  /** An asynchronous operation is waited for as long as its plan says, and no longer than the most; where it says nothing, so long. */
  readonly pollForMs: { readonly unsaid: number; readonly most: number };
  /** Between two looks at it: the first where the broker says nothing, and the bounds of what it may say. */
  readonly pollEveryMs: { readonly unsaid: number; readonly least: number; readonly most: number };
  /** As long is it tried to remove what a failed request may have left. */
  readonly mitigateForMs: number;
  /** After a request without an answer "there is none" is believed no sooner: the broker may be about to make it. */
  readonly settleMs: number;
  /** A catalogue that was asked for so recently is taken as it is. */
  readonly catalogFreshMs: number;
  /** Failures in a row after which a broker is left alone, and how long until one request tries it again. */
  readonly circuit: { readonly failures: number; readonly restMs: number };
  /** Of an answer, in bytes. */
  readonly mostBytes: number;
}

export const BROKER_POLICY: BrokerPolicy = {
  requestMs: 60_000,
  retryForMs: 10 * 60_000,
  retryEveryMs: [500, 30_000],
  pollForMs: { unsaid: 60 * 60_000, most: 24 * 60 * 60_000 },
  pollEveryMs: { unsaid: 5_000, least: 500, most: 5 * 60_000 },
  mitigateForMs: 10 * 60_000,
  settleMs: 60_000,
  catalogFreshMs: 60_000,
  circuit: { failures: 5, restMs: 15_000 },
  mostBytes: 1024 * 1024,
};
