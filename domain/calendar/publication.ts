import { addDays, startOfDay, type CivilDate, type Instant } from '../shared/civil-date.ts';
import { CURRENT_CALENDAR, type CalendarVersion } from './holidays.ts';
import { challengeableUntil } from './terms.ts';

/** How the 15 days on the notice board are counted: with the first day (Cass. 2563/2009) or after it. */
export type PublicationCount = 'INCLUDE_FIRST' | 'EXCLUDE_FIRST';
/** The three readings of "after the tenth day from publication" (art. 134 c.3 TUEL). */
export type ExecutivityPolicy = 'START_EXCLUSIVE' | 'START_INCLUSIVE' | 'END';

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

/** Publication on the notice board for 15 consecutive days (art. 124 TUEL) and the day on which the act becomes executive. */
export function computePublication(
  firstDay: CivilDate, count: PublicationCount, executivity: ExecutivityPolicy, calendarVersion: CalendarVersion = CURRENT_CALENDAR,
): Publication {
  const endsOn = addDays(firstDay, count === 'INCLUDE_FIRST' ? DAYS_ON_BOARD - 1 : DAYS_ON_BOARD);
  const executiveOn = executiveDay(firstDay, endsOn, executivity);
  return {
    firstDay,
    endsOn,
    removalOn: addDays(endsOn, 1),
    challengeableUntil: challengeableUntil(endsOn, calendarVersion),
    executiveOn,
    executiveFrom: startOfDay(executiveOn),
  };
}

function executiveDay(firstDay: CivilDate, endsOn: CivilDate, policy: ExecutivityPolicy): CivilDate {
  switch (policy) {
    case 'START_EXCLUSIVE': return addDays(firstDay, EXECUTIVE_AFTER_DAYS + 1);
    case 'START_INCLUSIVE': return addDays(firstDay, EXECUTIVE_AFTER_DAYS);
    case 'END': return addDays(endsOn, EXECUTIVE_AFTER_DAYS + 1);
  }
}
