import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { EventOf } from '../event.ts';
import type { Addressee, ReminderLevel } from './reminder.ts';

/** A reminder fell due; whoever sends messages reads it from here. */
export interface RemindersEventData {
  readonly ReminderDue: {
    readonly key: string;
    readonly level: ReminderLevel;
    readonly to: Addressee;
    readonly what: string;
    readonly dueOn: CivilDate | null;
    readonly at: Instant;
  };
}

export type RemindersEvent = EventOf<RemindersEventData>;

/** True for an event of the reminders. */
export function isRemindersEvent(event: { readonly type: string }): event is RemindersEvent {
  return event.type === 'ReminderDue';
}
