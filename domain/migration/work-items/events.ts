import type { EventOf } from '../../adhesion/event.ts';
import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { TextRef } from '../../shared/text-ref.ts';

/** What people did by hand, by type (`at`, `effectiveOn`: see `MigrationEventData`). */
export interface WorkItemsEventData {
  readonly WorkItemCompleted: { readonly workItemId: string; readonly completedOn: CivilDate; readonly note: TextRef | null; readonly at: Instant };
}

export type WorkItemsEvent = EventOf<WorkItemsEventData>;

/** Each event of the work items, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof WorkItemsEventData]: true } = { WorkItemCompleted: true };

/** True for an event of the work items. */
export function isWorkItemsEvent(event: { readonly type: string }): event is WorkItemsEvent {
  return event.type in TYPES;
}
