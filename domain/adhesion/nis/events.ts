import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { EventOf } from '../event.ts';
import type { NisDuty } from './terms.ts';

/** What a subject of NIS did, by type (`at`, `effectiveOn`: see `AdhesionEventData`). */
export interface NisEventData {
  readonly NisDutyDone: {
    readonly duty: NisDuty;
    readonly year: number;
    readonly on: CivilDate;
    /** Last day of that year's window, and whether it was done after it. */
    readonly dueOn: CivilDate;
    readonly late: boolean;
    readonly at: Instant;
  };
}

export type NisEvent = EventOf<NisEventData>;

/** True for an event of a subject of NIS. */
export function isNisEvent(event: { readonly type: string }): event is NisEvent {
  return event.type === 'NisDutyDone';
}
