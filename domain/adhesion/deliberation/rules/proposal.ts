import { civilDateOf, normalInstant, type CivilDate } from '../../../shared/civil-date.ts';
import { accepted, refused } from '../../../shared/process.ts';
import { alreadyRecorded, notBefore, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import { basisOf, workingTerm } from '../../due-dates.ts';
import type { AdhesionEvent } from '../../events.ts';
import { rule } from '../../rule.ts';
import type { OpenedCase } from '../../state.ts';
import type { DeliberationEventData } from '../events.ts';
import type { Template } from '../terms.ts';
import { outOfTurn } from './out-of-turn.ts';

export const sendProposal = rule<Command<'SendProposal'>['data'], object>({
  ground: ({ deliberation }) => deliberation.sending === null
    ? {}
    : refused('OUT_OF_TURN', 'The proposal was sent already; after a rejection it is sent again with ResubmitProposal.'),
  check: ({ sentAt }, context) => notInFuture(context, { sentAt }),
  decide: ({ state, data, context }) => accepted<AdhesionEvent>({
    type: 'ProposalSent', data: sendingOf(state, data.template, data.sentAt, context.now), effectiveOn: civilDateOf(data.sentAt),
  }),
});

function sendingOf(state: OpenedCase, template: Template, sentAt: string, now: string): DeliberationEventData['ProposalSent'] {
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
