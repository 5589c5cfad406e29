import { isClosed } from '../closing.ts';
import { executivity, gateOpensAt, isResolutionAccepted } from '../deliberation/standing.ts';
import { endOf } from '../membership/standing.ts';
import { standingServices } from '../services/standing.ts';
import type { AdhesionState } from '../state.ts';
import type { Convention, ConventionFact } from './state.ts';
import type { ConventionState } from './terms.ts';

/** The last word on the cover of the costs. */
export function budgetOf({ convention: { budget } }: AdhesionState): ConventionFact<'BudgetCoverRecorded'> | null {
  return budget.at(-1) ?? null;
}

/**
 * BUDGET_OK: false while the last word is that the costs are not covered (in a provisional budget no new recurring fee,
 * art. 163 TUEL). Who never said anything is not held up.
 */
export function isBudgetCovered(state: AdhesionState): boolean {
  return budgetOf(state)?.covered !== false;
}

/** The resolution is accepted and its gate is open. */
export function isResolutionReady({ deliberation }: AdhesionState): boolean {
  if (!isResolutionAccepted(deliberation) || gateOpensAt(deliberation) === null) return false;
  const now = executivity(deliberation);
  return now === 'IMMEDIATE' || now === 'EXECUTIVE';
}

/** READY_TO_SIGN: the resolution is ready, and its costs are not said to be uncovered. */
export function isReadyToSign(state: AdhesionState): boolean {
  return isResolutionReady(state) && isBudgetCovered(state);
}

/** The last signature that voided the convention, until it is signed anew; one on an earlier resolution is forgotten with it. */
export function voidedOf({ convention: { voided }, deliberation: { adoption } }: AdhesionState): ConventionFact<'ConventionVoided'> | null {
  return voided !== null && adoption !== null && voided.version > adoption.version ? voided : null;
}

export function conventionState(state: AdhesionState): ConventionState {
  const end = endOf(state);
  if (end !== null) return end.code === 'EXCLUDED' && !isClosed(state) ? 'EXCLUDING' : ENDED[end.code];
  const { signature, countersignature, registration, inForce } = state.convention;
  if (registration !== null) return inForce ? stateInForce(state) : 'REGISTERED';
  if (countersignature !== null) return 'COUNTERSIGNED';
  if (signature !== null) return 'SIGNED_BY_MEMBER';
  if (voidedOf(state) !== null) return 'VOID';
  return isReadyToSign(state) ? 'READY_TO_SIGN' : 'DRAFT';
}

/** An exclusion is under way until its exit is done. */
const ENDED = { WITHDRAWN: 'TERMINATED', EXCLUDED: 'TERMINATED', EXPIRED: 'EXPIRED', NO_MANDATE: 'TERMINATED' } as const;

function stateInForce({ convention, membership }: AdhesionState): ConventionState {
  if (membership.withdrawal !== null) return 'WITHDRAWING';
  if (convention.addendum !== null) return 'AMENDING';
  return isRenewed(convention) ? 'RENEWED' : 'IN_FORCE';
}

function isRenewed({ amendments }: Convention): boolean {
  return amendments.some((amendment) => amendment.kind === 'ESSENTIAL' && amendment.conclusion.term !== null);
}

/** The convention is concluded at its last valid signature; after that the case can only be left, not closed. */
export function isConcluded({ countersignature }: Convention): boolean {
  return countersignature !== null;
}

/** Services were asked for or personal data processed under it: should it turn out to be void, the case is not closed over them, but signed anew and left by one of the exits. */
export function isCarriedOut(state: AdhesionState): boolean {
  return state.dpa.inForce || state.dpa.processed || standingServices(state).length > 0;
}
