import type { RemindersEventData } from './events.ts';

/** What the reminders keep in the state of the case. */
export interface RemindersSlice {
  /** Those that fell due, in order; of a case that is late the last only (see `isOfLate`), in states kept earlier each. */
  readonly reminded: readonly RemindersEventData['ReminderDue'][];
}

export const EMPTY_REMINDERS: RemindersSlice = { reminded: [] };
