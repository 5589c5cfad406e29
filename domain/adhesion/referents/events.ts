import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { EventOf } from '../event.ts';
import type { Basis } from '../terms.ts';
import type { ReferentRole } from './terms.ts';

/** What happened to the referents, by type (`at`, `effectiveOn` and `basis`: see `AdhesionEventData`). */
export interface ReferentsEventData {
  readonly ReferentAppointed: {
    readonly appointmentId: string;
    readonly role: ReferentRole;
    readonly subject: string;
    readonly actNo: string;
    readonly actOn: CivilDate;
    readonly service: string | null;
    readonly deputy: boolean;
    readonly acceptanceDueOn: CivilDate;
    readonly basis: Basis;
    readonly at: Instant;
  };
  readonly AppointmentAccepted: { readonly appointmentId: string; readonly acceptedAt: Instant; readonly at: Instant };
}

export type ReferentsEvent = EventOf<ReferentsEventData>;

/** Each event of the referents, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof ReferentsEventData]: true } = { ReferentAppointed: true, AppointmentAccepted: true };

/** True for an event of the referents. */
export function isReferentsEvent(event: { readonly type: string }): event is ReferentsEvent {
  return event.type in TYPES;
}
