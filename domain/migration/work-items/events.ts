import type { EventOf } from '../../adhesion/event.ts';
import type { CalendarVersion } from '../../calendar/holidays.ts';
import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { TextRef } from '../../shared/text-ref.ts';
import type { Evidence, WorkRole } from './state.ts';

/** What people did by hand, by type (`at`, `effectiveOn`: see `MigrationEventData`). */
export interface WorkItemsEventData {
  /** Work items that can be done now, and the day by which each is to be done. */
  readonly WorkItemsScheduled: {
    readonly items: readonly { readonly workItemId: string; readonly dueOn: CivilDate }[];
    readonly basis: { readonly calendarVersion: CalendarVersion; readonly istatCode: string | null };
    readonly at: Instant;
  };
  readonly WorkItemCompleted: {
    readonly workItemId: string;
    readonly completedOn: CivilDate;
    readonly note: TextRef | null;
    /** Absent: nothing was checked, or given. */
    readonly checked?: readonly string[];
    readonly evidence?: readonly Evidence[];
    readonly at: Instant;
  };
  readonly WorkItemOverdue: { readonly workItemId: string; readonly role: WorkRole; readonly dueOn: CivilDate; readonly at: Instant };
  readonly WorkItemReopened: { readonly workItemId: string; readonly reasons: TextRef; readonly at: Instant };
}

export type WorkItemsEvent = EventOf<WorkItemsEventData>;

/** Each event of the work items, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof WorkItemsEventData]: true } = { WorkItemsScheduled: true, WorkItemCompleted: true, WorkItemOverdue: true, WorkItemReopened: true };

/** True for an event of the work items. */
export function isWorkItemsEvent(event: { readonly type: string }): event is WorkItemsEvent {
  return event.type in TYPES;
}
