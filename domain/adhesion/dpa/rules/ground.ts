import { refused, type Refused } from '../../../shared/process.ts';
import { endedFault } from '../../membership/rules/bound.ts';
import { holderOf } from '../../referents/standing.ts';
import type { AdhesionState } from '../../state.ts';

/** An agreement is drafted and signed with a DPO appointed, as long as the convention has not ended; null when it is so. */
export function signatureFault(state: AdhesionState): Refused | null {
  const ended = endedFault(state);
  if (ended !== null) return ended;
  return holderOf(state, 'DPO') === undefined
    ? refused('DPO_NOT_APPOINTED', 'A data processing agreement needs a DPO; appoint one first with AppointReferent.')
    : null;
}
