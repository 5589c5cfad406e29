import type { EventOf } from '../../adhesion/event.ts';
import type { CivilDate, Instant } from '../../shared/civil-date.ts';

/** What happened to the service in operation, by type (`at`, `effectiveOn`: see `MigrationEventData`). */
export interface OperationEventData {
  readonly ServiceDelivered: { readonly deliveredOn: CivilDate; readonly at: Instant };
  readonly MigrationClosed: { readonly closedOn: CivilDate; readonly at: Instant };
}

export type OperationEvent = EventOf<OperationEventData>;

/** Each event of this area, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof OperationEventData]: true } = { ServiceDelivered: true, MigrationClosed: true };

/** True for an event of this area. */
export function isOperationEvent(event: { readonly type: string }): event is OperationEvent {
  return event.type in TYPES;
}
