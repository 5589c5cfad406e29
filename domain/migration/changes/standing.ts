import type { Undo } from '../saga/state.ts';
import { BOUND } from '../saga/steps.ts';
import type { MigrationState } from '../state.ts';
import type { Call } from '../provisioning/state.ts';
import { isRefusal } from './refusals.ts';

/** How a binding is undone: the first as ever, a later one under a name of its own. */
export function boundStep(binding: number): Undo {
  return binding === 1 ? BOUND : { step: `${BOUND.step}-${binding}`, how: { kind: 'BROKER', operation: 'UNBIND', binding } };
}

/** The bindings that a roll-back would unbind, the oldest first. */
export function standingBindings({ saga: { done } }: MigrationState): readonly number[] {
  return done.flatMap(({ how }) => (how.kind === 'BROKER' && how.operation === 'UNBIND' ? [how.binding ?? 1] : [])).toSorted((a, b) => a - b);
}

/** Something stands at the broker, or may: what a roll-back would deprovision. */
export function mayStand({ saga: { done } }: MigrationState): boolean {
  return done.some(({ how }) => how.kind === 'BROKER' && how.operation === 'DEPROVISION');
}

/** The binding that is in use: the newest that the broker has made. */
export function newestBinding({ provisioning: { calls } }: MigrationState): number {
  return calls.findLast(({ input, state }) => input.operation === 'BIND' && state === 'DONE')?.input.binding ?? 1;
}

/** The last call of a kind; of bindings that of one of them. */
export function lastCall({ provisioning: { calls } }: MigrationState, operation: Call['input']['operation'], binding?: number): Call | undefined {
  return calls.findLast(({ input }) => input.operation === operation && (binding === undefined || (input.binding ?? 1) === binding));
}

/** What a broker says of an update that failed: the same would fail again, the instance cannot be used any more. */
const NOT_REPEATABLE: ReadonlySet<string> = new Set(['BROKER_UPDATE_NOT_REPEATABLE', 'BROKER_UNUSABLE_NOT_REPEATABLE']);
const UNUSABLE: ReadonlySet<string> = new Set(['BROKER_INSTANCE_UNUSABLE', 'BROKER_UNUSABLE_NOT_REPEATABLE']);

/** The broker said that the same update would fail again. */
export function isNotRepeatable({ input: { operation }, code }: Call): boolean {
  return operation === 'UPDATE' && NOT_REPEATABLE.has(code ?? '');
}

/** The broker said that an update left the instance so that it cannot be used. */
export function isUnusable({ input: { operation }, code }: Call): boolean {
  return operation === 'UPDATE' && UNUSABLE.has(code ?? '');
}

/** The instance is as it was before the update: each of its tries was refused. */
export function leftAsBefore({ code, mayHaveChanged }: Call): boolean {
  return mayHaveChanged !== true && isRefusal(code);
}
