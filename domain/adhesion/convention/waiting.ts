import type { Waiting } from '../../shared/process.ts';
import { ADDENDUM, boundFault } from '../membership/rules/bound.ts';
import { termOf } from '../membership/standing.ts';
import type { OpenedCase } from '../state.ts';
import { latest, turn } from '../turn.ts';
import { mandateFault, suspensionFault } from '../deliberation/rules/mandate.ts';
import { conventionState, isBudgetCovered, isResolutionReady, voidedOf } from './standing.ts';
import { conventionTimers } from './timers.ts';

/** What is owed for the convention, and the day on which it comes into force. */
export function conventionWaiting(state: OpenedCase): readonly Waiting[] {
  return [...onClock(state), ...onParties(state)];
}

function onClock(state: OpenedCase): readonly Waiting[] {
  const { registration } = state.convention;
  return conventionTimers(state).map(({ key }) => turn('CLOCK', key, registration?.at ?? state.opening.at, registration?.inForceOn ?? null));
}

function onParties(state: OpenedCase): readonly Waiting[] {
  const { signature, countersignature } = state.convention;
  switch (conventionState(state)) {
    case 'DRAFT':
    case 'READY_TO_SIGN':
    case 'VOID': return onMember(state);
    case 'SIGNED_BY_MEMBER':
      return signature === null || mandateFault(state) !== null
        ? []
        : [turn('OPERATOR', 'CountersignConvention', signature.at, signature.countersignatureDueOn)];
    case 'COUNTERSIGNED':
      return countersignature === null || suspensionFault(state) !== null
        ? []
        : [turn('OPERATOR', 'RegisterConvention', countersignature.at, countersignature.registrationDueOn)];
    case 'AMENDING': return onAddendum(state);
    case 'REGISTERED':
    case 'IN_FORCE':
    case 'RENEWED':
    case 'WITHDRAWING':
    case 'EXCLUDING':
    case 'EXPIRED':
    case 'TERMINATED': return [];
  }
}

/** The member signs, or signs anew, once the resolution is ready; first it says that the costs are covered, if it said that they were not. */
function onMember(state: OpenedCase): readonly Waiting[] {
  if (!isResolutionReady(state)) return [];
  const { deliberation: { acceptance, certificate }, convention: { budget } } = state;
  const voided = voidedOf(state);
  const since = latest(acceptance?.at, certificate?.at, voided?.at, budget.at(-1)?.at);
  if (!isBudgetCovered(state)) {
    return [turn('MEMBER', 'RecordBudgetCover', since, null, [{
      code: 'BUDGET_NOT_COVERED',
      message: { it: 'Manca la copertura finanziaria; finché manca la convenzione non si firma.', en: 'The costs are not covered; until they are the convention is not signed.' },
    }])];
  }
  const reasons = voided === null ? [] : [{ code: voided.code, message: {
    it: "L'ultima firma ha reso nulla la convenzione; si firma di nuovo.", en: 'The last signature voided the convention; it is signed anew.',
  } }];
  return [turn('MEMBER', 'SignConvention', since, null, reasons)];
}

function onAddendum(state: OpenedCase): readonly Waiting[] {
  const { addendum } = state.convention;
  if (addendum === null || boundFault(state, ADDENDUM) !== null) return [];
  const { resolved, signature, voided } = addendum;
  // A renewal is concluded by the last day of the term, or there is none.
  const endsOn = resolved.renews ? (termOf(state)?.endsOn ?? null) : null;
  if (signature !== null) {
    const { at, countersignatureDueOn: dueOn } = signature;
    return [turn('OPERATOR', 'CountersignConvention', at, endsOn !== null && endsOn < dueOn ? endsOn : dueOn)];
  }
  const reasons = voided === null ? [] : [{ code: voided.code, message: {
    it: "L'ultima firma non è valida; l'atto aggiuntivo si firma di nuovo.", en: 'The last signature is none; the addendum is signed anew.',
  } }];
  return [turn('MEMBER', 'SignConvention', latest(resolved.at, voided?.at), endsOn, reasons)];
}
