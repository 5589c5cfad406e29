import type { EventOf } from '../../adhesion/event.ts';
import type { Instant } from '../../shared/civil-date.ts';
import type { TextRef } from '../../shared/text-ref.ts';

/** What happened to the feasibility, by type (`at`: see `MigrationEventData`). */
export interface FeasibilityEventData {
  /** The gate opened. */
  readonly FeasibilityBegun: { readonly at: Instant };
  readonly FeasibilityApproved: { readonly findings: TextRef | null; readonly at: Instant };
  readonly FeasibilityRejected: { readonly reasons: TextRef; readonly at: Instant };
}

export type FeasibilityEvent = EventOf<FeasibilityEventData>;

/** Each event of the feasibility, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof FeasibilityEventData]: true } = { FeasibilityBegun: true, FeasibilityApproved: true, FeasibilityRejected: true };

/** True for an event of the feasibility. */
export function isFeasibilityEvent(event: { readonly type: string }): event is FeasibilityEvent {
  return event.type in TYPES;
}
