import type { OpenedCase } from '../state.ts';
import type { Referent, ReferentsSlice } from './state.ts';
import type { ReferentRole, ReferentState } from './terms.ts';

const L90_POPULATION = 100_000;
const MILANO = 'c_f205';

export function referentState(referent: Referent): ReferentState {
  return referent.acceptance === null ? 'APPOINTED' : 'ACTIVE';
}

/** Roles that every member fills; the security role depends on whether L. 90/2024 binds it (over 100,000 people, or Milano). */
export function mandatoryRoles({ opening }: OpenedCase): readonly ReferentRole[] {
  const bound = opening.population > L90_POPULATION || opening.body === MILANO;
  return ['ICT_REFERENT', 'RTD', 'DPO', bound ? 'CYBER_REFERENT' : 'SECURITY_CONTACT'];
}

/** The one who holds a role, not as a deputy; a SERVICE_REFERENT holds it for one service. */
export function holderOf(state: ReferentsSlice, role: ReferentRole, service: string | null = null): Referent | undefined {
  return state.referents.find((referent) => referent.role === role && !referent.deputy && referent.service === service);
}

/** True when each mandatory role is held by someone who accepted it. */
export function areMandatoryRolesFilled(state: OpenedCase): boolean {
  return mandatoryRoles(state).every((role) => {
    const holder = holderOf(state, role);
    return holder !== undefined && referentState(holder) === 'ACTIVE';
  });
}
