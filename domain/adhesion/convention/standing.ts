import { deliberationState, executivity, gateOpensAt } from '../deliberation/standing.ts';
import type { Deliberation } from '../deliberation/state.ts';
import type { AdhesionState } from '../state.ts';
import type { Convention } from './state.ts';
import type { ConventionState } from './terms.ts';

/** READY_TO_SIGN needs the resolution accepted and the gate open. */
export function isReadyToSign(deliberation: Deliberation): boolean {
  if (deliberationState(deliberation) !== 'ACCEPTED' || gateOpensAt(deliberation) === null) return false;
  const now = executivity(deliberation);
  return now === 'IMMEDIATE' || now === 'EXECUTIVE';
}

export function conventionState({ convention, deliberation }: AdhesionState): ConventionState {
  const { signature, countersignature, registration, voided, inForce } = convention;
  if (registration !== null) return inForce ? 'IN_FORCE' : 'REGISTERED';
  if (countersignature !== null) return 'COUNTERSIGNED';
  if (signature !== null) return 'SIGNED_BY_MEMBER';
  if (voided !== null) return 'VOID';
  return isReadyToSign(deliberation) ? 'READY_TO_SIGN' : 'DRAFT';
}

/** The convention is concluded at its last valid signature; after that the case can only be left, not closed. */
export function isConcluded({ countersignature }: Convention): boolean {
  return countersignature !== null;
}
