import { civilDateOf, compareInstants, normalInstant, startOfDay, type CivilDate, type Instant } from '../../../shared/civil-date.ts';
import { accepted, refused } from '../../../shared/process.ts';
import { alreadyRecorded, firstRefusal, notBefore, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import { basisOf, workingTerm } from '../../due-dates.ts';
import type { AdhesionEvent } from '../../events.ts';
import { knows } from '../../policies.ts';
import { rule } from '../../rule.ts';
import type { OpenedCase } from '../../state.ts';
import { twoPersonFault } from '../../two-person.ts';
import { FLAG_NAMES } from '../../words.ts';
import { FLAGS, openFlags } from '../flags.ts';
import { deliberationState, executiveOn, isAmendmentOpinionMissing, isAttestationOpen, isReturned } from '../standing.ts';
import type { Deliberation } from '../state.ts';
import type { Flag } from '../terms.ts';
import { outOfTurn } from './out-of-turn.ts';

interface Transmissible {
  /** What the transmission follows: the first day of publication, or the adoption of an act that is executive from there. */
  readonly ground: CivilDate;
  /** Delivery of a transmission that was returned. */
  readonly returnedDelivery: Instant | null;
}

/** Transmission goes on while executivity ripens; after a return the resolution is transmitted again. */
export const transmitResolution = rule<Command<'TransmitResolution'>['data'], Transmissible>({
  ground: ({ deliberation }) => {
    const { adoption, publication, transmission, returned } = deliberation;
    if (transmission !== null && !isReturned(deliberation)) return alreadyRecorded({ it: 'La trasmissione', en: 'The transmission' });
    const ground = publication?.firstDay ?? adoption?.executiveOn ?? null;
    if (ground === null) {
      return outOfTurn(deliberation, 'TransmitResolution', 'PUBLISHED', {
        it: "la delibera si trasmette dopo la pubblicazione, o dopo l'adozione se immediatamente eseguibile.",
        en: 'the resolution is transmitted once published, or once adopted if immediate.',
      });
    }
    return { ground, returnedDelivery: returned?.deliveredAt ?? null };
  },
  check: ({ deliveredAt }, context) => notInFuture(context, { deliveredAt }),
  decide: ({ state, ground: { ground, returnedDelivery }, data, context }) => {
    const fault = firstRefusal(
      notBefore(data.deliveredAt, 'deliveredAt', ground, { it: 'la pubblicazione', en: 'the publication' }),
      returnedDelivery !== null && compareInstants(data.deliveredAt, returnedDelivery) <= 0
        ? refused('DATE_BEFORE_GROUND', {
          it: `deliveredAt deve seguire la trasmissione restituita (${returnedDelivery}).`,
          en: `deliveredAt must be after the transmission that was returned (${returnedDelivery}).`,
        }, 'deliveredAt')
        : null,
    );
    if (fault !== null) return fault;
    const deliveredOn = civilDateOf(data.deliveredAt);
    return accepted<AdhesionEvent>({
      type: 'ResolutionTransmitted',
      data: {
        deliveredAt: normalInstant(data.deliveredAt),
        acceptanceDueOn: workingTerm(state, deliveredOn, state.opening.policies.slaDays.acceptance),
        basis: basisOf(state),
        at: context.now,
      },
      effectiveOn: deliveredOn,
    });
  },
});

/** The Agency takes the resolution; what is flagged needs a reason, an amendment its decision and its opinion. */
export const acceptResolution = rule<Command<'AcceptResolution'>['data'], Deliberation>({
  ground: ({ deliberation }) => {
    if (deliberationState(deliberation) !== 'TRANSMITTED') {
      return outOfTurn(deliberation, 'AcceptResolution', 'TRANSMITTED', {
        it: "l'accettazione segue la trasmissione della delibera.", en: 'it follows the transmission of the resolution.',
      });
    }
    if (deliberation.amendment === 'PENDING') {
      return refused('AMENDMENT_UNDECIDED', {
        it: "Il consiglio ha emendato il testo; prima si decida sull'emendamento con DecideAmendment.", en: 'The council amended the text; decide on it first with DecideAmendment.',
      });
    }
    if (isAmendmentOpinionMissing(deliberation)) {
      return refused('AMENDMENT_OPINION_MISSING', {
        it: "Manca il parere di regolarità tecnica sull'emendamento; si restituisca la delibera con ReturnResolution.",
        en: 'The technical opinion on the amendment is missing; return the resolution for it with ReturnResolution.',
      });
    }
    return deliberation;
  },
  person: ({ deliberation }, actor) => twoPersonFault(deliberation.preparedBy, actor, {
    it: "L'accettazione riguarda ciò che lo stesso operatore ha inviato o deciso.", en: 'The acceptance rests on what you sent or decided.',
  }),
  decide: ({ state, ground, data, context }) => {
    const { overrideReason = null } = data;
    const [first, ...more] = flagsToAnswer(state);
    if (first !== undefined && overrideReason === null) {
      const names = [first, ...more].map((flag) => FLAG_NAMES[flag]);
      return refused('OVERRIDE_REASON_REQUIRED', {
        it: `${FLAGS[first].it} Per accettare una delibera con questi rilievi (${names.map(({ it }) => it).join(', ')}) si motivi in overrideReason, o la si restituisca.`,
        en: `${FLAGS[first].en} To accept a resolution flagged so (${names.map(({ en }) => en).join(', ')}) give overrideReason, or return it.`,
      }, 'overrideReason');
    }
    const flagged = isAttestationOpen(ground);
    const computed = executiveOn(ground);
    return accepted<AdhesionEvent>({
      type: 'ResolutionAccepted',
      data: { overrideReason, gateOpensAt: flagged && computed !== null ? startOfDay(computed) : null, at: context.now },
    });
  },
});

/** Cases of 2026.1 were accepted whatever the mandates said, and go on so. */
export function flagsToAnswer(state: OpenedCase): readonly Flag[] {
  return openFlags(state).filter((flag) => flag === 'ATTESTATION_INCONSISTENT' || knows(state, '2026.2'));
}

export const returnResolution = rule<Command<'ReturnResolution'>['data'], object>({
  ground: ({ deliberation }) => deliberationState(deliberation) === 'TRANSMITTED'
    ? {}
    : outOfTurn(deliberation, 'ReturnResolution', 'TRANSMITTED', {
      it: 'si restituisce solo una delibera trasmessa.', en: 'only a transmitted resolution can be returned.',
    }),
  decide: ({ data, context }) => accepted<AdhesionEvent>({
    type: 'ResolutionReturned', data: { reasons: data.reasons, at: context.now },
  }),
});
