import type { EventOf } from '../../adhesion/event.ts';
import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { TextRef } from '../../shared/text-ref.ts';
import type { CloudLevel, DataClass, PlannedDates } from './terms.ts';

/** What happened to the plan, by type (`at`, `effectiveOn`: see `MigrationEventData`). */
export interface PlanEventData {
  readonly PlanProposed: PlannedDates & {
    readonly rollback: TextRef;
    readonly costCents: number;
    readonly dataClass: DataClass | null;
    readonly cloudLevel: CloudLevel | null;
    readonly at: Instant;
  };
  /** Its first day went by before it was approved. */
  readonly PlanLapsed: { readonly provisioningOn: CivilDate; readonly at: Instant };
  readonly PlanApproved: { readonly actNo: string; readonly actOn: CivilDate; readonly at: Instant };
  readonly SpendingCommitted: { readonly actNo: string; readonly actOn: CivilDate; readonly cents: number; readonly at: Instant };
}

export type PlanEvent = EventOf<PlanEventData>;

/** Each event of the plan, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof PlanEventData]: true } = { PlanProposed: true, PlanLapsed: true, PlanApproved: true, SpendingCommitted: true };

/** True for an event of the plan. */
export function isPlanEvent(event: { readonly type: string }): event is PlanEvent {
  return event.type in TYPES;
}
