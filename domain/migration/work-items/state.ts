import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { TextRef } from '../../shared/text-ref.ts';
import type { WorkItemTemplate } from '../services.ts';

export interface WorkItem extends WorkItemTemplate {
  /** Null while the item is open. */
  readonly done: WorkItemDone | null;
  /** Key of the step that it undoes; absent of what is to be done. */
  readonly undoes?: string;
}

export interface WorkItemDone {
  readonly on: CivilDate;
  readonly at: Instant;
  readonly note: TextRef | null;
}

interface Working {
  readonly workItems: readonly WorkItem[];
}

export function openItems({ workItems }: Working): readonly WorkItem[] {
  return workItems.filter((item) => item.done === null);
}

/** The items that `item` follows. */
export function itemsBefore({ workItems }: Working, item: WorkItem): readonly WorkItem[] {
  return workItems.filter((other) => item.after.includes(other.id));
}
