import { addDays, addMonths, civilDateOf, compareInstants, dayOfWeek, startOfDay, type CivilDate, type Instant } from '../shared/civil-date.ts';
import { calendarOf, CURRENT_CALENDAR, type CalendarChoice } from './calendars.ts';
import { atWallTime, clockChangeOn, hoursBetween } from './clock.ts';
import { runoffDay } from './elections.ts';
import { isOutage } from './publication.ts';
import { workingDaysAfter, workingDaysBefore } from './terms.ts';

/** A stretch of time, its end left out: one that ends when another begins does not touch it. */
export interface TimeWindow {
  readonly from: Instant;
  readonly to: Instant;
}

/** What of a service matters for its windows. */
export interface CutoverTraits {
  /** Payments and taxes. */
  readonly tax: boolean;
  /** Work of the council. */
  readonly council: boolean;
  /** Jobs that run at night by the clock. */
  readonly scheduledJobs: boolean;
  /** The notice board, or what it cannot be kept up without. */
  readonly board?: boolean;
}

/** Days on which an act is on the notice board, the first and the last. */
export interface BoardPeriod {
  readonly from: CivilDate;
  readonly to: CivilDate;
}

/** What of the comune matters for its windows. */
export interface CutoverPlace {
  readonly istatCode: string | null;
  readonly elections: readonly { readonly firstDay: CivilDate; readonly runoff: boolean }[];
  readonly sessions: readonly CivilDate[];
  /** Whether somebody is in the office on the eve of the patron. */
  readonly patronStaffed: boolean;
  /** First and last days on which acts are on the notice board. */
  readonly publications?: readonly BoardPeriod[];
  readonly calendarVersion?: CalendarChoice;
}

export type ForbiddenCode = 'ELECTION_DAYS' | 'MONTH_END' | 'BUDGET_DAYS' | 'TAX_DAYS' | 'COUNCIL_SESSION' | 'PATRON_EVE' | 'CLOCK_CHANGE' | 'BOARD_PUBLICATIONS';

/** A forbidden window in full, also where it goes beyond what was asked. */
export interface ForbiddenWindow extends TimeWindow {
  readonly code: ForbiddenCode;
}

export interface CutoverAnswer {
  readonly free: boolean;
  /** Every forbidden window that is touched, first to last. */
  readonly reasons: readonly ForbiddenWindow[];
  /** When it is not free: the next preferred window that is. */
  readonly nextPreferred: TimeWindow | null;
  /** The eve of the patron could not be looked at: nobody verified this comune's patron. */
  readonly patronUnknown: boolean;
}

/** Whether a service may be cut over in a window and, if not, every reason. Throws RangeError when the window ends before it begins. */
export function checkCutover(window: TimeWindow, traits: CutoverTraits, place: CutoverPlace): CutoverAnswer {
  if (compareInstants(window.from, window.to) >= 0) throw new RangeError('The window ends before it begins.');
  const reasons = forbiddenIn(window, traits, place);
  const { istatCode, patronStaffed, calendarVersion = CURRENT_CALENDAR } = place;
  return {
    free: reasons.length === 0,
    reasons,
    nextPreferred: reasons.length === 0 ? null : nextPreferredWindow(window.from, traits, place),
    patronUnknown: !patronStaffed && (istatCode === null || calendarOf(calendarVersion).patronOf(istatCode) === undefined),
  };
}

/** The whole of a civil day as a window. */
export function wholeDay(date: CivilDate): TimeWindow {
  return daysFrom(date, date);
}

const FRIDAY = 5;
const EVENING = 20 * 60;
const WEEKENDS_LOOKED_AT = 60;

/** The first preferred window (Friday 20:00 to Sunday 20:00, Rome) that begins at or after an instant and is free; null when no week-end of a year is. */
export function nextPreferredWindow(after: Instant, traits: CutoverTraits, place: CutoverPlace): TimeWindow | null {
  let friday = civilDateOf(after);
  while (dayOfWeek(friday) !== FRIDAY) friday = addDays(friday, 1);
  for (let looked = 0; looked < WEEKENDS_LOOKED_AT; looked += 1, friday = addDays(friday, 7)) {
    const weekend = preferredWindow(friday);
    if (compareInstants(weekend.from, after) >= 0 && forbiddenIn(weekend, traits, place).length === 0) return weekend;
  }
  return null;
}

/** The preferred window of a week: from its Friday, which is given, 20:00 to Sunday 20:00, Rome. */
export function preferredWindow(friday: CivilDate): TimeWindow {
  return { from: atWallTime(friday, EVENING), to: atWallTime(addDays(friday, 2), EVENING) };
}

/** Days on which a window would keep the notice board down long enough to interrupt a publication. */
export function boardOutages({ from, to }: TimeWindow): CivilDate[] {
  const days: CivilDate[] = [];
  for (let day = civilDateOf(from); compareInstants(startOfDay(day), to) < 0; day = addDays(day, 1)) {
    const whole = wholeDay(day);
    const down = hoursBetween(later(from, whole.from), earlier(to, whole.to));
    if (isOutage(down)) days.push(day);
  }
  return days;
}

/**
 * What there is in a stretch of time that a cutover has to go round, first to last. Of the notice board it is the whole time in which
 * acts are on it: a cutover may lie there, if it leaves the board up for long enough on each day.
 */
export function windowsAhead(stretch: TimeWindow, traits: CutoverTraits, place: CutoverPlace): ForbiddenWindow[] {
  const { board = false, ...others } = traits;
  const publications = board ? place.publications ?? [] : [];
  const onBoard = publications.map(({ from, to }): ForbiddenWindow => ({ code: 'BOARD_PUBLICATIONS', ...daysFrom(from, to) }));
  return inOrder([...forbiddenIn(stretch, others, place), ...onBoard.filter((period) => overlap(period, stretch))]);
}

/** Every forbidden window that a stretch of time touches, first to last. */
export function forbiddenIn(window: TimeWindow, traits: CutoverTraits, place: CutoverPlace): ForbiddenWindow[] {
  const interruptions = traits.board === true ? boardInterruptions(window, place) : [];
  return inOrder([...forbiddenDays(window, traits, place), ...interruptions]);
}

/** Runs of days on which the board would be down for so long that a publication is interrupted. */
function boardInterruptions(window: TimeWindow, { publications = [] }: CutoverPlace): ForbiddenWindow[] {
  const interrupted = boardOutages(window).filter((day) => publications.some(({ from, to }) => from <= day && day <= to));
  const firstDays = interrupted.filter((day) => !interrupted.includes(addDays(day, -1)));
  return firstDays.map((first) => {
    let last = first;
    while (interrupted.includes(addDays(last, 1))) last = addDays(last, 1);
    return { code: 'BOARD_PUBLICATIONS', ...daysFrom(first, last) };
  });
}

function forbiddenDays(window: TimeWindow, traits: CutoverTraits, place: CutoverPlace): ForbiddenWindow[] {
  const found = new Map<string, ForbiddenWindow>();
  const rules = RULES.filter(({ appliesTo }) => appliesTo(traits, place));
  for (let day = civilDateOf(window.from); compareInstants(startOfDay(day), window.to) < 0; day = addDays(day, 1)) {
    for (const { code, around } of rules) {
      for (const span of around(day, place)) {
        if (overlap(span, window)) found.set(`${code} ${span.from}`, { code, ...span });
      }
    }
  }
  return [...found.values()];
}

function inOrder(windows: readonly ForbiddenWindow[]): ForbiddenWindow[] {
  return windows.toSorted((a, b) => compareInstants(a.from, b.from));
}

/** A kind of forbidden window: what it holds for, and those of its windows that a day may lie in. */
interface WindowRule {
  readonly code: ForbiddenCode;
  readonly appliesTo: (traits: CutoverTraits, place: CutoverPlace) => boolean;
  readonly around: (day: CivilDate, place: CutoverPlace) => readonly TimeWindow[];
}

const always = (): boolean => true;

const RULES: readonly WindowRule[] = [
  { code: 'ELECTION_DAYS', appliesTo: always, around: (_day, { elections }) => elections.flatMap(electionDays) },
  { code: 'MONTH_END', appliesTo: always, around: (day, place) => [monthEnd(firstOfMonth(day), place), monthEnd(addMonths(firstOfMonth(day), 1), place)] },
  { code: 'BUDGET_DAYS', appliesTo: always, around: (day) => [yearOf(day) - 1, yearOf(day)].map((year) => daysFrom(`${year}-12-20`, `${year + 1}-01-06`)) },
  { code: 'TAX_DAYS', appliesTo: ({ tax }) => tax, around: (day) => ['06', '12'].map((month) => daysFrom(`${yearOf(day)}-${month}-14`, `${yearOf(day)}-${month}-16`)) },
  { code: 'COUNCIL_SESSION', appliesTo: ({ council }) => council, around: (_day, { sessions }) => sessions.map(wholeDay) },
  { code: 'PATRON_EVE', appliesTo: (_traits, { patronStaffed }) => !patronStaffed, around: patronEve },
  { code: 'CLOCK_CHANGE', appliesTo: ({ scheduledJobs }) => scheduledJobs, around: clockChangeNight },
];

/** From Saturday 00:00 to Tuesday 24:00 round a vote on Sunday and Monday, and round the runoff. */
function electionDays({ firstDay, runoff }: CutoverPlace['elections'][number]): TimeWindow[] {
  return [firstDay, ...(runoff ? [runoffDay(firstDay)] : [])].map((day) => daysFrom(addDays(day, -1), addDays(day, 2)));
}

/** From the second-last working day of a month to the first of the next, whose first day is given. */
function monthEnd(firstOfNext: CivilDate, { istatCode, calendarVersion = CURRENT_CALENDAR }: CutoverPlace): TimeWindow {
  return daysFrom(
    workingDaysBefore(firstOfNext, 2, istatCode, calendarVersion), workingDaysAfter(addDays(firstOfNext, -1), 1, istatCode, calendarVersion),
  );
}

function patronEve(day: CivilDate, { istatCode, calendarVersion = CURRENT_CALENDAR }: CutoverPlace): TimeWindow[] {
  const patron = istatCode === null ? undefined : calendarOf(calendarVersion).patronOf(istatCode);
  // The eve of a patron on 1 January lies in the year before.
  return patron === undefined ? [] : [yearOf(day), yearOf(day) + 1].map((year) => wholeDay(addDays(`${year}-${patron.day}`, -1)));
}

/** 01:30 to 03:30 in the night in which the clocks change. */
function clockChangeNight(day: CivilDate): TimeWindow[] {
  return clockChangeOn(day) === null ? [] : [{ from: atWallTime(day, 90), to: atWallTime(day, 210) }];
}

function daysFrom(first: CivilDate, last: CivilDate): TimeWindow {
  return { from: startOfDay(first), to: startOfDay(addDays(last, 1)) };
}

/** Whether two stretches of time have a moment in common. */
export function overlap(a: TimeWindow, b: TimeWindow): boolean {
  return compareInstants(a.from, b.to) < 0 && compareInstants(b.from, a.to) < 0;
}

function later(a: Instant, b: Instant): Instant {
  return compareInstants(a, b) >= 0 ? a : b;
}

function earlier(a: Instant, b: Instant): Instant {
  return compareInstants(a, b) <= 0 ? a : b;
}

function firstOfMonth(date: CivilDate): CivilDate {
  return `${date.slice(0, 8)}01`;
}

function yearOf(date: CivilDate): number {
  return Number(date.slice(0, 4));
}
