import type { Bilingual } from '../../shared/bilingual.ts';
import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { Waiting } from '../../shared/process.ts';
import type { Reason } from '../../shared/reason.ts';
import type { MigrationState, OpenedMigration } from '../state.ts';
import { readyItems, readySince, roleOf, type WorkItem, type WorkRole } from './state.ts';

/** A work item that can be done now. */
export interface WorkOrder {
  readonly workItem: { readonly id: string; readonly title: Bilingual };
  readonly who: WorkRole;
  /** When it became known that it can be done. */
  readonly since: Instant;
  /** Day by which it is to be done; null: none. */
  readonly dueOn: CivilDate | null;
}

/** What people can do now, in the order of the list; nothing in a migration that was never opened. */
export function workOrders({ migration }: MigrationState): readonly WorkOrder[] {
  return migration === null ? [] : readyItems(migration).map((item) => ({
    workItem: { id: item.id, title: item.title }, who: roleOf(item), since: readySince(migration, item), dueOn: item.due?.on ?? null,
  }));
}

/** One entry for every work item that can be done now; what a supplier does, the Agency records. */
export function workItemsWaiting(state: OpenedMigration): readonly Waiting[] {
  return workOrders(state).map(({ workItem, who, since, dueOn }) => ({ who, what: 'CompleteWorkItem', since, dueOn, reasons: [workItemOpen(workItem)] }));
}

export function workItemOpen({ id, title }: Pick<WorkItem, 'id' | 'title'>): Reason {
  return { code: 'WORK_ITEM_OPEN', message: { it: `${id}: ${title.it}.`, en: `${id}: ${title.en}.` } };
}
