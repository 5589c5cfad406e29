import { withUndo } from '../saga/state.ts';
import { PROVISIONED_BY_HAND } from '../saga/steps.ts';
import { isFull, isOpened, type MigrationState } from '../state.ts';
import type { WorkItemsEvent } from './events.ts';

/** Folds one event of the work items; `state.version` is already its version. */
export function evolveWorkItems(state: MigrationState, event: WorkItemsEvent): MigrationState {
  if (!isOpened(state)) return state;
  const { workItemId, completedOn, note, at } = event.data;
  const done = { on: completedOn, at, note };
  const workItems = state.migration.workItems.map((item) => (item.id === workItemId ? { ...item, done } : item));
  const after = { ...state, migration: { ...state.migration, workItems } };
  // From the first work on there is something to undo.
  return isFull(after) && after.migration.state === 'PROVISIONING' ? withUndo(after, PROVISIONED_BY_HAND) : after;
}
