import { isWorkingDay } from '../../calendar/holidays.ts';
import { workingDaysAfter } from '../../calendar/terms.ts';
import { addDays, civilDateOf, type CivilDate, type Instant } from '../../shared/civil-date.ts';
import { movingTerms } from '../moving/terms.ts';
import { operationHours, operationTerms } from '../operation/terms.ts';
import { windowLost } from '../cutover/follow.ts';
import type { MigrationEvent } from '../events.ts';
import { isFull, type FullMigration, type OpenedMigration } from '../state.ts';
import type { Hold, TermEnd } from './terms.ts';
import { workItemTerms } from '../work-items/terms.ts';

/** One hold less; without the last the migration goes on where it was, with its terms computed anew, and without a window of the cutover that went by meanwhile. */
export function resumption(state: OpenedMigration, by: Hold, now: Instant): readonly MigrationEvent[] {
  const isLast = state.suspension.holds.length === 1 && isFull(state);
  const resumed: MigrationEvent = { type: 'MigrationResumed', data: { by, terms: isLast ? resumedTerms(state, now) : {}, at: now } };
  return isLast ? [resumed, ...windowLost(state, now)] : [resumed];
}

/** The terms that ran when it was suspended, each later by the working days of the comune, or the hours, that the suspension took. */
function resumedTerms(state: FullMigration, now: Instant): Readonly<Record<string, TermEnd>> {
  const { migration: { pinned: { calendarVersion } }, grounds: { known }, suspension: { at } } = state;
  const istat = known?.istatCode ?? null;
  const lost = workingDaysBetween(civilDateOf(at), civilDateOf(now), istat, calendarVersion);
  const terms = { ...workItemTerms(state), ...movingTerms(state), ...operationTerms(state) };
  const days = Object.fromEntries(Object.entries(terms).map(([key, endsOn]) => [key, workingDaysAfter(endsOn, lost, istat, calendarVersion)]));
  return { ...days, ...operationHours(state, at, now) };
}

/** Working days from the day after `from` to `to`. */
function workingDaysBetween(from: CivilDate, to: CivilDate, istat: string | null, calendar: FullMigration['migration']['pinned']['calendarVersion']): number {
  let days = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(day, istat, calendar)) days += 1;
  return days;
}
