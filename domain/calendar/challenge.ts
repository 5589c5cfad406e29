import { addDays, daysBetween, laterDate, type CivilDate } from '../shared/civil-date.ts';
import { CURRENT_CALENDAR, type CalendarChoice } from './calendars.ts';
import type { Trace } from './steps.ts';
import { actTerm, effectMonths, rollForward } from './terms.ts';

const CHALLENGE_DAYS = 60;
const APPEAL_DAYS = 120;
const ANNULMENT_MONTHS = 6;

/**
 * Last day for a challenge before the administrative court: 60 days from the end of the publication term (art. 41 c.p.a.),
 * August not counted (art. 54 c.p.a., L. 742/1969), a last day that is a holiday or a Saturday rolls on (art. 52 c.p.a.);
 * where it would roll into August it rolls over it. Shown to people, never a gate.
 */
export function challengeableUntil(publicationEndsOn: CivilDate, calendarVersion: CalendarChoice = CURRENT_CALENDAR, trace?: Trace): CivilDate {
  const sixtieth = addDays(publicationEndsOn, CHALLENGE_DAYS);
  trace?.push({ code: 'CHALLENGE_DAYS', date: publicationEndsOn, n: CHALLENGE_DAYS });
  const last = addDays(sixtieth, daysOfAugust(addDays(publicationEndsOn, 1), sixtieth, trace));
  const options = { saturdayRolls: true, calendarVersion };
  const rolled = rollForward(last, options, trace);
  const until = isAugust(rolled) ? rollForward(addDays(rolled, daysOfAugust(rolled, rolled, trace)), options, trace) : rolled;
  trace?.push({ code: 'CHALLENGE_ENDS', date: until });
  return until;
}

/**
 * Last day for the extraordinary appeal to the President of the Republic: 120 days from the end of the publication term (art. 9
 * DPR 1199/1971). It is no act of a court: August counts (L. 742/1969 is of the courts). A last day that is a holiday rolls on, and
 * so does a Saturday: the law is silent, and the later reading tells nobody too early that an act is beyond appeal. Shown to
 * people, never a gate.
 */
export function extraordinaryAppealUntil(publicationEndsOn: CivilDate, calendarVersion: CalendarChoice = CURRENT_CALENDAR): CivilDate {
  return actTerm(publicationEndsOn, APPEAL_DAYS, { saturdayRolls: true, calendarVersion });
}

/**
 * Last day for the body to annul an act of its own: six months from its adoption (art. 21-nonies L. 241/1990 as L. 182/2025 put it,
 * 12 before), a term of months on which an effect ripens, never rolled. The cap is for acts that authorise or grant benefits and
 * hardly fits an adhesion; a reasonable time binds in any case. Information only: no annulment is refused by it.
 */
export function annullableUntil(adoptedOn: CivilDate, calendarVersion: CalendarChoice = CURRENT_CALENDAR): CivilDate {
  return effectMonths(adoptedOn, ANNULMENT_MONTHS, calendarVersion);
}

/** Days of August that a term from its first to its last day has to leave out; a term of 60 days meets one August at most. */
function daysOfAugust(first: CivilDate, last: CivilDate, trace?: Trace): number {
  const year = first.slice(0, 4);
  const [begins, ends] = [`${year}-08-01`, `${year}-08-31`];
  if (first > ends || last < begins) return 0;
  const from = laterDate(first, begins);
  const days = daysBetween(from, ends) + 1;
  trace?.push({ code: 'AUGUST_LEFT_OUT', date: from, to: ends, n: days });
  return days;
}

function isAugust(date: CivilDate): boolean {
  return date.slice(5, 7) === '08';
}
