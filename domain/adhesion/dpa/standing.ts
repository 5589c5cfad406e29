import { endOf } from '../membership/standing.ts';
import { standingServices } from '../services/standing.ts';
import type { AdhesionState } from '../state.ts';
import type { DpaState } from './terms.ts';

/** How the agreement stands. It ends with the convention, or with the case; one that never came into force has nothing to give back. */
export function dpaState(state: AdhesionState): DpaState {
  const { draft, signature, inForce, processed } = state.dpa;
  if (draft === null) return 'NOT_STARTED';
  if (state.closure !== null) return 'CLOSED';
  if (endOf(state) !== null) return inForce || processed ? endingState(state) : 'CLOSED';
  if (inForce) return 'IN_FORCE';
  return signature === null ? 'DRAFT' : 'SIGNED';
}

function endingState(state: AdhesionState): DpaState {
  if (state.dpa.dataReturn === null) return 'ENDING';
  return standingServices(state).length === 0 ? 'CLOSED' : 'DATA_RETURNED';
}

/** No personal data move before it is in force, and none once it ends. */
export function isDpaInForce(state: AdhesionState): boolean {
  return dpaState(state) === 'IN_FORCE';
}
