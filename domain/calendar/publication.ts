import { addDays, startOfDay, type CivilDate, type Instant } from '../shared/civil-date.ts';
import { CURRENT_CALENDAR, type CalendarChoice } from './calendars.ts';
import { challengeableUntil } from './challenge.ts';
import { closureStep, isLegalHoliday } from './holidays.ts';
import type { Trace } from './steps.ts';

/** How the 15 days on the notice board are counted: with the first day (Cass. 2563/2009) or after it. */
export type PublicationCount = 'INCLUDE_FIRST' | 'EXCLUDE_FIRST';
/** The three readings of "after the tenth day from publication" (art. 134 c.3 TUEL). */
export type ExecutivityPolicy = 'START_EXCLUSIVE' | 'START_INCLUSIVE' | 'END';

/** Days on which the notice board was down, and what they do. */
export interface Interruptions {
  /** Civil days, in any order. Those outside the publication do not count. */
  readonly outages?: readonly CivilDate[];
  /** Whether they move the executive day too; the law is silent, and moving is the cautious reading. */
  readonly interruptionShifts?: boolean;
}

/** The days of an act on the notice board. */
export interface BoardTerm {
  readonly firstDay: CivilDate;
  /** Last day of publication, as outages have extended it. */
  readonly endsOn: CivilDate;
  /** Outages that counted, in order. */
  readonly interruptedOn: readonly CivilDate[];
}

export interface Publication {
  readonly firstDay: CivilDate;
  readonly endsOn: CivilDate;
  readonly removalOn: CivilDate;
  readonly challengeableUntil: CivilDate;
  /** First civil day on which the act is executive. Effects ripen on holidays too: never rolled. */
  readonly executiveOn: CivilDate;
  /** 00:00 in Rome of that day. */
  readonly executiveFrom: Instant;
}

const DAYS_ON_BOARD = 15;
const EXECUTIVE_AFTER_DAYS = 10;
const OUTAGE_HOURS = 12;
const NONE: readonly CivilDate[] = [];

/** Publication on the notice board for 15 consecutive days (art. 124 TUEL) and the day on which the act becomes executive (art. 134 c.3). */
export function computePublication(
  firstDay: CivilDate, count: PublicationCount, executivity: ExecutivityPolicy, calendarVersion: CalendarChoice = CURRENT_CALENDAR,
  { outages = NONE, interruptionShifts = true }: Interruptions = {},
): Publication {
  const board = boardTerm(firstDay, count, outages);
  const executiveOn = executiveDay(board, executivity, interruptionShifts, calendarVersion);
  return {
    firstDay,
    endsOn: board.endsOn,
    removalOn: addDays(board.endsOn, 1),
    challengeableUntil: challengeableUntil(board.endsOn, calendarVersion),
    executiveOn,
    executiveFrom: startOfDay(executiveOn),
  };
}

/** A day of the board counts as an outage from this many hours on. */
export function isOutage(hoursDown: number): boolean {
  return hoursDown >= OUTAGE_HOURS;
}

/** The days on the board: holidays count, an outage within the publication as extended so far adds a day to its end. */
export function boardTerm(firstDay: CivilDate, count: PublicationCount, outages: readonly CivilDate[] = NONE, trace?: Trace): BoardTerm {
  let endsOn = addDays(firstDay, count === 'INCLUDE_FIRST' ? DAYS_ON_BOARD - 1 : DAYS_ON_BOARD);
  trace?.push({ code: count === 'INCLUDE_FIRST' ? 'BOARD_FIRST_COUNTED' : 'BOARD_FIRST_EXCLUDED', date: firstDay });
  const interruptedOn: CivilDate[] = [];
  for (const day of outages.length === 0 ? outages : [...new Set(outages)].toSorted()) {
    const counts = firstDay <= day && day <= endsOn;
    if (counts) {
      interruptedOn.push(day);
      endsOn = addDays(endsOn, 1);
    }
    trace?.push({ code: counts ? 'OUTAGE_EXTENDS' : 'OUTAGE_OUTSIDE', date: day, to: endsOn });
  }
  trace?.push({ code: 'BOARD_ENDS', date: endsOn, n: DAYS_ON_BOARD }, { code: 'REMOVED', date: addDays(endsOn, 1) });
  return { firstDay, endsOn, interruptedOn };
}

/**
 * First day on which the act is executive. From the start of publication (majority view) outages before the day, as it
 * stands, move it by one each; from its end (minority view) it follows the end, which outages have moved already.
 */
export function executiveDay(
  { firstDay, endsOn, interruptedOn }: BoardTerm, policy: ExecutivityPolicy, interruptionShifts: boolean, calendar: CalendarChoice = CURRENT_CALENDAR, trace?: Trace,
): CivilDate {
  let day = addDays(policy === 'END' ? endsOn : firstDay, policy === 'START_INCLUSIVE' ? EXECUTIVE_AFTER_DAYS : EXECUTIVE_AFTER_DAYS + 1);
  trace?.push({ code: policy === 'START_INCLUSIVE' ? 'START_COUNTED' : 'START_EXCLUDED', date: policy === 'END' ? endsOn : firstDay });
  trace?.push({ code: policy === 'END' ? 'TENTH_DAY_AFTER_END' : 'TENTH_DAY', date: addDays(day, -1), n: EXECUTIVE_AFTER_DAYS });
  if (policy !== 'END') {
    for (const outage of interruptedOn) {
      if (outage >= day) break;
      if (interruptionShifts) day = addDays(day, 1);
      trace?.push({ code: interruptionShifts ? 'OUTAGE_SHIFTS' : 'OUTAGE_DOES_NOT_SHIFT', date: outage, to: day });
    }
  }
  trace?.push({ code: 'EXECUTIVE', date: day });
  if (trace !== undefined && isLegalHoliday(day, calendar)) trace.push(closureStep('HOLIDAY_STANDS', day, null, calendar));
  return day;
}
