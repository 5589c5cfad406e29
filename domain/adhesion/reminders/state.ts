import type { RemindersEventData } from './events.ts';

/** What the reminders keep in the state of the case. */
export interface RemindersSlice {
  /** Those that fell due, in order. */
  readonly reminded: readonly RemindersEventData['ReminderDue'][];
}

export const EMPTY_REMINDERS: RemindersSlice = { reminded: [] };
