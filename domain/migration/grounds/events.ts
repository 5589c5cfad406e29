import type { EventOf } from '../../adhesion/event.ts';
import type { Instant } from '../../shared/civil-date.ts';
import type { Grounds } from './terms.ts';

/** What became known of the adhesion, by type. */
export interface GroundsEventData {
  readonly GroundsNoted: { readonly grounds: Grounds; readonly asOf: number; readonly at: Instant };
}

export type GroundsEvent = EventOf<GroundsEventData>;

/** Each event of this area, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof GroundsEventData]: true } = { GroundsNoted: true };

/** True for an event of what the adhesion told. */
export function isGroundsEvent(event: { readonly type: string }): event is GroundsEvent {
  return event.type in TYPES;
}
