import type { z } from 'zod';
import type { BrokerCall } from '../domain/migration/broker-call.ts';
import { AsyncAnswer, ErrorAnswer, type LastOperation } from '../osb/answers.ts';
import type { Fault } from '../outgoing/exchange.ts';
import type { Reply } from './reply.ts';

export type Operation = BrokerCall['operation'];
/** What a reply answers. READ changes nothing: nothing is left of it, and it may always be repeated. */
export type Asked = Operation | 'READ';

/** Why an effect failed, and what that says of the broker's side. */
export interface Failure {
  /** Stable; the codes stand in docs/brokers.md. */
  readonly code: string;
  /** HTTP status of the reply; null where none came. */
  readonly status: number | null;
  /** What may have been made is to be removed: the standard's table of orphan mitigation. */
  readonly mitigate: boolean;
  /** The same request may succeed later: it is repeated for a while. */
  readonly again: boolean;
  /** The broker may have got the request and be at work on it still. */
  readonly unsure: boolean;
  /** Something of this id is there, and is not ours to remove unasked. */
  readonly isThere: boolean;
  /** What the broker asks for before the next request. */
  readonly afterMs?: number | undefined;
}

/** What a reply means for an effect. */
export type Verdict<Body> =
  | { readonly kind: 'DONE'; readonly status: number; readonly body: Body | undefined }
  | { readonly kind: 'ASYNC'; readonly operation: string | null; readonly afterMs: number | undefined }
  /** The catalogue has changed: it is fetched, and the request made anew from it. */
  | { readonly kind: 'OTHER_MAINTENANCE' }
  | { readonly kind: 'FAILED'; readonly failure: Failure };

type Facts = Partial<Failure> & Pick<Failure, 'code' | 'status'>;

const CREATES: readonly Asked[] = ['PROVISION', 'BIND'];
const REMOVES: readonly Asked[] = ['UNBIND', 'DEPROVISION'];

export function creates(operation: Asked): boolean {
  return CREATES.includes(operation);
}

export function removes(operation: Asked): boolean {
  return REMOVES.includes(operation);
}

/** What fails may leave something that is to be removed. */
export function leaves(operation: Asked): boolean {
  return creates(operation) || removes(operation);
}

/** Judges the reply to a request by the standard: response codes, service broker errors, orphan mitigation. */
export function judge<Schema extends z.ZodType>(operation: Asked, reply: Reply, schema: Schema): Verdict<z.infer<Schema>> {
  if (reply.kind === 'OPEN') return failed({ code: 'BROKER_CIRCUIT_OPEN', status: null, again: true });
  if (reply.kind === 'FAULT') return failed(faultFacts(operation, reply));
  const { status, body } = reply;
  if (status === 200 || status === 201) {
    const read = schema.safeParse(body);
    return read.success ? { kind: 'DONE', status, body: read.data } : malformed(operation, status);
  }
  if (status === 202) {
    const read = AsyncAnswer.safeParse(body);
    return read.success ? { kind: 'ASYNC', operation: read.data.operation || null, afterMs: reply.retryAfterMs } : malformed(operation, status);
  }
  if (status === 410 && removes(operation)) return { kind: 'DONE', status, body: undefined };
  if (status === 422 && errorOf(body).error === 'MaintenanceInfoConflict') return { kind: 'OTHER_MAINTENANCE' };
  return failed({ ...statusFacts(operation, status, errorOf(body)), status, afterMs: reply.retryAfterMs });
}

/** What a failed last operation means; for the update, whether it may be repeated and the instance still works. */
export function failedOperation(operation: Operation, answer: Pick<LastOperation, 'instance_usable' | 'update_repeatable'>): Failure {
  return failure({ code: codeOfUpdate(operation, answer) ?? 'BROKER_OPERATION_FAILED', status: 200, mitigate: leaves(operation) });
}

/** Why a reply says that the broker itself is not well; null: it is, as a refusal says too. */
export function troubleOf(reply: Reply): string | null {
  if (reply.kind === 'FAULT') return faultFacts('PROVISION', reply).code;
  return reply.kind === 'ANSWER' && reply.status >= 500 ? 'BROKER_ERROR' : null;
}

export function failure(facts: Facts): Failure {
  return { mitigate: false, again: false, unsure: false, isThere: false, ...facts };
}

function failed(facts: Facts): { readonly kind: 'FAILED'; readonly failure: Failure } {
  return { kind: 'FAILED', failure: failure(facts) };
}

/** A 200 says that what was asked for was there before: the standard removes nothing then. */
function malformed(operation: Asked, status: number): { readonly kind: 'FAILED'; readonly failure: Failure } {
  return failed({ code: 'BROKER_RESPONSE_INVALID', status, mitigate: status !== 200 && creates(operation), isThere: status === 200 && creates(operation) });
}

function faultFacts(operation: Asked, { fault, sent, status }: { readonly fault: Fault; readonly sent: boolean; readonly status: number | null }): Facts {
  switch (fault) {
    case 'ADDRESS_REFUSED': return { code: 'BROKER_ADDRESS_REFUSED', status };
    // What breaks after the request was sent may have been heard; a certificate is not repeated away.
    case 'TLS': return { code: 'BROKER_TLS', status, mitigate: sent && creates(operation), unsure: sent };
    case 'TIMEOUT': return sent ? { code: 'BROKER_TIMEOUT', status, again: operation === 'READ', mitigate: creates(operation), unsure: true } : { code: 'BROKER_TIMEOUT', status, again: true };
    // The same request once more is the way to learn what became of it.
    case 'UNREACHABLE': return { code: 'BROKER_UNREACHABLE', status, again: true, mitigate: sent && creates(operation), unsure: sent };
    case 'NOT_HTTP':
    case 'TOO_LARGE': return { code: 'BROKER_RESPONSE_INVALID', status, mitigate: creates(operation), unsure: true };
  }
}

function statusFacts(operation: Asked, status: number, error: ErrorAnswer): Omit<Facts, 'status'> {
  const isFinal = operation === 'UPDATE' && error.update_repeatable === false;
  if (status >= 500) return { code: codeOfUpdate(operation, error) ?? 'BROKER_ERROR', again: operation === 'READ' || (status === 503 && !isFinal), mitigate: leaves(operation), unsure: operation === 'UPDATE' };
  if (status >= 400) return rejectedFacts(operation, status, error);
  if (status > 202 && status < 300) return { code: 'BROKER_RESPONSE_INVALID', mitigate: leaves(operation) };
  // The table is silent on a redirect; who redirects may have done it first.
  return { code: status >= 300 ? 'BROKER_REDIRECTED' : 'BROKER_RESPONSE_INVALID', mitigate: creates(operation) };
}

/** 4xx: the broker's resources are as before the request, by the standard. */
function rejectedFacts(operation: Asked, status: number, error: ErrorAnswer): Omit<Facts, 'status'> {
  if (status === 408 || status === 429) return { code: 'BROKER_BUSY', again: true };
  if (status === 401 || status === 403) return { code: 'BROKER_UNAUTHORIZED' };
  if (status === 409) return { code: 'BROKER_CONFLICT', isThere: creates(operation) };
  if (status === 412) return { code: 'BROKER_VERSION_REFUSED' };
  if (status === 422 && error.error === 'ConcurrencyError') return { code: 'BROKER_BUSY', again: true, isThere: creates(operation) };
  if (status === 422 && error.error === 'AsyncRequired') return { code: 'BROKER_ASYNC_REQUIRED' };
  if (status === 422 && error.error === 'RequiresApp') return { code: 'BROKER_APP_REQUIRED' };
  return { code: codeOfUpdate(operation, error) ?? 'BROKER_REFUSED' };
}

/** The two flags are said of updates and deprovisioning only; absent, both are true. */
function codeOfUpdate(operation: Asked, { instance_usable: isUsable, update_repeatable: isRepeatable }: Pick<ErrorAnswer, 'instance_usable' | 'update_repeatable'>): string | undefined {
  if (operation !== 'UPDATE' && operation !== 'DEPROVISION') return undefined;
  const mayRepeat = operation === 'DEPROVISION' || isRepeatable !== false;
  if (isUsable === false) return mayRepeat ? 'BROKER_INSTANCE_UNUSABLE' : 'BROKER_UNUSABLE_NOT_REPEATABLE';
  return mayRepeat ? undefined : 'BROKER_UPDATE_NOT_REPEATABLE';
}

function errorOf(body: unknown): ErrorAnswer {
  const read = ErrorAnswer.safeParse(body);
  return read.success ? read.data : {};
}
