import { civilDateOf, normalInstant, type CivilDate } from '../../../shared/civil-date.ts';
import { accepted, refused, type Context } from '../../../shared/process.ts';
import { alreadyRecorded, notBefore, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import { basisOf, workingTerm } from '../../due-dates.ts';
import type { AdhesionEvent } from '../../events.ts';
import { rule } from '../../rule.ts';
import type { OpenedCase } from '../../state.ts';
import { preparedBy } from '../../two-person.ts';
import type { DeliberationEventData } from '../events.ts';
import type { Template } from '../terms.ts';
import { outOfTurn } from './out-of-turn.ts';
import { suspensionOf } from './step.ts';

export const sendProposal = rule<Command<'SendProposal'>['data'], object>({
  ground: ({ deliberation }) => deliberation.sending === null
    ? {}
    : refused('OUT_OF_TURN', 'The proposal was sent already; after a rejection it is sent again with ResubmitProposal.'),
  check: ({ sentAt }, context) => notInFuture(context, { sentAt }),
  decide: ({ state, data, context }) => accepted<AdhesionEvent>({
    type: 'ProposalSent', data: sendingOf(state, data.template, data.sentAt, context), effectiveOn: civilDateOf(data.sentAt),
  }),
});

function sendingOf(state: OpenedCase, template: Template, sentAt: string, context: Context): DeliberationEventData['ProposalSent'] {
  const receiptDueOn = workingTerm(state, civilDateOf(sentAt), state.opening.policies.slaDays.receipt);
  return { template, sentAt: normalInstant(sentAt), receiptDueOn, basis: basisOf(state), at: context.now, ...preparedBy(state, context) };
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

/** What ended an attempt, so that the Agency may send the proposal again. */
interface EndedAttempt {
  readonly on: CivilDate;
  /** A rejected item does not come again in the same session; what was revoked or annulled may be answered on the day. */
  readonly isSession: boolean;
}

/** A rejection; or a revocation or annulment before the signature (after it, it is a matter of the convention). */
function endedAttempt({ deliberation, convention }: OpenedCase): EndedAttempt | null {
  const { rejection, revocation, annulment } = deliberation;
  if (rejection !== null) return { on: rejection.heldOn, isSession: true };
  const lost = annulment ?? revocation;
  return lost === null || convention.signature !== null ? null : { on: lost.on, isSession: false };
}

/** After a rejection the proposal comes back in a later session, never in the same (dated after it). */
export const resubmitProposal = rule<Command<'ResubmitProposal'>['data'], EndedAttempt & { readonly template: Template }>({
  ground: (state) => {
    const { template, attempt, attemptsAllowed } = state.deliberation;
    const suspended = suspensionOf(state.deliberation);
    if (suspended !== null) return suspended;
    const ended = endedAttempt(state);
    if (ended === null || template === null) {
      const first = template === null ? '; the proposal is sent first with SendProposal' : '';
      return refused('OUT_OF_TURN', `ResubmitProposal follows a rejection, or a revocation or annulment before the signature${first}.`);
    }
    return attempt < attemptsAllowed
      ? { ...ended, template }
      : refused('ATTEMPTS_EXHAUSTED', `All ${attemptsAllowed} attempts were used; AllowFurtherAttempt grants one more.`);
  },
  check: ({ sentAt }, context) => notInFuture(context, { sentAt }),
  decide: ({ state, ground, data, context }) => {
    const sentOn = civilDateOf(data.sentAt);
    if (ground.isSession && sentOn <= ground.on) {
      return refused('DATE_BEFORE_GROUND', `sentAt must be on a day after the session of ${ground.on}: a rejected item does not come again in the same session.`, 'sentAt');
    }
    const fault = notBefore(data.sentAt, 'sentAt', ground.on, 'the end of the attempt before');
    if (fault !== null) return fault;
    const { template = ground.template } = data;
    return accepted<AdhesionEvent>({
      type: 'ProposalResubmitted',
      data: {
        ...sendingOf(state, template, data.sentAt, context),
        attempt: state.deliberation.attempt + 1,
        textChanged: template.sha256 !== ground.template.sha256,
      },
      effectiveOn: sentOn,
    });
  },
});

export const allowFurtherAttempt = rule<Command<'AllowFurtherAttempt'>['data'], { readonly attemptsAllowed: number }>({
  ground: (state) => {
    const { attempt, attemptsAllowed, amendment } = state.deliberation;
    const suspended = suspensionOf(state.deliberation);
    if (suspended !== null) return suspended;
    if (endedAttempt(state) === null && amendment !== 'PENDING') {
      return refused('OUT_OF_TURN', 'AllowFurtherAttempt follows the end of the last attempt.');
    }
    return attempt < attemptsAllowed
      ? refused('ATTEMPTS_LEFT', `Attempt ${attempt} of ${attemptsAllowed}: the proposal can be sent again as it is.`)
      : { attemptsAllowed: attemptsAllowed + 1 };
  },
  decide: ({ ground, data, context }) => accepted<AdhesionEvent>({
    type: 'FurtherAttemptAllowed', data: { attemptsAllowed: ground.attemptsAllowed, reasons: data.reasons, at: context.now },
  }),
});
