import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { EventOf } from '../event.ts';
import type { Basis } from '../terms.ts';
import type { MandateChange } from './terms.ts';

/** What happened to the mandates, by type (`at`, `effectiveOn`: see `AdhesionEventData`). */
export interface MandatesEventData {
  /** `on` is the day of the change; of a called election, the first day of the vote; of a resignation, that of its presentation. */
  readonly MandateChanged: {
    readonly kind: MandateChange;
    readonly on: CivilDate;
    /** Last day to confirm the referents appointed before; left out where none is asked for. */
    readonly confirmBy?: CivilDate;
    /** Of a resignation: first day on which it is final. */
    readonly finalFrom?: CivilDate;
    /** Of a suspended council: last day of the suspension; of an acting mayor or a delegate: last day on which they act, left out where it is not known. */
    readonly until?: CivilDate;
    /** Who holds the office from that day on; left out where nobody said so. */
    readonly holder?: string;
    /** Of a delegate in the assembly: number of the delegation; left out of any other change. */
    readonly actNo?: string;
    readonly basis?: Basis;
    readonly at: Instant;
  };
  /** The day to confirm went by: who was not confirmed holds the role no more `from` that day on. */
  readonly ConfirmationLapsed: {
    /** Version of the change that asked for it. */
    readonly change: number;
    readonly from: CivilDate;
    /** Last day on which a role left so may stand empty before no new service begins. */
    readonly fillBy: CivilDate;
    readonly basis: Basis;
    readonly at: Instant;
  };
}

export type MandatesEvent = EventOf<MandatesEventData>;

/** Each event of the mandates, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof MandatesEventData]: true } = { MandateChanged: true, ConfirmationLapsed: true };

/** True for an event of the mandates. */
export function isMandatesEvent(event: { readonly type: string }): event is MandatesEvent {
  return event.type in TYPES;
}
