import { earliestSessionDay, earliestUrgentSession } from '../../../calendar/terms.ts';
import { civilDateOf, compareInstants, laterDate, normalInstant, type CivilDate } from '../../../shared/civil-date.ts';
import { accepted, refused, type Refused } from '../../../shared/process.ts';
import { firstRefusal, notBefore, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import { basisOf } from '../../due-dates.ts';
import type { AdhesionEvent } from '../../events.ts';
import { rule } from '../../rule.ts';
import type { OpenedCase } from '../../state.ts';
import { deliberationState } from '../standing.ts';
import type { Deliberation } from '../state.ts';
import { outOfTurn } from './out-of-turn.ts';

type ConveneData = Command<'ConveneCouncil'>['data'];

/** The day of the receipt or of the last opinion on the proposal, whichever is later: nothing of a session precedes it. */
export function readyOn({ receipt, opinions }: Deliberation): CivilDate | null {
  return opinions.filter((opinion) => !opinion.onAmendment)
    .reduce<CivilDate | null>((last, { givenOn }) => (last === null ? givenOn : laterDate(last, givenOn)), receipt?.receivedOn ?? null);
}

export const conveneCouncil = rule<ConveneData, Deliberation>({
  ground: ({ deliberation }) => deliberationState(deliberation) === 'READY_FOR_COUNCIL'
    ? deliberation
    : outOfTurn(deliberation, 'ConveneCouncil', 'READY_FOR_COUNCIL', 'the council is convened when all opinions are in.'),
  check: ({ noticeDeliveredAt }, context) => notInFuture(context, { noticeDeliveredAt }),
  decide: ({ state, ground, data, context }) => {
    const { call, urgency, noticeDeliveredAt, sessionAt } = data;
    const fault = firstRefusal(
      notBefore(noticeDeliveredAt, 'noticeDeliveredAt', readyOn(ground), 'the receipt and the opinions'),
      callFault(ground, data),
      noticeFault(state, data),
    );
    if (fault !== null) return fault;
    return accepted<AdhesionEvent>({
      type: 'CouncilConvened',
      data: {
        call, urgency,
        noticeDeliveredAt: normalInstant(noticeDeliveredAt),
        sessionAt: normalInstant(sessionAt),
        sessionOn: civilDateOf(sessionAt),
        basis: basisOf(state),
        at: context.now,
      },
      effectiveOn: civilDateOf(noticeDeliveredAt),
    });
  },
});

/** The notice of a second call may come with that of the first, but its session is on another day. */
function callFault({ lastSession }: Deliberation, { call, noticeDeliveredAt, sessionAt }: ConveneData): Refused | null {
  if (call === 1) return notBefore(noticeDeliveredAt, 'noticeDeliveredAt', lastSession?.heldOn ?? null, 'the session before');
  if (lastSession?.outcome !== 'NO_QUORUM') {
    return refused('NO_FIRST_CALL', 'A second call follows a session without quorum; convene with call 1.', 'call');
  }
  return civilDateOf(sessionAt) > lastSession.heldOn
    ? null
    : refused('DATE_BEFORE_GROUND', `The second call is held on a day after ${lastSession.heldOn}.`, 'sessionAt');
}

/** Notice by the regulation of the council; clear days leave out both the day of delivery and that of the session. */
function noticeFault({ opening }: OpenedCase, { urgency, noticeDeliveredAt, sessionAt }: ConveneData): Refused | null {
  const { ordinaryDays, extraordinaryDays, urgentHours, clearDays } = opening.policies.notice;
  if (urgency === 'URGENT') {
    const earliest = earliestUrgentSession(noticeDeliveredAt, urgentHours);
    return compareInstants(sessionAt, earliest) < 0
      ? refused('NOTICE_TOO_SHORT', `The notice must be delivered ${urgentHours} hours before: the earliest session is at ${earliest}.`, 'sessionAt')
      : null;
  }
  const days = urgency === 'ORDINARY' ? ordinaryDays : extraordinaryDays;
  const earliest = earliestSessionDay(civilDateOf(noticeDeliveredAt), days, clearDays);
  const tooShort = civilDateOf(sessionAt) < earliest || compareInstants(sessionAt, noticeDeliveredAt) < 0;
  return tooShort
    ? refused('NOTICE_TOO_SHORT', `${days} ${clearDays ? 'clear ' : ''}days of notice are due: the earliest session is on ${earliest}.`, 'sessionAt')
    : null;
}
