import { absoluteMajority, quorumFloor, votesCast, votesNeeded, type Votes } from '../../calendar/majority.ts';
import { actTerm, earliestSessionDay, earliestUrgentSession } from '../../calendar/terms.ts';
import { civilDateOf, compareInstants, laterDate, normalInstant, startOfDay, type CivilDate } from '../../shared/civil-date.ts';
import { accepted, refused, type Refused } from '../../shared/process.ts';
import type { Command } from '../command-types.ts';
import type { AdhesionEvent } from '../events.ts';
import { deliberationState } from '../standing.ts';
import type { Deliberation, OpenedCase } from '../state.ts';
import type { Organ } from '../terms.ts';
import { workingTerm } from './proposal.ts';
import { basisOf, firstRefusal, notBefore, notInFuture, rule, type Verdict } from './rule.ts';
import { outOfTurn } from './turns.ts';

type ConveneData = Command<'ConveneCouncil'>['data'];
type SessionData = Command<'RecordSession'>['data'];

/** The day of the receipt or of the last opinion on the proposal, whichever is later: nothing of a session precedes it. */
function readyOn({ receipt, opinions }: Deliberation): CivilDate | null {
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

export const recordSession = rule<SessionData, Deliberation>({
  ground: ({ deliberation }) => {
    const state = deliberationState(deliberation);
    return state === 'CONVENED' || state === 'READY_FOR_COUNCIL'
      ? deliberation
      : outOfTurn(deliberation, 'RecordSession', 'READY_FOR_COUNCIL', 'a session follows its convocation.');
  },
  check: (data, context, state) => firstRefusal(
    data.organ === 'BOARD' ? refused('WRONG_ORGAN', 'The board cannot join; the council is competent (art. 42 TUEL).', 'organ') : null,
    notInFuture(context, { heldOn: data.heldOn }),
    sessionFault(state, data),
  ),
  decide: (given) => {
    const { state, ground, data, context } = given;
    const { heldOn, outcome } = data;
    const { lastSession } = ground;
    const organ: Organ = data.organ === 'COMMISSIONER' ? 'COMMISSIONER' : 'COUNCIL';
    if (organ === 'COUNCIL' && ground.convocation === null) {
      return outOfTurn(ground, 'RecordSession', 'CONVENED', 'a session of the council follows its convocation.');
    }
    const fault = firstRefusal(
      notBefore(heldOn, 'heldOn', readyOn(ground), 'the receipt and the opinions'),
      lastSession !== null && heldOn <= lastSession.heldOn
        ? refused('DATE_BEFORE_GROUND', `heldOn must be on a day after the session before (${lastSession.heldOn}).`, 'heldOn')
        : null,
      organ === 'COUNCIL' ? notBefore(heldOn, 'heldOn', ground.convocation?.sessionOn ?? null, 'the day for which it was convened') : null,
    );
    if (fault !== null) return fault;
    if (outcome !== 'VOTED') {
      return accepted<AdhesionEvent>({
        type: 'SessionHeldWithoutVote', data: { organ, heldOn, outcome, at: context.now }, effectiveOn: heldOn,
      });
    }
    return vote(state, organ, data, context.now);
  },
});

/** Counts that cannot be, a vote below the quorum, and what a vote must come with. A commissioner does not vote. */
function sessionFault({ opening }: OpenedCase, data: SessionData): Refused | null {
  const { organ, outcome, councillorsPresent, mayorPresent = false, votes, immediate } = data;
  const { councillors } = opening.policies;
  if (organ === 'COMMISSIONER') {
    if (outcome === 'NO_QUORUM') return refused('VOTES_INCONSISTENT', 'A commissioner decides alone: there is no quorum to miss.', 'outcome');
    return votes === undefined ? null : refused('VOTES_INCONSISTENT', 'A commissioner decides alone: there are no votes to record.', 'votes');
  }
  if (councillorsPresent !== undefined && councillorsPresent > councillors) {
    return refused('VOTES_INCONSISTENT', `The council has ${councillors} councillors; ${councillorsPresent} cannot be present.`, 'councillorsPresent');
  }
  if (outcome !== 'VOTED') {
    return votes === undefined && immediate === undefined
      ? null
      : refused('VOTES_INCONSISTENT', `There are no votes when the outcome is ${outcome}.`, votes === undefined ? 'immediate' : 'votes');
  }
  if (votes === undefined) return refused('INCOMPLETE', 'A vote of the council needs its votes.', 'votes');
  if (councillorsPresent === undefined) return refused('INCOMPLETE', 'A vote of the council needs the councillors present.', 'councillorsPresent');
  const present = councillorsPresent + (mayorPresent ? 1 : 0);
  const floor = quorumFloor(councillors);
  return firstRefusal(
    councillorsPresent < floor
      ? refused('QUORUM_NOT_REACHED', `At least ${floor} of ${councillors} councillors must be present, the mayor not counted (art. 38 TUEL).`, 'councillorsPresent')
      : null,
    countFault(votes, present, 'votes'),
    immediate === undefined ? null : countFault(immediate, present, 'immediate'),
  );
}

function countFault(votes: Votes, present: number, path: string): Refused | null {
  const cast = votesCast(votes);
  return cast > present ? refused('VOTES_INCONSISTENT', `${cast} votes from ${present} members present.`, path) : null;
}

/** A majority not reached is a fact, not a fault: the resolution is rejected. */
function vote(state: OpenedCase, organ: Organ, data: SessionData, now: string): Verdict {
  const { councillors, majority, abstentions } = state.opening.policies;
  const { heldOn, votes = null, councillorsPresent = null, mayorPresent = false } = data;
  const needed = votes === null ? null : votesNeeded(majority, abstentions, councillors, votes);
  const ballot = {
    organ, heldOn, councillorsPresent, mayorPresent, votes, votesNeeded: needed, basis: basisOf(state), at: now,
  };
  if (votes !== null && needed !== null && votes.for < needed) {
    return accepted<AdhesionEvent>({ type: 'ResolutionRejected', data: { ...ballot, code: 'MAJORITY_NOT_REACHED' }, effectiveOn: heldOn });
  }
  return adopt(state, data, ballot);
}

function adopt(
  state: OpenedCase, data: SessionData, ballot: Omit<Extract<AdhesionEvent, { type: 'ResolutionRejected' }>['data'], 'code'>,
): Verdict {
  const { deliberation, opening } = state;
  const { heldOn, resolutionNo, immediate, councilReasons = null, urgencyReasons = null } = data;
  if (resolutionNo === undefined) return refused('INCOMPLETE', 'An approved resolution needs its number.', 'resolutionNo');
  const against = deliberation.opinions.find((opinion) => !opinion.onAmendment && opinion.outcome === 'UNFAVOURABLE');
  if (against !== undefined && councilReasons === null) {
    return refused('COUNCIL_REASONS_REQUIRED', `The ${against.kind} opinion is unfavourable: the council must give its reasons.`, 'councilReasons');
  }
  const { policies } = opening;
  const { slaDays, saturdayRolls, calendarVersion } = policies;
  const templateSha = deliberation.template?.sha256 ?? null;
  const textSha256 = data.textSha256 ?? templateSha ?? '';
  const isImmediate = immediate !== undefined
    && (ballot.organ === 'COMMISSIONER' || immediate.for >= absoluteMajority(policies.councillors));
  return accepted<AdhesionEvent>({
    type: 'ResolutionAdopted',
    data: {
      ...ballot,
      resolutionNo,
      textSha256,
      amended: textSha256 !== templateSha,
      immediate: isImmediate,
      immediateVotes: immediate === undefined ? null : { for: immediate.for, against: immediate.against, abstained: immediate.abstained },
      immediateReasons: immediate?.reasons ?? null,
      urgencyReasons,
      councilReasons,
      publicationDueOn: actTerm(heldOn, slaDays.publication, { saturdayRolls, calendarVersion }),
      executiveOn: isImmediate ? heldOn : null,
      gateOpensAt: isImmediate ? startOfDay(heldOn) : null,
      transmissionDueOn: isImmediate ? workingTerm(state, heldOn, slaDays.transmission) : null,
    },
    effectiveOn: heldOn,
  });
}
