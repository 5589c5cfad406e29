import type { AdhesionState, OpenedCase } from '../state.ts';
import type { Roll } from './confirmation.ts';
import type { Referent, ReferentsFact } from './state.ts';
import { holdersOn, holdings, referentState } from './tenure.ts';
import type { ReferentRole } from './terms.ts';

const L90_POPULATION = 100_000;
const MILANO = 'c_f205';

/** The security role of a member: L. 90/2024 binds Milano and the comuni over 100,000 people. */
export function securityRole({ opening }: OpenedCase): 'CYBER_REFERENT' | 'SECURITY_CONTACT' {
  return opening.population > L90_POPULATION || opening.body === MILANO ? 'CYBER_REFERENT' : 'SECURITY_CONTACT';
}

/** Roles that every member fills. */
export function mandatoryRoles(state: OpenedCase): readonly ReferentRole[] {
  return ['ICT_REFERENT', 'RTD', 'DPO', securityRole(state)];
}

/** Roles that are asked for once a member is bound: those and, of a subject of NIS, its contacts at the ACN. */
export function firstRoles(state: OpenedCase): readonly ReferentRole[] {
  return state.opening.policies.nisSubject === true ? [...mandatoryRoles(state), 'NIS_CONTACT', 'CSIRT_CONTACT'] : mandatoryRoles(state);
}

/** Appointments to a role, not as a deputy; to SERVICE_REFERENT for one service. */
export function postsOf(roll: Roll, role: ReferentRole, service: string | null = null): readonly Referent[] {
  return appointmentsTo(roll, role, service).filter(({ deputy }) => !deputy);
}

/** Appointments to a role, as holder or as deputy; to SERVICE_REFERENT for one service. */
export function appointmentsTo({ referents }: Roll, role: ReferentRole, service: string | null = null): readonly Referent[] {
  return referents.filter((referent) => referent.role === role && referent.service === service);
}

/** The appointment to a role that counts now, accepted or not; a SERVICE_REFERENT holds it for one service. */
export function holderOf(roll: Roll, role: ReferentRole, service: string | null = null): Referent | undefined {
  return postsOf(roll, role, service).find((referent) => ['APPOINTED', 'ACTIVE', 'SUSPENDED'].includes(referentState(roll, referent)));
}

/** That IPA shows the RTD in office; null where it does not, or nobody is. */
export function rtdOnIpaOf(state: AdhesionState): ReferentsFact<'RtdPublishedOnIpa'> | null {
  const rtd = holderOf(state, 'RTD');
  return state.rtdOnIpa.find(({ appointmentId }) => appointmentId === rtd?.appointmentId) ?? null;
}

/** True from the day on which the mandatory roles were held all together; a vacancy after it undoes nothing. */
export function wereMandatoryRolesFilled(state: OpenedCase): boolean {
  const roles = mandatoryRoles(state);
  return holdings(state).some(({ from }) => roles.every((role) => holdersOn(state, role, from).some(({ deputy }) => !deputy)));
}
