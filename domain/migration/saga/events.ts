import type { EventOf } from '../../adhesion/event.ts';
import type { Instant } from '../../shared/civil-date.ts';
import type { TextRef } from '../../shared/text-ref.ts';

/** What was taken back, by type (`at`: see `MigrationEventData`). */
export interface SagaEventData {
  readonly MigrationCancelled: { readonly reasons: TextRef; readonly at: Instant };
}

export type SagaEvent = EventOf<SagaEventData>;

/** Each event of the saga, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof SagaEventData]: true } = { MigrationCancelled: true };

/** True for an event of the saga. */
export function isSagaEvent(event: { readonly type: string }): event is SagaEvent {
  return event.type in TYPES;
}
