import { firstSessionCallDueOn, firstSessionDueOn } from '../../calendar/elections.ts';
import { civilDateOf, type CivilDate } from '../../shared/civil-date.ts';
import type { Reason } from '../../shared/reason.ts';
import type { SuspendedCouncil } from '../mandates/standing.ts';
import type { OpenedCase } from '../state.ts';
import { readyOn } from './standing.ts';

/** A day by which a session is to be called, or held, and why. */
export interface SessionDue {
  readonly dueOn: CivilDate;
  readonly reason: Reason;
}

/**
 * The term of the first session of a council (art. 40 c.1 TUEL) that the proposal waits for: ten days from the proclamation to call it, ten
 * from the call to hold it, both for doing an act. Null where the proposal does not meet it: the council was elected so long before that its call was
 * due by then, has sat on the proposal since, or was convened for a later session. Said to people, never a gate: no date of it is kept.
 */
export function firstSession(state: OpenedCase): SessionDue | null {
  const { deliberation, mandates, opening } = state;
  const ready = readyOn(deliberation);
  const elected = mandates.findLast(({ kind }) => kind === 'COUNCIL_ELECTED');
  if (elected === undefined || ready === null) return null;
  const { saturdayRolls, calendarVersion } = opening.policies;
  const options = { saturdayRolls, calendarVersion };
  const { on } = elected;
  const callDueOn = firstSessionCallDueOn(on, options);
  const { lastSession, convocation } = deliberation;
  if (callDueOn < ready || (lastSession !== null && lastSession.heldOn >= on)) return null;
  if (convocation === null) return { dueOn: callDueOn, reason: toCall(on, callDueOn) };
  const calledOn = civilDateOf(convocation.noticeDeliveredAt);
  if (calledOn < on || calledOn > callDueOn) return null;
  const dueOn = firstSessionDueOn(calledOn, options);
  return { dueOn, reason: toHold(calledOn, dueOn) };
}

function toCall(on: CivilDate, dueOn: CivilDate): Reason {
  return {
    code: 'FIRST_SESSION',
    message: {
      it: `Il nuovo consiglio è stato proclamato il ${on}: la prima seduta si convoca entro il ${dueOn} e si tiene entro dieci giorni dalla convocazione (art. 40 TUEL).`,
      en: `The new council was proclaimed on ${on}: its first session is called by ${dueOn} and held within ten days of the call (art. 40 TUEL).`,
    },
  };
}

function toHold(calledOn: CivilDate, dueOn: CivilDate): Reason {
  return {
    code: 'FIRST_SESSION',
    message: {
      it: `La prima seduta del nuovo consiglio è stata convocata il ${calledOn}: si tiene entro il ${dueOn} (art. 40 TUEL).`,
      en: `The first session of the new council was called on ${calledOn}: it is held by ${dueOn} (art. 40 TUEL).`,
    },
  };
}

/**
 * The day to which the last session moved the item: by then it is to be called, and held. Null where none was set, or where another
 * organ has come since, which is not bound by it. No gate: the item may come sooner or later.
 */
export function newSession({ deliberation: { lastSession }, mandates }: OpenedCase): SessionDue | null {
  if (lastSession?.newSessionOn === undefined) return null;
  const { heldOn, newSessionOn } = lastSession;
  if (mandates.some(({ kind, on }) => on > heldOn && (kind === 'COMMISSIONER_APPOINTED' || kind === 'COUNCIL_ELECTED'))) return null;
  const message = { it: `Nella seduta del ${heldOn} il punto è stato spostato al ${newSessionOn}.`, en: `The session of ${heldOn} moved the item to ${newSessionOn}.` };
  return { dueOn: newSessionOn, reason: { code: 'NEW_SESSION', message } };
}

/** That the council does not sit while the prefect has it suspended, and who resolves then. */
export function suspendedInWords({ on, until }: SuspendedCouncil): Reason {
  return {
    code: 'COUNCIL_SUSPENDED',
    message: {
      it: `Il consiglio è sospeso dal prefetto dal ${on} al ${until} (art. 141 TUEL) e non siede in quei giorni; delibera il commissario, quando ne è registrata la nomina (COMMISSIONER_APPOINTED).`,
      en: `The prefect has the council suspended from ${on} to ${until} (art. 141 TUEL) and it does not sit on those days; the commissioner resolves once the appointment is recorded (COMMISSIONER_APPOINTED).`,
    },
  };
}
