import type { Bilingual } from '../../shared/bilingual.ts';
import type { AdhesionState } from '../state.ts';
import { isFrozen } from './election-freeze.ts';
import { ORGAN_FAULTS, organFault } from './organ.ts';
import { executiveOn, isAttestationOpen } from './standing.ts';
import type { Flag } from './terms.ts';

/** What a flag says, and what would be right. */
export const FLAGS: { readonly [Key in Flag]: Bilingual } = {
  ATTESTATION_INCONSISTENT: { it: 'Il certificato di esecutività indica un giorno anteriore a quello calcolato.', en: 'The certificate is earlier than the computed day.' },
  FREEZE_VIOLATION: {
    it: "Il consiglio ha deliberato dopo la convocazione dei comizi elettorali senza motivare l'urgenza (art. 38 c.5 TUEL).",
    en: 'The council resolved in the election freeze and gave no reasons of urgency (art. 38 c.5 TUEL).',
  },
  ...ORGAN_FAULTS,
  MAJORITY_NOT_REACHED: {
    it: 'La delibera non ha raggiunto la maggioranza; la proposta torna con ResubmitProposal.',
    en: 'The resolution did not reach its majority; the proposal comes back with ResubmitProposal.',
  },
  RECTIFIED: { it: 'La delibera è stata rettificata.', en: 'The resolution was rectified.' },
};

/** What the operator looks at. A flag stays visible after it was overridden. */
export function flags(state: AdhesionState): readonly Flag[] {
  const { certificate, adoption, rejection, rectifications } = state.deliberation;
  const computed = executiveOn(state.deliberation);
  const early = certificate !== null && (!certificate.consistent || (computed !== null && certificate.executiveOn < computed));
  return [
    ...(early && adoption?.immediate !== true ? (['ATTESTATION_INCONSISTENT'] as const) : []),
    ...adoptionFlags(state),
    ...(rejection === null ? [] : (['MAJORITY_NOT_REACHED'] as const)),
    ...(rectifications.length > 0 ? (['RECTIFIED'] as const) : []),
  ];
}

/**
 * What the changes of mandate say of the adoption, whenever they became known: nothing of it is kept. A commissioner is no
 * council, whose last weeks the freeze is about.
 */
export function adoptionFlags(state: AdhesionState): readonly Flag[] {
  const { adoption } = state.deliberation;
  if (adoption === null) return [];
  const { organ, heldOn, urgencyReasons } = adoption;
  const fault = organFault(state, organ, heldOn, urgencyReasons !== null);
  const frozen = organ === 'COUNCIL' && urgencyReasons === null && isFrozen(state, heldOn);
  return [...(frozen ? (['FREEZE_VIOLATION'] as const) : []), ...(fault === null ? [] : [fault])];
}

/** The flags that the Agency must answer with a reason when it accepts. */
export function openFlags(state: AdhesionState): readonly Flag[] {
  return [...(isAttestationOpen(state.deliberation) ? (['ATTESTATION_INCONSISTENT'] as const) : []), ...adoptionFlags(state)];
}
