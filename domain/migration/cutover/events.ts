import type { EventOf } from '../../adhesion/event.ts';

/** What happened, by type (`at`, `effectiveOn`: see `MigrationEventData`). */
export interface CutoverEventData {}

export type CutoverEvent = EventOf<CutoverEventData>;

/** Each event of this area, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof CutoverEventData]: true } = {};

/** True for an event of this area. */
export function isCutoverEvent(event: { readonly type: string }): event is CutoverEvent {
  return event.type in TYPES;
}
