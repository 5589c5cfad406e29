import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { EventOf } from '../event.ts';
import type { Basis } from '../terms.ts';
import type { ReferentRole } from './terms.ts';

/** What happened to the referents, by type (`at`, `effectiveOn` and `basis`: see `AdhesionEventData`). */
export interface ReferentsEventData {
  readonly ReferentAppointed: AppointmentData;
  readonly AppointmentAccepted: { readonly appointmentId: string; readonly acceptedAt: Instant; readonly at: Instant };
  /** A new appointment, which ends that of `replaces` on the day of its act. */
  readonly ReferentReplaced: AppointmentData & {
    readonly replaces: string;
    /** Last day on which the role may stand empty before no new service begins. */
    readonly fillBy: CivilDate;
  };
  readonly ReferentSuspended: { readonly appointmentId: string; readonly from: CivilDate; readonly at: Instant };
  readonly VacancyDeclared: {
    readonly role: ReferentRole;
    readonly service: string | null;
    readonly from: CivilDate;
    /** The appointment that it ends; null where nobody was appointed. */
    readonly appointmentId: string | null;
    readonly fillBy: CivilDate;
    readonly basis: Basis;
    readonly at: Instant;
  };
  /** The mayor (or the commissioner) in charge confirms them; a suspended one is thereby reinstated. */
  readonly ReferentsConfirmed: { readonly appointmentIds: readonly string[]; readonly at: Instant };
  /** A mandatory role stood empty beyond its `fillBy`. */
  readonly VacancyBecameLong: { readonly role: ReferentRole; readonly since: CivilDate; readonly at: Instant };
  /** IPA, the index of public bodies, shows that RTD as the one of the body (art. 17 CAD). */
  readonly RtdPublishedOnIpa: { readonly appointmentId: string; readonly on: CivilDate; readonly at: Instant };
}

interface AppointmentData {
  readonly appointmentId: string;
  readonly role: ReferentRole;
  readonly subject: string;
  readonly actNo: string;
  readonly actOn: CivilDate;
  readonly service: string | null;
  readonly deputy: boolean;
  /** True for a person of the Agency (art. 17 c.1-septies CAD, art. 8 L. 90/2024, art. 37(3) GDPR); left out: of the member. */
  readonly associated?: boolean;
  readonly acceptanceDueOn: CivilDate;
  readonly basis: Basis;
  readonly at: Instant;
}

export type ReferentsEvent = EventOf<ReferentsEventData>;

/** Each event of the referents, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof ReferentsEventData]: true } = {
  ReferentAppointed: true, AppointmentAccepted: true, ReferentReplaced: true, ReferentSuspended: true, VacancyDeclared: true, ReferentsConfirmed: true,
  VacancyBecameLong: true, RtdPublishedOnIpa: true,
};

/** True for an event of the referents. */
export function isReferentsEvent(event: { readonly type: string }): event is ReferentsEvent {
  return event.type in TYPES;
}
