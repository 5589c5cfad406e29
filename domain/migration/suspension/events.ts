import type { EventOf } from '../../adhesion/event.ts';
import type { Instant } from '../../shared/civil-date.ts';
import type { TextRef } from '../../shared/text-ref.ts';
import type { Hold, TermEnd } from './terms.ts';

/** What held the migration up, by type (`at`: see `MigrationEventData`). */
export interface SuspensionEventData {
  readonly MigrationSuspended: {
    readonly by: Hold;
    /** Null of a dependency. */
    readonly reasons: TextRef | null;
    /** Of a dependency: the services that it needs and that do not stand as it needs them. */
    readonly services: readonly string[];
    readonly at: Instant;
  };
  readonly MigrationResumed: {
    readonly by: Hold;
    /** Last days, or last moments, of the terms of service levels, computed anew; none while something else still holds it up. */
    readonly terms: Readonly<Record<string, TermEnd>>;
    readonly at: Instant;
  };
  /** The member has left: the service goes on for continuity until it is closed. */
  readonly RetirementBegun: { readonly at: Instant };
}

export type SuspensionEvent = EventOf<SuspensionEventData>;

/** Each event of the suspension, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof SuspensionEventData]: true } = { MigrationSuspended: true, MigrationResumed: true, RetirementBegun: true };

/** True for an event of the suspension. */
export function isSuspensionEvent(event: { readonly type: string }): event is SuspensionEvent {
  return event.type in TYPES;
}
