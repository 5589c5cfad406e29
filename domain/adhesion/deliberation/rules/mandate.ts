import type { CivilDate } from '../../../shared/civil-date.ts';
import { refused, type Refused } from '../../../shared/process.ts';
import { isSuspended } from '../standing.ts';
import type { AdhesionState } from '../../state.ts';

/** A suspended resolution bears no new step: what runs goes on. Null when it bears one. */
export function suspensionFault({ deliberation }: AdhesionState): Refused | null {
  return isSuspended(deliberation)
    ? refused('RESOLUTION_SUSPENDED', {
      it: 'La delibera è sospesa; si riprende quando è registrato LiftSuspension.', en: 'The resolution is suspended; this goes on once LiftSuspension is recorded.',
    })
    : null;
}

/** What is signed needs a resolution that stands: neither suspended, nor revoked, nor annulled. */
export function mandateFault(state: AdhesionState): Refused | null {
  const { revocation, annulment } = state.deliberation;
  const lost = annulment ?? revocation;
  if (lost === null) return suspensionFault(state);
  return refused('NO_MANDATE', {
    it: `La delibera è stata ${annulment === null ? 'revocata' : 'annullata'} il ${lost.on}; per la convenzione ne serve un'altra.`,
    en: `The resolution was ${annulment === null ? 'revoked' : 'annulled'} on ${lost.on}; the convention needs another one.`,
  });
}

/**
 * The same of what was signed on a day: while the resolution still stood a signature counts, even when it becomes known after
 * the revocation or the suspension. An annulment reaches back to it.
 */
export function mandateFaultOn(state: AdhesionState, day: CivilDate): Refused | null {
  const { revocation, annulment, suspension } = state.deliberation;
  const stood = annulment === null && [revocation?.on, suspension?.from].every((from) => from === undefined || day < from);
  return stood ? null : mandateFault(state);
}
