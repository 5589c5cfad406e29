import { withUndo, type Undo } from '../saga/state.ts';
import { PROVISIONED_BY_HAND } from '../saga/steps.ts';
import { isFull, isOpened, type MigrationState } from '../state.ts';
import type { WorkItemsEvent } from './events.ts';
import type { WorkItem } from './state.ts';

/** Folds one event of the work items; `state.version` is already its version. */
export function evolveWorkItems(state: MigrationState, event: WorkItemsEvent): MigrationState {
  if (!isOpened(state)) return state;
  const { workItemId, completedOn, note, at } = event.data;
  const done = { on: completedOn, at, note };
  const workItems = state.migration.workItems.map((item) => (item.id === workItemId ? { ...item, done } : item));
  const after = { ...state, migration: { ...state.migration, workItems } };
  return isFull(after) && after.migration.state === 'PROVISIONING' ? withUndo(after, undoOf(state.migration.workItems.find(({ id }) => id === workItemId))) : after;
}

/** What takes the item back by the catalogue; where it does not say, all that was done by hand is taken back together. */
function undoOf(item: WorkItem | undefined): Undo {
  return item?.undo === undefined ? PROVISIONED_BY_HAND : { step: item.id, how: { kind: 'WORK', title: item.undo } };
}
