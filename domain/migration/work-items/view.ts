import type { Bilingual } from '../../shared/bilingual.ts';
import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { TextRef } from '../../shared/text-ref.ts';
import type { WorkItemTemplate } from '../services.ts';
import type { Migration, OpenedMigration } from '../state.ts';
import { readyItems, readySince, roleOf, type Evidence, type WorkItem, type WorkRole } from './state.ts';

export interface ChecklistPointView {
  readonly id: string;
  readonly title: Bilingual;
  readonly optional: boolean;
  readonly checked: boolean;
}

export interface WorkItemView {
  readonly id: string;
  readonly title: Bilingual;
  readonly state: 'OPEN' | 'DONE';
  readonly after: readonly string[];
  readonly role: WorkRole;
  /** Since when it can be done; null: it can't yet, or is done. */
  readonly readySince: Instant | null;
  readonly dueOn: CivilDate | null;
  /** It was said that the day on which it is due is past. */
  readonly overdue: boolean;
  readonly checklist: readonly ChecklistPointView[];
  /** What must be given to complete it. */
  readonly requires: NonNullable<WorkItemTemplate['evidence']>;
  readonly completedOn: CivilDate | null;
  readonly note: TextRef | null;
  readonly evidence: readonly Evidence[];
  /** What takes it back; null: nothing does. */
  readonly undo: Bilingual | null;
}

/** What readers see of the work items. */
export interface WorkItemsPart {
  readonly workItems: readonly WorkItemView[];
}

/** The part of the view that the work items give. */
export function viewWorkItems({ migration }: OpenedMigration): WorkItemsPart {
  const ready = new Set(readyItems(migration));
  return { workItems: migration.workItems.map((item) => viewWorkItem(item, ready.has(item) ? migration : null)) };
}

/** `readyIn`: the migration in which it can be done now; null: it can't. */
function viewWorkItem(item: WorkItem, readyIn: Migration | null): WorkItemView {
  const { id, title, after, done, due, checklist = [], evidence = 'NONE', undo } = item;
  const checked = new Set(done?.checked);
  return {
    id, title, state: done === null ? 'OPEN' : 'DONE', after, role: roleOf(item),
    readySince: readyIn === null ? null : readySince(readyIn, item), dueOn: due?.on ?? null, overdue: done === null && due?.noted === true,
    checklist: checklist.map((point) => ({ id: point.id, title: point.title, optional: point.optional === true, checked: checked.has(point.id) })),
    requires: evidence, completedOn: done?.on ?? null, note: done?.note ?? null, evidence: done?.evidence ?? [], undo: undo ?? null,
  };
}
