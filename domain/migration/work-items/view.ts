import type { Bilingual } from '../../shared/bilingual.ts';
import type { CivilDate } from '../../shared/civil-date.ts';
import type { TextRef } from '../../shared/text-ref.ts';
import type { OpenedMigration } from '../state.ts';
import type { WorkItem } from './state.ts';

export interface WorkItemView {
  readonly id: string;
  readonly title: Bilingual;
  readonly state: 'OPEN' | 'DONE';
  readonly after: readonly string[];
  readonly completedOn: CivilDate | null;
  readonly note: TextRef | null;
}

/** What readers see of the work items. */
export interface WorkItemsPart {
  readonly workItems: readonly WorkItemView[];
}

/** The part of the view that the work items give. */
export function viewWorkItems({ migration }: OpenedMigration): WorkItemsPart {
  return { workItems: migration.workItems.map(viewWorkItem) };
}

function viewWorkItem({ id, title, after, done }: WorkItem): WorkItemView {
  return { id, title, state: done === null ? 'OPEN' : 'DONE', after, completedOn: done?.on ?? null, note: done?.note ?? null };
}
