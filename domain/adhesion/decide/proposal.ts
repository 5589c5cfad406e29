import { actTerm, workingDaysAfter } from '../../calendar/terms.ts';
import { civilDateOf, normalInstant, type CivilDate } from '../../shared/civil-date.ts';
import { accepted, refused } from '../../shared/process.ts';
import type { Command } from '../command-types.ts';
import type { AdhesionEvent, AdhesionEventData } from '../events.ts';
import { deliberationState, hasOpinion } from '../standing.ts';
import type { OpenedCase } from '../state.ts';
import type { Template } from '../terms.ts';
import { basisOf, firstRefusal, notBefore, notInFuture, rule } from './rule.ts';
import { alreadyRecorded, outOfTurn } from './turns.ts';

/** Working days after a date at that comune, by the pinned calendar. */
export function workingTerm({ opening }: OpenedCase, from: CivilDate, days: number): CivilDate {
  return workingDaysAfter(from, days, opening.istatCode, opening.policies.calendarVersion);
}

export const sendProposal = rule<Command<'SendProposal'>['data'], object>({
  ground: ({ deliberation }) => deliberation.sending === null
    ? {}
    : refused('OUT_OF_TURN', 'The proposal was sent already; after a rejection it is sent again with ResubmitProposal.'),
  check: ({ sentAt }, context) => notInFuture(context, { sentAt }),
  decide: ({ state, data, context }) => accepted<AdhesionEvent>({
    type: 'ProposalSent', data: sendingOf(state, data.template, data.sentAt, context.now), effectiveOn: civilDateOf(data.sentAt),
  }),
});

function sendingOf(state: OpenedCase, template: Template, sentAt: string, now: string): AdhesionEventData['ProposalSent'] {
  const receiptDueOn = workingTerm(state, civilDateOf(sentAt), state.opening.policies.slaDays.receipt);
  return { template, sentAt: normalInstant(sentAt), receiptDueOn, basis: basisOf(state), at: now };
}

/** The instant of the delivery receipt counts, not the protocol date. */
export const confirmReceipt = rule<Command<'ConfirmReceipt'>['data'], { readonly follows: string }>({
  ground: ({ deliberation }) => {
    const { sending, receipt, rejection } = deliberation;
    if (sending === null || rejection !== null) {
      return outOfTurn(deliberation, 'ConfirmReceipt', 'PROPOSAL_SENT', 'it follows the sending of the proposal.');
    }
    return receipt === null ? sending : alreadyRecorded('The receipt');
  },
  check: ({ deliveredAt }, context) => notInFuture(context, { deliveredAt }),
  decide: ({ state, ground, data, context }) => {
    const fault = notBefore(data.deliveredAt, 'deliveredAt', ground.follows, 'the sending of the proposal');
    if (fault !== null) return fault;
    const receivedOn = civilDateOf(data.deliveredAt);
    return accepted<AdhesionEvent>({
      type: 'ReceiptConfirmed',
      data: {
        deliveredAt: normalInstant(data.deliveredAt),
        receivedOn,
        opinionsDueOn: workingTerm(state, receivedOn, state.opening.policies.slaDays.opinions),
        basis: basisOf(state),
        at: context.now,
      },
      effectiveOn: receivedOn,
    });
  },
});

/**
 * Opinions of the offices (art. 49 TUEL) and of the auditors (art. 239), in any order from the receipt to the session;
 * those on an amendment come after the vote.
 */
export const recordOpinion = rule<Command<'RecordOpinion'>['data'], { readonly receivedOn: CivilDate; readonly amended: boolean }>({
  ground: ({ deliberation }) => {
    const state = deliberationState(deliberation);
    const { receipt, amendment } = deliberation;
    const right = 'opinions are given from the receipt of the proposal until the council is convened, or on an amendment.';
    if (receipt === null) return outOfTurn(deliberation, 'RecordOpinion', 'OPINIONS_PENDING', right);
    const amended = amendment !== null && state !== 'ACCEPTED';
    const open = state === 'OPINIONS_PENDING' || state === 'AUDITORS_PENDING' || amended;
    return open ? { receivedOn: receipt.receivedOn, amended } : outOfTurn(deliberation, 'RecordOpinion', 'OPINIONS_PENDING', right);
  },
  check: ({ givenOn }, context) => notInFuture(context, { givenOn }),
  decide: ({ state, ground, data, context }) => {
    const { kind, outcome, givenOn, reasons = null, onAmendment = false } = data;
    const fault = firstRefusal(
      onAmendment === ground.amended ? null : refused('OUT_OF_TURN', ground.amended
        ? 'The council has voted; only an opinion on its amendment is still open.'
        : 'No amendment is open; the opinion must be on the proposal.', 'onAmendment'),
      hasOpinion(state.deliberation, kind, onAmendment)
        ? refused('OPINION_ALREADY_GIVEN', `The ${kind} opinion is recorded already; a mistake in it is mended with CorrectFact.`, 'kind')
        : null,
      notBefore(givenOn, 'givenOn', ground.receivedOn, 'the receipt of the proposal'),
    );
    if (fault !== null) return fault;
    return accepted<AdhesionEvent>({
      type: 'OpinionRecorded',
      data: {
        kind, outcome, givenOn, onAmendment, reasons,
        auditorsDueOn: auditorsDueOn(state, data),
        basis: basisOf(state),
        at: context.now,
      },
      effectiveOn: givenOn,
    });
  },
});

/** The auditors' term begins with the later of the two opinions of the offices. */
function auditorsDueOn(state: OpenedCase, { kind, givenOn, onAmendment }: Command<'RecordOpinion'>['data']): CivilDate | null {
  if (onAmendment === true || kind === 'AUDITORS' || hasOpinion(state.deliberation, 'AUDITORS')) return null;
  const other = state.deliberation.opinions.find((opinion) => !opinion.onAmendment && opinion.kind !== kind && opinion.kind !== 'AUDITORS');
  if (other === undefined) return null;
  const { slaDays, saturdayRolls, calendarVersion } = state.opening.policies;
  const from = other.givenOn > givenOn ? other.givenOn : givenOn;
  return actTerm(from, slaDays.auditors, { saturdayRolls, calendarVersion });
}

/** After a rejection the proposal comes back in a later session, never in the same (dated after it). */
export const resubmitProposal = rule<Command<'ResubmitProposal'>['data'], { readonly heldOn: CivilDate; readonly template: Template }>({
  ground: ({ deliberation }) => {
    const { rejection, template, attempt, attemptsAllowed } = deliberation;
    if (rejection === null || template === null) {
      return refused('OUT_OF_TURN', 'ResubmitProposal follows a rejection; the proposal is sent first with SendProposal.');
    }
    return attempt < attemptsAllowed
      ? { heldOn: rejection.heldOn, template }
      : refused('ATTEMPTS_EXHAUSTED', `All ${attemptsAllowed} attempts were used; AllowFurtherAttempt grants one more.`);
  },
  check: ({ sentAt }, context) => notInFuture(context, { sentAt }),
  decide: ({ state, ground, data, context }) => {
    const sentOn = civilDateOf(data.sentAt);
    if (sentOn <= ground.heldOn) {
      return refused('DATE_BEFORE_GROUND', `sentAt must be on a day after the session of ${ground.heldOn}: a rejected item does not come again in the same session.`, 'sentAt');
    }
    const { template = ground.template } = data;
    return accepted<AdhesionEvent>({
      type: 'ProposalResubmitted',
      data: {
        ...sendingOf(state, template, data.sentAt, context.now),
        attempt: state.deliberation.attempt + 1,
        textChanged: template.sha256 !== ground.template.sha256,
      },
      effectiveOn: sentOn,
    });
  },
});

export const allowFurtherAttempt = rule<Command<'AllowFurtherAttempt'>['data'], { readonly attemptsAllowed: number }>({
  ground: ({ deliberation }) => {
    const { attempt, attemptsAllowed, rejection, amendment } = deliberation;
    if (rejection === null && amendment !== 'PENDING') {
      return refused('OUT_OF_TURN', 'AllowFurtherAttempt follows the rejection of the last attempt.');
    }
    return attempt < attemptsAllowed
      ? refused('ATTEMPTS_LEFT', `Attempt ${attempt} of ${attemptsAllowed}: the proposal can be sent again as it is.`)
      : { attemptsAllowed: attemptsAllowed + 1 };
  },
  decide: ({ ground, data, context }) => accepted<AdhesionEvent>({
    type: 'FurtherAttemptAllowed', data: { attemptsAllowed: ground.attemptsAllowed, reasons: data.reasons, at: context.now },
  }),
});
