import { withoutUndo, withUndo, type Undo } from '../saga/state.ts';
import { isFull, isOpened, type MigrationState, type OpenedMigration } from '../state.ts';
import type { WorkItemsEvent, WorkItemsEventData } from './events.ts';
import type { WorkItem } from './state.ts';
import { undoOf } from './undo.ts';

/** Folds one event of the work items; `state.version` is already its version. */
export function evolveWorkItems(state: MigrationState, event: WorkItemsEvent): MigrationState {
  if (!isOpened(state)) return state;
  switch (event.type) {
    case 'WorkItemsScheduled':
      return scheduled(state, event.data);
    case 'WorkItemCompleted': {
      const { workItemId, completedOn, note, at, checked, evidence } = event.data;
      const done = { on: completedOn, at, note, ...(checked === undefined ? {} : { checked }), ...(evidence === undefined ? {} : { evidence }) };
      const after = changed(state, (item) => (item.id === workItemId ? { ...item, done } : item));
      const undo = isFull(after) && after.migration.state === 'PROVISIONING' ? undoOf(after.migration, workItemId) : null;
      return undo === null ? after : withUndo(after, undo);
    }
    case 'WorkItemOverdue':
      return changed(state, (item) => (item.id === event.data.workItemId && item.due !== undefined ? { ...item, due: { ...item.due, noted: true } } : item));
    case 'WorkItemReopened':
      return reopened(state, event.data);
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

function scheduled(state: OpenedMigration, { items, basis }: WorkItemsEventData['WorkItemsScheduled']): MigrationState {
  const dues = new Map(items.map(({ workItemId, dueOn }) => [workItemId, { on: dueOn, noted: false }]));
  const after = changed(state, (item) => {
    const due = dues.get(item.id);
    return due === undefined ? item : { ...item, due };
  });
  return { ...after, working: { calendarVersion: state.working.calendarVersion ?? basis.calendarVersion } };
}

/** It is to be done anew and there is nothing of it to undo, and what follows it can't be done yet: their terms begin again. */
function reopened(state: OpenedMigration, { workItemId }: WorkItemsEventData['WorkItemReopened']): MigrationState {
  const after = changed(state, ({ due, ...item }) => {
    if (item.id === workItemId) return { ...item, done: null };
    return due === undefined || item.after.includes(workItemId) ? item : { ...item, due };
  });
  const undo = undoOf(after.migration, workItemId);
  return undo === null || isStillDone(after, undo) ? after : withoutUndo(after, undo);
}

/** What undoes several items as one stays while one of them is done. */
function isStillDone({ migration }: OpenedMigration, { step }: Undo): boolean {
  return migration.workItems.some(({ id, done }) => done !== null && undoOf(migration, id)?.step === step);
}

function changed(state: OpenedMigration, change: (item: WorkItem) => WorkItem): OpenedMigration {
  return { ...state, migration: { ...state.migration, workItems: state.migration.workItems.map(change) } };
}
