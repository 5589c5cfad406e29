import type { Context } from '../../shared/process.ts';
import type { MigrationEvent } from '../events.ts';
import type { FullMigration } from '../state.ts';

/**
 * Undoes one step after the other, the last first; each waits for the one before it to be undone, and all for a call to the broker that
 * was under way when the roll-back began: nobody knows yet what it leaves.
 */
export function followSaga(state: FullMigration, { now }: Context): readonly MigrationEvent[] {
  const { migration, saga: { done, rollback, undoing }, provisioning: { calls } } = state;
  if (migration.state !== 'ROLLING_BACK' || rollback === null) return [];
  if (undoing !== null) return isUndone(state, undoing.step) ? [{ type: 'StepUndone', data: { step: undoing.step, at: now } }] : [];
  if (calls.some((call) => call.state === 'PENDING')) return [];
  const last = done.at(-1);
  return [last === undefined ? { type: 'RolledBack', data: { to: rollback.to, at: now } } : { type: 'UndoStarted', data: { step: last.step, at: now } }];
}

function isUndone({ migration, provisioning: { calls } }: FullMigration, step: string): boolean {
  const item = migration.workItems.find(({ undoes }) => undoes === step);
  if (item !== undefined) return item.done !== null;
  const state = calls.find(({ undoes }) => undoes === step)?.state;
  return state === 'DONE' || state === 'SKIPPED';
}
