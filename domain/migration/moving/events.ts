import type { EventOf } from '../../adhesion/event.ts';

/** What happened, by type (`at`, `effectiveOn`: see `MigrationEventData`). */
export interface MovingEventData {}

export type MovingEvent = EventOf<MovingEventData>;

/** Each event of this area, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof MovingEventData]: true } = {};

/** True for an event of this area. */
export function isMovingEvent(event: { readonly type: string }): event is MovingEvent {
  return event.type in TYPES;
}
