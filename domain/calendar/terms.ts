import { addDays, addHours, addMonths, civilDateOf, compareInstants, type CivilDate, type Instant } from '../shared/civil-date.ts';
import { calendarOf, CURRENT_CALENDAR, type CalendarChoice } from './calendars.ts';
import { clockChangeAt, clockChangeOn } from './clock.ts';
import { closureOn, closureStep, isLegalHoliday, isSaturday } from './holidays.ts';
import type { Trace } from './steps.ts';

export interface ActTermOptions {
  /** Whether a last day that is a Saturday rolls; by law only terms of the courts do (art. 155 c.5 c.p.c.). */
  readonly saturdayRolls?: boolean;
  readonly calendarVersion?: CalendarChoice;
}

/** Term on which an effect ripens: first day excluded (art. 2963 c.2 c.c.), never rolled. */
export function effectTerm(from: CivilDate, days: number, calendar: CalendarChoice = CURRENT_CALENDAR, trace?: Trace): CivilDate {
  const last = addDays(from, days);
  trace?.push({ code: 'START_EXCLUDED', date: from }, { code: 'LAST_DAY', date: last, n: days });
  return standing(last, calendar, trace);
}

/** Term for doing an act: first day excluded, holidays inside counted, a last day that is a holiday rolls on (art. 2963 c.c.). */
export function actTerm(from: CivilDate, days: number, options: ActTermOptions = {}, trace?: Trace): CivilDate {
  const last = addDays(from, days);
  trace?.push({ code: 'START_EXCLUDED', date: from }, { code: 'LAST_DAY', date: last, n: days });
  return rollForward(last, options, trace);
}

/** Months until an effect: the day with the same number, or the last of a month that has none (art. 2963 c.4-5 c.c.); never rolled. A year is 12. */
export function effectMonths(from: CivilDate, months: number, calendar: CalendarChoice = CURRENT_CALENDAR, trace?: Trace): CivilDate {
  return standing(lastDayOfMonths(from, months, trace), calendar, trace);
}

/** Months for doing an act: as those of an effect, but a last day that is a holiday rolls on. */
export function actMonths(from: CivilDate, months: number, options: ActTermOptions = {}, trace?: Trace): CivilDate {
  return rollForward(lastDayOfMonths(from, months, trace), options, trace);
}

function lastDayOfMonths(from: CivilDate, months: number, trace?: Trace): CivilDate {
  const last = addMonths(from, months);
  trace?.push({ code: 'START_EXCLUDED', date: from }, { code: 'LAST_MONTH', date: last, n: months });
  if (last.slice(8) !== from.slice(8)) trace?.push({ code: 'MONTH_CLAMPED', date: last, n: Number(from.slice(8)) });
  return last;
}

/** Moves a date off holidays (and Saturdays, where they roll) to the next day that is neither. */
export function rollForward(date: CivilDate, options: ActTermOptions = {}, trace?: Trace): CivilDate {
  return roll(date, 1, options, trace);
}

/** The same towards the past, for backward terms: rolling on would shorten the interval. */
export function rollBack(date: CivilDate, options: ActTermOptions = {}, trace?: Trace): CivilDate {
  return roll(date, -1, options, trace);
}

const ROLL_STEPS = {
  1: { HOLIDAY: 'ROLLED_HOLIDAY', SATURDAY: 'ROLLED_SATURDAY' },
  [-1]: { HOLIDAY: 'ROLLED_BACK_HOLIDAY', SATURDAY: 'ROLLED_BACK_SATURDAY' },
} as const;

function roll(date: CivilDate, direction: 1 | -1, { saturdayRolls = false, calendarVersion = CURRENT_CALENDAR }: ActTermOptions, trace?: Trace): CivilDate {
  let day = date;
  for (;;) {
    const closure = isLegalHoliday(day, calendarVersion) ? 'HOLIDAY' : isSaturday(day) ? 'SATURDAY' : null;
    if (closure === null) return day;
    if (closure === 'SATURDAY' && !saturdayRolls) {
      trace?.push({ code: 'SATURDAY_STANDS', date: day });
      return day;
    }
    trace?.push(closureStep(ROLL_STEPS[direction][closure], day, null, calendarVersion));
    day = addDays(day, direction);
  }
}

/** A day on which an effect ripens whatever day it is; it says so when it is a holiday. */
function standing(date: CivilDate, calendar: CalendarChoice, trace?: Trace): CivilDate {
  if (trace !== undefined && isLegalHoliday(date, calendar)) trace.push(closureStep('HOLIDAY_STANDS', date, null, calendar));
  return date;
}

const SKIP_STEPS = { HOLIDAY: 'SKIPPED_HOLIDAY', SATURDAY: 'SKIPPED_SATURDAY', PATRON: 'SKIPPED_PATRON' } as const;

/** The n-th working day of that comune after `from`; without an ISTAT code no patron is left out. */
export function workingDaysAfter(
  from: CivilDate, days: number, istatCode: string | null, calendarVersion: CalendarChoice = CURRENT_CALENDAR, trace?: Trace,
): CivilDate {
  trace?.push({ code: 'START_EXCLUDED', date: from });
  if (istatCode === null) trace?.push({ code: 'NO_COMUNE', date: from });
  else if (trace !== undefined && calendarOf(calendarVersion).patronOf(istatCode) === undefined) trace.push({ code: 'PATRON_UNKNOWN', date: from });
  let day = from;
  for (let left = days; left > 0;) {
    day = addDays(day, 1);
    const closure = closureOn(day, istatCode, calendarVersion);
    if (closure === null) left -= 1;
    else trace?.push(closureStep(SKIP_STEPS[closure], day, istatCode, calendarVersion));
  }
  trace?.push({ code: 'LAST_WORKING_DAY', date: day, n: days });
  return day;
}

/** The n-th working day of that comune before `from`. */
export function workingDaysBefore(from: CivilDate, days: number, istatCode: string | null, calendarVersion: CalendarChoice = CURRENT_CALENDAR): CivilDate {
  let day = from;
  for (let left = days; left > 0;) {
    day = addDays(day, -1);
    if (closureOn(day, istatCode, calendarVersion) === null) left -= 1;
  }
  return day;
}

/** How many working days of that comune follow `from`, up to and with `to`. */
export function workingDaysBetween(from: CivilDate, to: CivilDate, istatCode: string | null, calendarVersion: CalendarChoice = CURRENT_CALENDAR): number {
  let counted = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    if (closureOn(day, istatCode, calendarVersion) === null) counted += 1;
  }
  return counted;
}

/** Earliest day of a session after the notice: with clear days neither the day of delivery nor that of the session counts. */
export function earliestSessionDay(delivered: CivilDate, days: number, clear: boolean, trace?: Trace): CivilDate {
  const session = addDays(delivered, clear ? days + 1 : days);
  trace?.push({ code: 'DELIVERY_EXCLUDED', date: delivered });
  if (clear && days > 0) trace?.push({ code: 'CLEAR_DAYS', date: addDays(delivered, 1), to: addDays(delivered, days), n: days });
  trace?.push({ code: 'EARLIEST_SESSION', date: session });
  return session;
}

/**
 * Latest delivery of the notice of a session, with clear days between. A backward term rolls back, since rolling on would
 * shorten the interval; a local regulation may say that it stands (`rolls` false).
 */
export function latestDeliveryDay(session: CivilDate, days: number, options: ActTermOptions & { readonly rolls?: boolean } = {}, trace?: Trace): CivilDate {
  const delivery = addDays(session, -(days + 1));
  trace?.push({ code: 'SESSION_EXCLUDED', date: session });
  if (days > 0) trace?.push({ code: 'CLEAR_DAYS', date: addDays(session, -days), to: addDays(session, -1), n: days });
  trace?.push({ code: 'LATEST_DELIVERY', date: delivery });
  return options.rolls === false ? delivery : rollBack(delivery, options, trace);
}

/** Hours after an instant: they elapse on the line of UTC, whatever the clocks on the walls do. */
export function hoursAfter(from: Instant, hours: number, trace?: Trace): Instant {
  const end = addHours(from, hours);
  if (trace !== undefined) noteClockChanges(from, end, trace);
  trace?.push({ code: 'HOURS_ELAPSED', date: civilDateOf(end), n: hours });
  return end;
}

function noteClockChanges(from: Instant, to: Instant, trace: Trace): void {
  const lastDay = civilDateOf(to);
  for (let day = civilDateOf(from); day <= lastDay; day = addDays(day, 1)) {
    const change = clockChangeOn(day);
    if (change === null) continue;
    const at = clockChangeAt(day);
    if (compareInstants(at, from) > 0 && compareInstants(at, to) <= 0) trace.push({ code: change === 'FORWARD' ? 'CLOCK_FORWARD' : 'CLOCK_BACK', date: day });
  }
}

/** Earliest instant of an urgent session: so many hours after the delivery of the notice. */
export function earliestUrgentSession(deliveredAt: Instant, hours: number): Instant {
  return hoursAfter(deliveredAt, hours);
}

/** Last day of a duration in years: the day before the anniversary; the anniversary of 29 February is 1 March. */
export function lastDayOfYears(from: CivilDate, years: number): CivilDate {
  const anniversary = addMonths(from, 12 * years);
  const clamped = anniversary.slice(8) !== from.slice(8);
  return clamped ? anniversary : addDays(anniversary, -1);
}
