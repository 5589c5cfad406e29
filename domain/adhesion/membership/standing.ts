import type { Term } from '../convention/terms.ts';
import type { AdhesionState } from '../state.ts';
import type { MembershipFact } from './state.ts';
import type { End } from './terms.ts';

/**
 * How the convention ended, or null. An annulment of the resolution reaches back: once the convention is concluded it ends
 * for lack of mandate; before, there is nothing to end. So does a revocation of a day before the conclusion.
 */
export function endOf({ membership, deliberation: { revocation, annulment }, convention: { countersignature } }: AdhesionState): End | null {
  if (membership.end !== null) return membership.end;
  if (countersignature === null) return null;
  const revokedBefore = revocation !== null && revocation.on < countersignature.concludedOn ? revocation : null;
  const lost = annulment ?? revokedBefore;
  return lost === null ? null : { code: 'NO_MANDATE', on: lost.on, at: lost.at };
}

/** The version of the act that ended the convention and can be corrected: the exclusion, or the annulment; null for any other end. */
export function endingAct(state: AdhesionState): number | null {
  const { deliberation: { annulment }, membership: { exclusion } } = state;
  const code = endOf(state)?.code;
  if (code === 'EXCLUDED') return exclusion?.version ?? null;
  return code === 'NO_MANDATE' ? (annulment?.version ?? null) : null;
}

/** In force, whether or not the member is about to leave. */
export function isInForce(state: AdhesionState): boolean {
  return state.convention.inForce && endOf(state) === null;
}

/** True from the notice of a withdrawal of a convention in force, or from the end of a convention. */
export function isLeaving(state: AdhesionState): boolean {
  return endOf(state) !== null || (state.convention.inForce && state.membership.withdrawal !== null);
}

/** The term that runs: that of the last renewal, else of the registration, else the one its renewal was opened for. */
export function termOf({ convention: { registration, amendments }, membership: { renewal } }: AdhesionState): Term | null {
  const renewed = amendments.findLast((amendment) => amendment.kind === 'ESSENTIAL' && amendment.conclusion.term !== null);
  const term = renewed?.kind === 'ESSENTIAL' ? renewed.conclusion.term : null;
  return term ?? registration?.term ?? renewal?.term ?? null;
}

/** The renewal that is open: for the term that runs. */
export function openRenewalOf(state: AdhesionState): MembershipFact<'RenewalOpened'> | null {
  const { renewal } = state.membership;
  return renewal !== null && renewal.term.endsOn === termOf(state)?.endsOn ? renewal : null;
}
