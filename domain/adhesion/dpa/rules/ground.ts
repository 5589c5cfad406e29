import { refused, type Refused } from '../../../shared/process.ts';
import { suspensionFault } from '../../deliberation/rules/mandate.ts';
import { isConcluded } from '../../convention/standing.ts';
import { endedFault } from '../../membership/rules/bound.ts';
import { holderOf } from '../../referents/standing.ts';
import { referentState } from '../../referents/tenure.ts';
import type { AdhesionState } from '../../state.ts';

/** An agreement is drafted on a convention that was concluded and has not ended, with a DPO who is not suspended; null when it is so. */
export function draftFault(state: AdhesionState): Refused | null {
  const ended = endedFault(state);
  if (ended !== null) return ended;
  if (!isConcluded(state.convention)) {
    return refused('CONVENTION_NOT_CONCLUDED', {
      it: "L'atto di nomina a responsabile (art. 28 GDPR) segue la conclusione della convenzione: si predispone dopo CountersignConvention.",
      en: 'A data processing agreement follows the conclusion of the convention: it is drafted once CountersignConvention is recorded.',
    });
  }
  return hasDpo(state) ? null : refused('DPO_NOT_APPOINTED', {
    it: "L'atto di nomina a responsabile (art. 28 GDPR) presuppone un DPO non sospeso; prima lo si nomini con AppointReferent.",
    en: 'A data processing agreement needs a DPO who is not suspended; appoint one first with AppointReferent.',
  });
}

/** It is signed on the same ground; a suspension of the resolution holds the signatures. */
export function signatureFault(state: AdhesionState): Refused | null {
  return draftFault(state) ?? suspensionFault(state);
}

function hasDpo(state: AdhesionState): boolean {
  const dpo = holderOf(state, 'DPO');
  return dpo !== undefined && referentState(state, dpo) !== 'SUSPENDED';
}
