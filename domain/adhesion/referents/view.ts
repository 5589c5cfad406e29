import { civilDateOf, type CivilDate, type Instant } from '../../shared/civil-date.ts';
import type { Reason } from '../../shared/reason.ts';
import type { OpenedCase } from '../state.ts';
import { confirmByOf } from './confirmation.ts';
import { rtdOnIpaOf } from './standing.ts';
import type { Referent } from './state.ts';
import { endingOf, referentState } from './tenure.ts';
import type { ReferentRole, ReferentState } from './terms.ts';
import { isLong, mandatoryVacancies, personalDataBlocked, requestedRoles } from './vacancies.ts';

/** What readers see of the referents. */
export interface ReferentsPart {
  /** Every appointment that was ever recorded: the register of the roles. */
  readonly referents: readonly ReferentView[];
  /** Roles that are asked for and wait for their first appointment. */
  readonly requestedRoles: readonly { readonly role: ReferentRole; readonly state: 'REQUESTED' }[];
  /** Mandatory roles that were left and stand empty. */
  readonly vacancies: readonly VacancyView[];
  /** Why no step that handles personal data may be done now; empty: it may. */
  readonly personalDataBlocked: readonly Reason[];
  /** That IPA shows the RTD in office (art. 17 CAD). */
  readonly rtdOnIpa: { readonly appointmentId: string; readonly on: CivilDate } | null;
}

interface ReferentView {
  readonly appointmentId: string;
  readonly role: ReferentRole;
  readonly state: ReferentState;
  readonly subject: string;
  readonly actNo: string;
  readonly actOn: CivilDate;
  readonly service: string | null;
  readonly deputy: boolean;
  /** True for a person of the Agency. */
  readonly associated: boolean;
  readonly acceptedAt: Instant | null;
  /** First day on which the role was held by this appointment, and first day on which it was no more. */
  readonly from: CivilDate | null;
  readonly to: CivilDate | null;
  /** The appointment that this one ended. */
  readonly replaces: string | null;
  readonly confirmBy: CivilDate | null;
}

interface VacancyView {
  readonly role: ReferentRole;
  readonly since: CivilDate;
  readonly fillBy: CivilDate;
  /** True when no new service begins for it. */
  readonly tooLong: boolean;
}

/** The part of the view that the referents give. */
export function viewReferents(state: OpenedCase): ReferentsPart {
  const published = rtdOnIpaOf(state);
  return {
    referents: state.referents.map((referent) => viewReferent(state, referent)),
    requestedRoles: requestedRoles(state).map((role) => ({ role, state: 'REQUESTED' })),
    vacancies: mandatoryVacancies(state).map((vacancy) => {
      const { role, since, fillBy } = vacancy;
      return { role, since, fillBy, tooLong: isLong(state, vacancy) };
    }),
    personalDataBlocked: personalDataBlocked(state),
    rtdOnIpa: published === null ? null : { appointmentId: published.appointmentId, on: published.on },
  };
}

function viewReferent(state: OpenedCase, referent: Referent): ReferentView {
  const { appointmentId, role, subject, actNo, actOn, service, deputy, associated = false, acceptance, replaces = null } = referent;
  const ending = endingOf(state, referent);
  return {
    appointmentId, role, state: referentState(state, referent), subject, actNo, actOn, service, deputy, associated,
    acceptedAt: acceptance?.acceptedAt ?? null,
    from: acceptance === null ? null : civilDateOf(acceptance.acceptedAt),
    to: ending?.from ?? null,
    replaces,
    confirmBy: ending === null ? confirmByOf(state, referent) : null,
  };
}
