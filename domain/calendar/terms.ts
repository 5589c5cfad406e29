import { addDays, addHours, addMonths, daysBetween, laterDate, type CivilDate, type Instant } from '../shared/civil-date.ts';
import { CURRENT_CALENDAR, isLegalHoliday, isSaturday, isWorkingDay, type CalendarVersion } from './holidays.ts';

export interface ActTermOptions {
  readonly saturdayRolls?: boolean;
  readonly calendarVersion?: CalendarVersion;
}

/** Term for doing an act: first day excluded, holidays inside counted, a last day that is a holiday rolls on (art. 2963 c.c.). */
export function actTerm(from: CivilDate, days: number, options: ActTermOptions = {}): CivilDate {
  return rollForward(addDays(from, days), options);
}

/** Moves a date off holidays (and Saturdays, where they roll) to the next day that is neither. */
export function rollForward(date: CivilDate, { saturdayRolls = false, calendarVersion = CURRENT_CALENDAR }: ActTermOptions = {}): CivilDate {
  let day = date;
  while (isLegalHoliday(day, calendarVersion) || (saturdayRolls && isSaturday(day))) day = addDays(day, 1);
  return day;
}

/** The n-th working day of that comune after `from`. */
export function workingDaysAfter(
  from: CivilDate, days: number, istatCode: string | null, calendarVersion: CalendarVersion = CURRENT_CALENDAR,
): CivilDate {
  let day = from;
  for (let left = days; left > 0;) {
    day = addDays(day, 1);
    if (isWorkingDay(day, istatCode, calendarVersion)) left -= 1;
  }
  return day;
}

/** Earliest day of a session after the notice: with clear days neither the day of delivery nor that of the session counts. */
export function earliestSessionDay(delivered: CivilDate, days: number, clear: boolean): CivilDate {
  return addDays(delivered, clear ? days + 1 : days);
}

/** Earliest instant of an urgent session: hours elapse on the line of UTC, whatever the clocks do. */
export function earliestUrgentSession(deliveredAt: Instant, hours: number): Instant {
  return addHours(deliveredAt, hours);
}

const CHALLENGE_DAYS = 60;

/**
 * Last day for a challenge before the administrative court: 60 days from the end of the publication term (art. 41 c.p.a.),
 * August not counted (L. 742/1969), a last day that is a holiday or a Saturday rolls on (art. 52 c.p.a.).
 */
export function challengeableUntil(publicationEndsOn: CivilDate, calendarVersion: CalendarVersion = CURRENT_CALENDAR): CivilDate {
  const lastDay = addDays(publicationEndsOn, CHALLENGE_DAYS);
  const notCounted = daysOfAugust(addDays(publicationEndsOn, 1), lastDay);
  return rollForward(addDays(lastDay, notCounted), { saturdayRolls: true, calendarVersion });
}

/** Days of August that a term from its first to its last day would have to leave out; a term of 60 days meets one August at most. */
function daysOfAugust(first: CivilDate, last: CivilDate): number {
  const year = first.slice(0, 4);
  const [begins, ends] = [`${year}-08-01`, `${year}-08-31`];
  if (first > ends || last < begins) return 0;
  return daysBetween(laterDate(first, begins), ends) + 1;
}

/** Last day of a duration in years: the day before the anniversary; the anniversary of 29 February is 1 March. */
export function lastDayOfYears(from: CivilDate, years: number): CivilDate {
  const anniversary = addMonths(from, 12 * years);
  const clamped = anniversary.slice(8) !== from.slice(8);
  return clamped ? anniversary : addDays(anniversary, -1);
}
