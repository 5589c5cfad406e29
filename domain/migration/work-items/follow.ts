import { CURRENT_CALENDAR } from '../../calendar/holidays.ts';
import { workingDaysAfter } from '../../calendar/terms.ts';
import { civilDateOf } from '../../shared/civil-date.ts';
import type { Context } from '../../shared/process.ts';
import type { MigrationEvent } from '../events.ts';
import type { OpenedMigration } from '../state.ts';
import { readyItems } from './state.ts';

/**
 * A work item that can be done gets the day by which it is to be done: so many working days of the comune after the day on which
 * that became known. Those without a term get none, so a migration that knows no terms has no such event.
 */
export function followWorkItems(state: OpenedMigration, { now }: Context): readonly MigrationEvent[] {
  const { migration, grounds, working } = state;
  const calendarVersion = working.calendarVersion ?? migration.pinned?.calendarVersion ?? CURRENT_CALENDAR;
  const istatCode = grounds.known?.istatCode ?? null;
  const items = readyItems(migration).flatMap(({ id, dueWorkingDays, due }) => {
    if (dueWorkingDays === undefined || due !== undefined) return [];
    return [{ workItemId: id, dueOn: workingDaysAfter(civilDateOf(now), dueWorkingDays, istatCode, calendarVersion) }];
  });
  return items.length === 0 ? [] : [{ type: 'WorkItemsScheduled', data: { items, basis: { calendarVersion, istatCode }, at: now } }];
}
