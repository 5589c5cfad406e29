/** Values of Temporal's protobuf messages as plain JSON, the same from a decoded history and from a workflow's sandbox. */

export interface WirePayload {
  readonly metadata?: Readonly<Record<string, Uint8Array>> | null;
  readonly data?: Uint8Array | null;
}

interface WireDuration {
  readonly seconds?: WireLong | number | null;
  readonly nanos?: number | null;
}

/** An int64: an object of the library, or what is left of it after it was copied to another thread. */
interface WireLong {
  readonly low: number;
  readonly high: number;
}

export interface WireFailure {
  readonly message?: string | null;
  readonly encodedAttributes?: WirePayload | null;
  readonly applicationFailureInfo?: {
    readonly type?: string | null;
    readonly nonRetryable?: boolean | null;
    readonly details?: { readonly payloads?: readonly WirePayload[] | null } | null;
  } | null;
}

export interface WireRetryPolicy {
  readonly initialInterval?: WireDuration | null;
  readonly maximumInterval?: WireDuration | null;
  readonly backoffCoefficient?: number | null;
  readonly maximumAttempts?: number | null;
  readonly nonRetryableErrorTypes?: readonly string[] | null;
}

/** JSON where the payload is JSON, null for none, else its encoding and its bytes. */
export function valueOf(payload: WirePayload | null | undefined): unknown {
  const encoding = text(payload?.metadata?.['encoding']);
  if (payload === null || payload === undefined || encoding === 'binary/null') return null;
  return encoding.startsWith('json/') ? JSON.parse(text(payload.data)) as unknown : { encoding, bytes: Buffer.from(payload.data ?? []).toString('base64') };
}

export function valuesOf(payloads: readonly WirePayload[] | null | undefined): unknown[] {
  return (payloads ?? []).map(valueOf);
}

/** Milliseconds; 0 for none, as the server writes it. */
export function millisOf(duration: WireDuration | null | undefined): number {
  return numberOf(duration?.seconds) * 1_000 + (duration?.nanos ?? 0) / 1e6;
}

/** The millisecond that an instant lies in, as a run is told it. */
export function wholeMillisOf(instant: WireDuration | null | undefined): number {
  return numberOf(instant?.seconds) * 1_000 + Math.floor((instant?.nanos ?? 0) / 1e6);
}

export function numberOf(value: WireLong | number | null | undefined): number {
  if (value === null || value === undefined) return 0;
  return typeof value === 'number' ? value : (value.low >>> 0) + value.high * 2 ** 32;
}

/** What a failure says; its stack is that of the machine and left out. */
export function failureOf(failure: WireFailure | null | undefined): unknown {
  const info = failure?.applicationFailureInfo;
  const encoded = valueOf(failure?.encodedAttributes) as { message?: string } | null;
  return {
    message: encoded?.message ?? failure?.message ?? '', type: info?.type ?? '', nonRetryable: info?.nonRetryable ?? false, details: valuesOf(info?.details?.payloads),
  };
}

export function retryOf(policy: WireRetryPolicy | null | undefined): unknown {
  return {
    initial: millisOf(policy?.initialInterval), maximum: millisOf(policy?.maximumInterval), backoff: policy?.backoffCoefficient ?? 0,
    attempts: policy?.maximumAttempts ?? 0, notFor: policy?.nonRetryableErrorTypes ?? [],
  };
}

function text(bytes: Uint8Array | null | undefined): string {
  return Buffer.from(bytes ?? []).toString('utf8');
}
