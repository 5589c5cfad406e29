import { requestedSessionDueOn } from '../../../calendar/elections.ts';
import { earliestSessionDay, earliestUrgentSession } from '../../../calendar/terms.ts';
import { civilDateOf, compareInstants, normalInstant, type CivilDate } from '../../../shared/civil-date.ts';
import { accepted, refused, type Refused } from '../../../shared/process.ts';
import { alreadyRecorded, firstRefusal, notBefore, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import { competenceOf } from '../../competence.ts';
import { basisOf } from '../../due-dates.ts';
import type { AdhesionEvent } from '../../events.ts';
import { knows } from '../../policies.ts';
import { rule } from '../../rule.ts';
import type { OpenedCase } from '../../state.ts';
import { ORGAN_FAULTS, organFault } from '../organ.ts';
import { deliberationState, openSessionRequest, readyOn } from '../standing.ts';
import type { Deliberation } from '../state.ts';
import { READY, RECEIPT, SESSION_BEFORE } from './grounds.ts';
import { outOfTurn } from './out-of-turn.ts';

type ConveneData = Command<'ConveneCouncil'>['data'];

/** The mayor or a fifth of the councillors may ask for the session, which is then due within twenty days (art. 39 c.2 TUEL). */
export const requestSession = rule<Command<'RequestSession'>['data'], { readonly receivedOn: CivilDate; readonly lastHeldOn: CivilDate | null }>({
  ground: ({ deliberation }) => {
    const { receipt, adoption, rejection, lastSession } = deliberation;
    if (receipt === null || adoption !== null || rejection !== null) {
      return outOfTurn(deliberation, 'RequestSession', 'OPINIONS_PENDING', {
        it: 'la seduta si chiede tra la ricezione della proposta e il voto.', en: 'a session is asked for between the receipt of the proposal and the vote.',
      });
    }
    if (openSessionRequest(deliberation) !== null) return alreadyRecorded({ it: 'Una richiesta della seduta', en: 'A request of the session' });
    return { receivedOn: receipt.receivedOn, lastHeldOn: lastSession?.heldOn ?? null };
  },
  check: ({ on }, context) => notInFuture(context, { on }),
  decide: ({ state, ground: { receivedOn, lastHeldOn }, data: { by, on }, context }) => {
    const { saturdayRolls, calendarVersion } = state.opening.policies;
    return firstRefusal(
      notBefore(on, 'on', receivedOn, RECEIPT),
      notBefore(on, 'on', lastHeldOn, SESSION_BEFORE),
    ) ?? accepted<AdhesionEvent>({
      type: 'SessionRequested',
      data: { by, on, sessionDueOn: requestedSessionDueOn(on, { saturdayRolls, calendarVersion }), basis: basisOf(state), at: context.now },
      effectiveOn: on,
    });
  },
});

export const conveneCouncil = rule<ConveneData, Deliberation>({
  ground: ({ deliberation }) => {
    const state = deliberationState(deliberation);
    if (state === 'READY_FOR_COUNCIL') return deliberation;
    const sessionOn = deliberation.convocation?.sessionOn ?? '';
    const right = state === 'CONVENED'
      ? { it: `il consiglio è già convocato per il ${sessionOn}; ora si registra la seduta (RecordSession).`, en: `it is convened for ${sessionOn} already, what comes next is RecordSession.` }
      : { it: 'il consiglio si convoca quando sono stati resi tutti i pareri.', en: 'the council is convened when all opinions are in.' };
    return outOfTurn(deliberation, 'ConveneCouncil', 'READY_FOR_COUNCIL', right);
  },
  check: ({ noticeDeliveredAt }, context) => notInFuture(context, { noticeDeliveredAt }),
  decide: ({ state, ground, data, context }) => {
    const { call, urgency, noticeDeliveredAt, sessionAt } = data;
    const fault = firstRefusal(
      notBefore(noticeDeliveredAt, 'noticeDeliveredAt', readyOn(ground), READY),
      callFault(ground, data),
      noticeFault(state, data),
      councilFault(state, civilDateOf(sessionAt)),
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
  if (call === 1) return notBefore(noticeDeliveredAt, 'noticeDeliveredAt', lastSession?.heldOn ?? null, SESSION_BEFORE);
  if (lastSession?.outcome !== 'NO_QUORUM') {
    return refused('NO_FIRST_CALL', {
      it: 'La seconda convocazione segue una seduta deserta; si convochi in prima convocazione (call 1).',
      en: 'A second call follows a session without quorum; convene with call 1.',
    }, 'call');
  }
  return civilDateOf(sessionAt) > lastSession.heldOn
    ? null
    : refused('DATE_BEFORE_GROUND', {
      it: `La seconda convocazione si tiene in un giorno successivo al ${lastSession.heldOn}.`, en: `The second call is held on a day after ${lastSession.heldOn}.`,
    }, 'sessionAt');
}

/** Notice by the regulation of the council; clear days leave out both the day of delivery and that of the session. */
function noticeFault({ opening }: OpenedCase, { urgency, noticeDeliveredAt, sessionAt }: ConveneData): Refused | null {
  const { ordinaryDays, extraordinaryDays, urgentHours, clearDays } = opening.policies.notice;
  if (urgency === 'URGENT') {
    const earliest = earliestUrgentSession(noticeDeliveredAt, urgentHours);
    return compareInstants(sessionAt, earliest) < 0
      ? refused('NOTICE_TOO_SHORT', {
        it: `L'avviso va consegnato ${urgentHours} ore prima: la prima seduta possibile è alle ${earliest}.`,
        en: `The notice must be delivered ${urgentHours} hours before: the earliest session is at ${earliest}.`,
      }, 'sessionAt')
      : null;
  }
  const days = urgency === 'ORDINARY' ? ordinaryDays : extraordinaryDays;
  const earliest = earliestSessionDay(civilDateOf(noticeDeliveredAt), days, clearDays);
  const tooShort = civilDateOf(sessionAt) < earliest || compareInstants(sessionAt, noticeDeliveredAt) < 0;
  return tooShort
    ? refused('NOTICE_TOO_SHORT', {
      it: `Il preavviso è di ${days} giorni${clearDays ? ' liberi' : ''}: la prima seduta possibile è il ${earliest}.`,
      en: `${days} ${clearDays ? 'clear ' : ''}days of notice are due: the earliest session is on ${earliest}.`,
    }, 'sessionAt')
    : null;
}

/** The council is not convened for a day on which a commissioner sits in its place. */
function councilFault(state: OpenedCase, sessionOn: CivilDate): Refused | null {
  const fault = knows(state, '2026.2') ? organFault(state, competenceOf(state).organ, sessionOn, false) : null;
  return fault === null ? null : refused(fault, ORGAN_FAULTS[fault]);
}
