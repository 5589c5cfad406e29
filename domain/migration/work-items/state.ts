import type { CalendarVersion } from '../../calendar/holidays.ts';
import { compareInstants, type CivilDate, type Instant } from '../../shared/civil-date.ts';
import type { Party } from '../../shared/process.ts';
import type { TextRef } from '../../shared/text-ref.ts';
import type { WorkItemTemplate } from '../services.ts';
import type { MigrationStage } from '../stages.ts';

/** Who does a work item. */
export type WorkRole = Exclude<Party, 'CLOCK'>;

/** A document that proves a work item, by its digest; its id where it stands among those of the adhesion. */
export interface Evidence {
  readonly sha256: string;
  readonly documentId: string | null;
}

export interface WorkItem extends WorkItemTemplate {
  /** Null while the item is open. */
  readonly done: WorkItemDone | null;
  /** Key of the step that it undoes; absent of what is to be done. */
  readonly undoes?: string;
  /** Absent until it can be done, and where it has no term. */
  readonly due?: WorkItemDue;
}

export interface WorkItemDone {
  readonly on: CivilDate;
  readonly at: Instant;
  readonly note: TextRef | null;
  readonly checked?: readonly string[];
  readonly evidence?: readonly Evidence[];
}

export interface WorkItemDue {
  readonly on: CivilDate;
  /** It was said that the day is past. */
  readonly noted: boolean;
}

/** What the work items keep in the state beside the migration. */
export interface WorkItemsSlice {
  readonly working: {
    /** By which the working days of this migration were counted first, and are counted on; null: none were. */
    readonly calendarVersion: CalendarVersion | null;
  };
}

export const EMPTY_WORK_ITEMS: WorkItemsSlice = { working: { calendarVersion: null } };

interface Working {
  readonly workItems: readonly WorkItem[];
}

interface InStage extends Working {
  readonly state: MigrationStage;
  readonly since: Instant;
}

/** Stages in which people do work items. */
export const WORKING_STAGES = ['PROVISIONING', 'ROLLING_BACK'] as const satisfies readonly MigrationStage[];

export function roleOf({ role }: Pick<WorkItemTemplate, 'role'>): WorkRole {
  return role ?? 'OPERATOR';
}

export function openItems({ workItems }: Working): readonly WorkItem[] {
  return workItems.filter((item) => item.done === null);
}

/** The items that `item` follows. */
export function itemsBefore({ workItems }: Working, item: WorkItem): readonly WorkItem[] {
  return workItems.filter((other) => item.after.includes(other.id));
}

/** The items that follow `item`. */
export function itemsAfter({ workItems }: Working, { id }: WorkItem): readonly WorkItem[] {
  return workItems.filter(({ after }) => after.includes(id));
}

/** The items that can be done now. */
export function readyItems(migration: InStage): readonly WorkItem[] {
  if (!WORKING_STAGES.some((stage) => stage === migration.state)) return [];
  // What is rolled back is only undone.
  const isUndoing = migration.state === 'ROLLING_BACK';
  return openItems(migration).filter((item) => (item.undoes !== undefined) === isUndoing && itemsBefore(migration, item).every(({ done }) => done !== null));
}

/** When it became known that an item can be done. */
export function readySince(migration: InStage, item: WorkItem): Instant {
  return itemsBefore(migration, item).reduce(
    (latest, { done }) => (done !== null && compareInstants(done.at, latest) > 0 ? done.at : latest),
    migration.since,
  );
}
