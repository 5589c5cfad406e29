import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { EventOf } from '../event.ts';
import type { MandateChange } from './terms.ts';

/** What happened to the mandates, by type (`at`, `effectiveOn`: see `AdhesionEventData`). */
export interface MandatesEventData {
  /** `on` is the day of the change; of a called election, the first day of the vote. */
  readonly MandateChanged: { readonly kind: MandateChange; readonly on: CivilDate; readonly at: Instant };
}

export type MandatesEvent = EventOf<MandatesEventData>;

/** Each event of the mandates, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof MandatesEventData]: true } = { MandateChanged: true };

/** True for an event of the mandates. */
export function isMandatesEvent(event: { readonly type: string }): event is MandatesEvent {
  return event.type in TYPES;
}
