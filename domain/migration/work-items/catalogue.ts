import type { CivilDate } from '../../shared/civil-date.ts';
import type { CommandEntry } from '../command-entry.ts';

/** Commands of what people do by hand. A member completes, and takes back, what is the member's to do. */
export const WORK_ITEMS_COMMANDS = {
  CompleteWorkItem: { by: ['operator', 'member'], freeText: ['note'] },
  ReopenWorkItem: { by: ['operator', 'member'], freeText: ['reasons'] },
} as const satisfies Readonly<Record<string, CommandEntry>>;

/** Command of the engine: the timer of a work item that was to be done by a day. */
export interface WorkItemsEngineData {
  readonly NoteWorkItemOverdue: { readonly workItemId: string; readonly dueOn: CivilDate };
}
