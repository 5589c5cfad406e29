import type { CivilDate } from '../../shared/civil-date.ts';
import { isOpened, type FullMigration, type MigrationState } from '../state.ts';
import type { WorkItem } from './state.ts';

/** Last days of the work items that can be done and are not overdue: they stand still while the migration is suspended. */
export function workItemTerms({ migration: { workItems } }: FullMigration): Readonly<Record<string, CivilDate>> {
  return Object.fromEntries(workItems.flatMap((item) => (item.done === null && item.due?.noted === false ? [[termOf(item), item.due.on]] : [])));
}

/** The same terms with the last days that the resumption has computed anew; those of other areas are not of this one. */
export function withWorkItemTerms(state: MigrationState, terms: Readonly<Record<string, CivilDate>>): MigrationState {
  if (!isOpened(state)) return state;
  const workItems = state.migration.workItems.map((item) => {
    const on = terms[termOf(item)];
    return on === undefined || item.due === undefined ? item : { ...item, due: { ...item.due, on } };
  });
  return { ...state, migration: { ...state.migration, workItems } };
}

function termOf({ id }: WorkItem): string {
  return `work-item-${id}`;
}
