import { capital, type Bilingual } from '../../shared/bilingual.ts';
import { startOfNextDay, type CivilDate, type Instant } from '../../shared/civil-date.ts';
import type { Timer } from '../../shared/process.ts';
import type { Reason } from '../../shared/reason.ts';
import type { AdhesionCommand } from '../command-types.ts';
import { endOf, isInForce } from '../membership/standing.ts';
import { isOpened, type AdhesionState, type OpenedCase } from '../state.ts';
import { REFERENT_ROLES } from '../words.ts';
import type { Roll } from './confirmation.ts';
import { firstRoles, holderOf, mandatoryRoles, postsOf, securityRole } from './standing.ts';
import { endingOf, referentState, suspensionsOf } from './tenure.ts';
import type { ReferentRole } from './terms.ts';

/** A role that stands empty. */
export interface Vacancy {
  readonly role: ReferentRole;
  readonly service: string | null;
  /** First day without a holder. */
  readonly since: CivilDate;
  /** Last day to fill a mandatory role before no new service begins. */
  readonly fillBy: CivilDate;
  /** When we knew. */
  readonly at: Instant;
}

/**
 * The vacancy of a role, or null. It begins when a holder leaves or when it is declared, never by itself: a role that nobody
 * has been appointed to yet is not vacant. It lasts until a new holder has accepted; a deputy acts meanwhile and does not
 * stop it. A suspended holder leaves no vacancy.
 */
export function vacancyOf(roll: Roll, role: ReferentRole, service: string | null = null): Vacancy | null {
  const posts = postsOf(roll, role, service);
  if (posts.some((post) => ['ACTIVE', 'SUSPENDED'].includes(referentState(roll, post)))) return null;
  const left = posts.filter(({ acceptance }) => acceptance !== null).flatMap((post) => endingOf(roll, post) ?? []);
  const last = left.toSorted((one, other) => (one.from < other.from ? 1 : -1))[0];
  if (last !== undefined) return { role, service, since: last.from, fillBy: last.fillBy, at: last.at };
  const declared = roll.tenure.vacancies.filter((vacancy) => vacancy.role === role && vacancy.service === service && !isOfDeputy(roll, vacancy));
  const first = declared.toSorted((one, other) => (one.from < other.from ? -1 : 1))[0];
  return first === undefined ? null : { role, service, since: first.from, fillBy: first.fillBy, at: first.at };
}

/** A deputy who leaves empties no role. */
function isOfDeputy({ referents }: Roll, { appointmentId }: Roll['tenure']['vacancies'][number]): boolean {
  return referents.some((referent) => referent.deputy && referent.appointmentId === appointmentId);
}

/** Roles that are asked for, since the convention is in force, and that nobody was appointed to yet (`REQUESTED`). */
export function requestedRoles(state: OpenedCase): readonly ReferentRole[] {
  if (!isInForce(state)) return [];
  return firstRoles(state).filter((role) => holderOf(state, role) === undefined && vacancyOf(state, role) === null);
}

/** Mandatory roles that stand empty. */
export function mandatoryVacancies(state: OpenedCase): readonly Vacancy[] {
  return mandatoryRoles(state).flatMap((role) => vacancyOf(state, role) ?? []);
}

/** True for a mandatory role that stood empty beyond its term: the clock has said so. */
export function isLong({ tenure }: Roll, { role, since }: Vacancy): boolean {
  return tenure.longVacancies.some((long) => long.role === role && long.since === since);
}

/** Mandatory roles that stand empty for too long for a new service to begin; what runs goes on. */
export function newServicesBlocked(state: OpenedCase): readonly Reason[] {
  return mandatoryVacancies(state).filter((vacancy) => isLong(state, vacancy)).map(({ role, since, fillBy }) => ({
    code: 'ROLE_VACANT_TOO_LONG',
    message: {
      it: `${capital(REFERENT_ROLES[role].it)}: ruolo vacante dal ${since}, da ricoprire entro il ${fillBy}; un nuovo servizio del percorso completo può iniziare quando un nuovo titolare ha accettato.`,
      en: `${capital(REFERENT_ROLES[role].en)}: vacant since ${since}, was to be filled by ${fillBy}; a new service of the full track can begin once a new holder has accepted.`,
    },
  }));
}

/** A timer for each vacancy that will have lasted too long; after the end of the convention no service is left to block. */
export function vacancyTimers(state: AdhesionState): readonly Timer<AdhesionCommand>[] {
  if (!isOpened(state) || endOf(state) !== null) return [];
  return mandatoryVacancies(state).filter((vacancy) => !isLong(state, vacancy)).map(({ role, since, fillBy }) => ({
    key: `vacancy-${role}-${since}`, at: startOfNextDay(fillBy), command: { type: 'MarkLongVacancy', data: { role, since } },
  }));
}

/**
 * Why no step that handles personal data may be done: nobody is active as DPO, or in the security role, nor as a deputy of
 * it: never appointed, not accepted, left or suspended. At once, not after the term of a vacancy; steps without personal
 * data go on.
 */
export function personalDataBlocked(state: OpenedCase): readonly Reason[] {
  return (['DPO', securityRole(state)] as const).filter((role) => !isActedFor(state, role)).map((role) => {
    const vacancy = vacancyOf(state, role);
    if (vacancy !== null) return reason('ROLE_VACANT', role, { it: `vacante dal ${vacancy.since}`, en: `vacant since ${vacancy.since}` });
    const suspended = postsOf(state, role).find((post) => referentState(state, post) === 'SUSPENDED');
    const from = suspended === undefined ? undefined : suspensionsOf(state, suspended).find(({ to }) => to === null)?.from;
    return from === undefined
      ? reason('ROLE_NOT_HELD', role, { it: 'non ancora ricoperto', en: 'held by nobody yet' })
      : reason('ROLE_SUSPENDED', role, { it: `sospeso dal ${from}`, en: `suspended since ${from}` });
  });
}

function reason(code: string, role: ReferentRole, stands: Bilingual): Reason {
  const { it, en } = REFERENT_ROLES[role];
  return {
    code,
    message: {
      it: `${capital(it)}: ruolo ${stands.it}, senza sostituto: nessun passo con dati personali finché nessuno vi è attivo.`,
      en: `${capital(en)}: ${stands.en}, and there is no deputy: no step with personal data until somebody is active in it.`,
    },
  };
}

/** True when a holder or a deputy is active; of SERVICE_REFERENT, for the service. */
export function isActedFor(roll: Roll, role: ReferentRole, service?: string): boolean {
  return roll.referents.some((referent) => referent.role === role && (service === undefined || referent.service === service) && referentState(roll, referent) === 'ACTIVE');
}
