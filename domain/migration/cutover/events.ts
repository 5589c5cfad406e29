import type { EventOf } from '../../adhesion/event.ts';
import type { Instant } from '../../shared/civil-date.ts';
import type { TextRef } from '../../shared/text-ref.ts';
import type { CutoverOutcome } from './bounds.ts';

/** What happened, by type (`at`, `effectiveOn`: see `MigrationEventData`). */
export interface CutoverEventData {
  readonly CutoverScheduled: {
    /** Counts the windows of the migration from 1. */
    readonly no: number;
    readonly from: Instant;
    readonly to: Instant;
    /** Somebody is in the office on the eve of the patron. */
    readonly patronStaffed: boolean;
    readonly at: Instant;
  };
  readonly CutoverUnscheduled: { readonly no: number; readonly reasons: TextRef; readonly at: Instant };
  /** By its timer: the window went by without a word on it; or by a resumption: the migration was suspended all through it, so that its go is void. */
  readonly CutoverWindowMissed: { readonly no: number; readonly at: Instant };
  readonly CutoverDecided: { readonly go: boolean; readonly decidedAt: Instant; readonly reasons: TextRef | null; readonly at: Instant };
  readonly CutoverRecorded: {
    readonly startedAt: Instant;
    readonly endedAt: Instant;
    readonly outcome: CutoverOutcome;
    /** Within its window, which was free, with nothing missing at its gate. */
    readonly regular: boolean;
    readonly reasons: TextRef | null;
    readonly at: Instant;
  };
}

export type CutoverEvent = EventOf<CutoverEventData>;

/** Each event of this area, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof CutoverEventData]: true } = {
  CutoverScheduled: true, CutoverUnscheduled: true, CutoverWindowMissed: true, CutoverDecided: true, CutoverRecorded: true,
};

/** True for an event of this area. */
export function isCutoverEvent(event: { readonly type: string }): event is CutoverEvent {
  return event.type in TYPES;
}
