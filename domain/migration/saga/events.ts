import type { EventOf } from '../../adhesion/event.ts';
import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { TextRef } from '../../shared/text-ref.ts';
import type { ActOffice, RollbackCause } from './terms.ts';

/** What was taken back, by type (`at`: see `MigrationEventData`). */
export interface SagaEventData {
  readonly MigrationCancelled: { readonly reasons: TextRef; readonly at: Instant };
  readonly RollbackStarted: {
    readonly cause: RollbackCause;
    /** Null where the clock began it. */
    readonly reasons: TextRef | null;
    /** The act that it needs beyond the point of no return. */
    readonly act: { readonly no: string; readonly on: CivilDate; readonly office: ActOffice } | null;
    /** Where it leads when all is undone. */
    readonly to: 'PLAN_DRAFTED' | 'CANCELLED';
    readonly at: Instant;
  };
  readonly UndoStarted: { readonly step: string; readonly at: Instant };
  readonly StepUndone: { readonly step: string; readonly at: Instant };
  readonly RolledBack: { readonly to: 'PLAN_DRAFTED' | 'CANCELLED'; readonly at: Instant };
}

export type SagaEvent = EventOf<SagaEventData>;

/** Each event of the saga, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof SagaEventData]: true } = { MigrationCancelled: true, RollbackStarted: true, UndoStarted: true, StepUndone: true, RolledBack: true };

/** True for an event of the saga. */
export function isSagaEvent(event: { readonly type: string }): event is SagaEvent {
  return event.type in TYPES;
}
