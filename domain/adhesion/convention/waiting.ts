import type { Waiting } from '../../shared/process.ts';
import type { OpenedCase } from '../state.ts';
import { latest, turn } from '../turn.ts';
import { conventionState, isReadyToSign } from './standing.ts';
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
  const { convention, deliberation } = state;
  const { signature, countersignature, voided } = convention;
  const signing = latest(deliberation.acceptance?.at, deliberation.certificate?.at, voided?.at);
  switch (conventionState(state)) {
    case 'READY_TO_SIGN': return [turn('MEMBER', 'SignConvention', signing)];
    case 'VOID': return isReadyToSign(deliberation) && voided !== null
      ? [turn('MEMBER', 'SignConvention', signing, null, [{ code: voided.code, message: 'The last signature voided the convention; it is signed anew.' }])]
      : [];
    case 'SIGNED_BY_MEMBER': return signature === null ? [] : [turn('OPERATOR', 'CountersignConvention', signature.at, signature.countersignatureDueOn)];
    case 'COUNTERSIGNED':
      return countersignature === null ? [] : [turn('OPERATOR', 'RegisterConvention', countersignature.at, countersignature.registrationDueOn)];
    case 'DRAFT':
    case 'REGISTERED':
    case 'IN_FORCE': return [];
  }
}
