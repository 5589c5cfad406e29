import { addDays, type CivilDate } from '../shared/civil-date.ts';
import { actTerm, type ActTermOptions } from './terms.ts';

const MANIFESTO_DAYS_BEFORE = 45;
const RUNOFF_DAYS_AFTER = 14;
const REQUESTED_SESSION_DAYS = 20;
const FIRST_SESSION_DAYS = 10;

/**
 * First day of the election freeze: the manifesto is published on the 45th day before the first day of the vote, and from
 * then on the council adopts urgent acts only, with reasons (art. 38 c.5 TUEL).
 */
export function freezeBeginsOn(firstDayOfVote: CivilDate): CivilDate {
  return addDays(firstDayOfVote, -MANIFESTO_DAYS_BEFORE);
}

/** Whether an act of the council on a date falls in the freeze, which lasts until the new council is in office (null: it is not yet). */
export function inElectionFreeze(date: CivilDate, firstDayOfVote: CivilDate, newCouncilOn: CivilDate | null): boolean {
  return date >= freezeBeginsOn(firstDayOfVote) && (newCouncilOn === null || date < newCouncilOn);
}

/** First day of a runoff: the second Sunday after the first round (art. 72 c.5 TUEL). */
export function runoffDay(firstDayOfVote: CivilDate): CivilDate {
  return addDays(firstDayOfVote, RUNOFF_DAYS_AFTER);
}

/** Last day for the session that the mayor or a fifth of the councillors asked for (art. 39 c.2 TUEL); after it the prefect steps in. */
export function requestedSessionDueOn(requestedOn: CivilDate, options: ActTermOptions = {}): CivilDate {
  return actTerm(requestedOn, REQUESTED_SESSION_DAYS, options);
}

/** Last day to call the first session of a council after the proclamation of who was elected (art. 40 c.1 TUEL); after it the prefect steps in. */
export function firstSessionCallDueOn(proclaimedOn: CivilDate, options: ActTermOptions = {}): CivilDate {
  return actTerm(proclaimedOn, FIRST_SESSION_DAYS, options);
}

/** Last day to hold the first session of a council after its call (art. 40 c.1 TUEL). */
export function firstSessionDueOn(calledOn: CivilDate, options: ActTermOptions = {}): CivilDate {
  return actTerm(calledOn, FIRST_SESSION_DAYS, options);
}
