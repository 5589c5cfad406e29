import type { Bilingual } from '../../../shared/bilingual.ts';
import { addDays, civilDateOf, normalInstant, type CivilDate } from '../../../shared/civil-date.ts';
import { accepted, refused, type Context, type Refused } from '../../../shared/process.ts';
import { alreadyRecorded, notBefore, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import { isCarriedOut } from '../../convention/standing.ts';
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
    : refused('OUT_OF_TURN', {
      it: 'La proposta è già stata inviata; dopo un voto contrario si invia di nuovo con ResubmitProposal.',
      en: 'The proposal was sent already; after a rejection it is sent again with ResubmitProposal.',
    }),
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
      return outOfTurn(deliberation, 'ConfirmReceipt', 'PROPOSAL_SENT', {
        it: "la ricezione segue l'invio della proposta.", en: 'it follows the sending of the proposal.',
      });
    }
    return receipt === null ? sending : alreadyRecorded({ it: 'La ricezione della proposta', en: 'The receipt' });
  },
  check: ({ deliveredAt }, context) => notInFuture(context, { deliveredAt }),
  decide: ({ state, ground, data, context }) => {
    const fault = notBefore(data.deliveredAt, 'deliveredAt', ground.follows, { it: "l'invio della proposta", en: 'the sending of the proposal' });
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

/** A rejection; or a revocation or annulment that the Agency may answer with the proposal. */
function endedAttempt(state: OpenedCase): EndedAttempt | null {
  const { rejection, revocation, annulment } = state.deliberation;
  if (rejection !== null) return { on: rejection.heldOn, isSession: true };
  const lost = annulment ?? revocation;
  return lost !== null && mayAnswerLoss(state) ? { on: lost.on, isSession: false } : null;
}

/**
 * Before the signature the Agency may try again. After it what the member signed falls with the resolution and the case is closed, unless the convention
 * was carried out and turned out to be void: services and data are not left without one, so a new resolution is asked for, to be signed on again.
 */
export function mayAnswerLoss(state: OpenedCase): boolean {
  const { signature, countersignature } = state.convention;
  return signature === null || (countersignature === null && isCarriedOut(state));
}

/** After a rejection the proposal comes back in a later session, never in the same (dated after it). */
export const resubmitProposal = rule<Command<'ResubmitProposal'>['data'], EndedAttempt & { readonly template: Template }>({
  ground: (state) => {
    const { template, attempt, attemptsAllowed } = state.deliberation;
    const suspended = suspensionOf(state.deliberation);
    if (suspended !== null) return suspended;
    const ended = endedAttempt(state);
    if (ended === null || template === null) {
      const first = template === null ? { it: '; la proposta si invia prima con SendProposal', en: '; the proposal is sent first with SendProposal' } : { it: '', en: '' };
      return refused('OUT_OF_TURN', {
        it: `ResubmitProposal segue un voto contrario, o la revoca o l'annullamento della delibera prima della firma${first.it}.`,
        en: `ResubmitProposal follows a rejection, or a revocation or annulment before the signature${first.en}.`,
      });
    }
    return attempt < attemptsAllowed
      ? { ...ended, template }
      : attemptsExhausted(attemptsAllowed);
  },
  check: ({ sentAt }, context) => notInFuture(context, { sentAt }),
  decide: ({ state, ground, data, context }) => {
    const sentOn = civilDateOf(data.sentAt);
    if (ground.isSession && sentOn <= ground.on) {
      return refused('DATE_BEFORE_GROUND', {
        it: `sentAt deve cadere in un giorno successivo alla seduta del ${ground.on}: un punto respinto non torna nella stessa seduta.`,
        en: `sentAt must be on a day after the session of ${ground.on}: a rejected item does not come again in the same session.`,
      }, 'sentAt');
    }
    const fault = notBefore(data.sentAt, 'sentAt', ground.on, { it: 'la fine del tentativo precedente', en: 'the end of the attempt before' });
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

const DAY_AFTER_SESSION: Bilingual = { it: 'il giorno dopo la seduta precedente', en: 'the day after the session before' };

/** The sending of the attempt that runs, with another day or another text: it follows the session that ended the attempt before. */
export const correctResubmission = rule<Command<'ResubmitProposal'>['data'], { readonly template: Template; readonly heldOn: CivilDate }>({
  ground: ({ deliberation: { template, lastSession } }) => template === null || lastSession === null
    ? refused('OUT_OF_TURN', { it: 'La proposta non è stata inviata di nuovo.', en: 'The proposal was not sent again.' })
    : { template, heldOn: lastSession.heldOn },
  check: ({ sentAt }, context) => notInFuture(context, { sentAt }),
  decide: ({ state, ground: { template: known, heldOn }, data: { sentAt, template = known }, context }) => notBefore(sentAt, 'sentAt', addDays(heldOn, 1), DAY_AFTER_SESSION)
    ?? accepted<AdhesionEvent>({
      type: 'ProposalResubmitted',
      data: { ...sendingOf(state, template, sentAt, context), attempt: state.deliberation.attempt, textChanged: template.sha256 !== known.sha256 },
      effectiveOn: civilDateOf(sentAt),
    }),
});

export const allowFurtherAttempt = rule<Command<'AllowFurtherAttempt'>['data'], { readonly attemptsAllowed: number }>({
  ground: (state) => {
    const { attempt, attemptsAllowed, amendment } = state.deliberation;
    const suspended = suspensionOf(state.deliberation);
    if (suspended !== null) return suspended;
    if (endedAttempt(state) === null && amendment !== 'PENDING') {
      return refused('OUT_OF_TURN', { it: "AllowFurtherAttempt segue la fine dell'ultimo tentativo.", en: 'AllowFurtherAttempt follows the end of the last attempt.' });
    }
    return attempt < attemptsAllowed
      ? refused('ATTEMPTS_LEFT', {
        it: `Tentativo ${attempt} di ${attemptsAllowed}: la proposta si può già inviare di nuovo (ResubmitProposal).`,
        en: `Attempt ${attempt} of ${attemptsAllowed}: the proposal can be sent again as it is (ResubmitProposal).`,
      })
      : { attemptsAllowed: attemptsAllowed + 1 };
  },
  decide: ({ ground, data, context }) => accepted<AdhesionEvent>({
    type: 'FurtherAttemptAllowed', data: { attemptsAllowed: ground.attemptsAllowed, reasons: data.reasons, at: context.now },
  }),
});

/** Every attempt at a vote was used; `path` where a field asks for one more. */
export function attemptsExhausted(attemptsAllowed: number, path?: string): Refused {
  return refused('ATTEMPTS_EXHAUSTED', {
    it: `I ${attemptsAllowed} tentativi previsti sono esauriti; AllowFurtherAttempt ne concede un altro.`,
    en: `All ${attemptsAllowed} attempts were used; AllowFurtherAttempt grants one more.`,
  }, path);
}
