import { refused, type Refused } from '../../../shared/process.ts';
import { isSuspended } from '../../deliberation/standing.ts';
import type { AdhesionState } from '../../state.ts';

/** A suspended resolution bears no new step: what runs goes on. Null when it bears one. */
export function suspensionFault({ deliberation }: AdhesionState): Refused | null {
  return isSuspended(deliberation)
    ? refused('RESOLUTION_SUSPENDED', 'The resolution is suspended; this goes on once LiftSuspension is recorded.')
    : null;
}

/** What is signed needs a resolution that stands: neither suspended, nor revoked, nor annulled. */
export function mandateFault(state: AdhesionState): Refused | null {
  const { revocation, annulment } = state.deliberation;
  const lost = annulment ?? revocation;
  if (lost === null) return suspensionFault(state);
  return refused('NO_MANDATE', `The resolution was ${annulment === null ? 'revoked' : 'annulled'} on ${lost.on}; the convention needs another one.`);
}
