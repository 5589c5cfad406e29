/** One thing that a run asked of Temporal, under a key that both sides of a comparison give it. */
export interface Asked {
  /** `timer 3`, `activity 2`, `update <id> answered`, `end` … */
  readonly key: string;
  /** Id of the event with which the workflow task began that asked it. */
  readonly at: number;
  /** What the history shows of it. */
  readonly what: Readonly<Record<string, unknown>>;
  /** What no history shows: arguments and options of a local activity. */
  readonly beyond?: Readonly<Record<string, unknown>>;
}

/** A call of a local activity with what came back; undefined: the history ends before. */
export interface StoreCall {
  readonly type: string;
  readonly arguments: readonly unknown[];
  readonly answer: unknown;
  /** Instants at which it may have been asked instead of the replay's own, see `tasks.ts`. */
  readonly orAt: readonly string[];
}
