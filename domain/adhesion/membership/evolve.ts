import type { AdhesionState } from '../state.ts';
import type { MembershipEvent } from './events.ts';
import type { Membership } from './state.ts';

/** Folds one event of the membership; `state.version` is already its version. */
export function evolveMembership(state: AdhesionState, event: MembershipEvent): AdhesionState {
  return { ...state, membership: { ...state.membership, ...changesBy(state, event) } };
}

function changesBy({ version, membership }: AdhesionState, event: MembershipEvent): Partial<Membership> {
  switch (event.type) {
    case 'RenewalOpened':
      return { renewal: { ...event.data, version } };
    case 'WithdrawalNoticeGiven':
      return { withdrawal: { ...event.data, version }, withdrawalCount: membership.withdrawalCount + 1 };
    case 'MemberWithdrawn':
      return { end: { code: 'WITHDRAWN', on: event.data.effectOn, at: event.data.at } };
    case 'ExclusionPrepared':
      return { preparation: { ...event.data, version } };
    case 'MemberExcluded':
      return { preparation: null, exclusion: { ...event.data, version }, end: { code: 'EXCLUDED', on: event.data.on, at: event.data.at } };
    case 'ConventionExpired':
      return { end: { code: 'EXPIRED', on: event.data.endsOn, at: event.data.at, version } };
    case 'ExpiryTakenBack':
      return membership.end?.code === 'EXPIRED' ? { end: null } : {};
    case 'SuccessorNoted':
      return { successor: event.data.successor };
    case 'RegulationAdopted':
      return { regulations: [...membership.regulations, { ...event.data, version }] };
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}
