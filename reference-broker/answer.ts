import { asyncRequired, BrokerError, concurrency } from './errors.ts';
import type { Operation } from './ledger.ts';
import type { Operations } from './operations.ts';

/** What is said to the platform. */
export interface Answer {
  readonly status: number;
  readonly body: object;
}

/** What a request came to within the ledger: an answer at once, or an operation that was begun for it. */
export type Decision = Answer | { readonly begun: Operation; readonly halted?: Operation | undefined };

/** The answer to the same request sent again while its operation runs: only who asked asynchronously can be told to wait. */
export function stillRunning(operation: Operation, isAsync: boolean, extra: object = {}): Answer {
  if (!isAsync) throw concurrency();
  return { status: 202, body: { ...extra, operation: operation.id } };
}

/** Refuses who cannot wait what takes its time (section Asynchronous Operations). */
export function requireAsync(asyncOnly: boolean, isAsync: boolean): void {
  if (asyncOnly && !isAsync) throw asyncRequired();
}

/** Starts what was begun; answers at once with 202 where the platform can wait for it, else with how it ended. */
export async function carryOut(
  operations: Operations,
  decision: Decision,
  { isAsync, extra = {}, done }: { isAsync: boolean; extra?: object; done: () => Promise<Answer> },
): Promise<Answer> {
  if ('status' in decision) return decision;
  operations.start(decision.begun, decision.halted);
  if (isAsync) return { status: 202, body: { ...extra, operation: decision.begun.id } };
  const { state, description, flags } = await operations.outcome(decision.begun);
  if (state === 'succeeded') return done();
  if (state === 'in progress') throw new BrokerError(503, 'ServiceUnavailable', 'The operation is not finished; this broker goes on with it.');
  throw new BrokerError(500, 'OperationFailed', description ?? 'The operation has failed.', flags ?? undefined);
}
