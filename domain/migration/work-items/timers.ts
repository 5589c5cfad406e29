import { startOfNextDay } from '../../shared/civil-date.ts';
import type { Timer } from '../../shared/process.ts';
import type { MigrationCommand } from '../command-types.ts';
import type { OpenedMigration } from '../state.ts';
import { readyItems } from './state.ts';

/** The ends of the days by which work items are to be done, until each was said to be past. */
export function workItemTimers({ migration }: OpenedMigration): readonly Timer<MigrationCommand>[] {
  return readyItems(migration).flatMap(({ id, due }) => (due === undefined || due.noted ? [] : [{
    key: `overdue-${id}@${due.on}`, at: startOfNextDay(due.on), command: { type: 'NoteWorkItemOverdue', data: { workItemId: id, dueOn: due.on } },
  }]));
}
