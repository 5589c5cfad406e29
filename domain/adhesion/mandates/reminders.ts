import { addDays, startOfDay } from '../../shared/civil-date.ts';
import type { ReminderPolicy } from '../policies.ts';
import type { Reminder } from '../reminders/reminder.ts';
import type { OpenedCase } from '../state.ts';
import { changesUnanswered } from './confirmation.ts';

/** Confirmations that are still asked for, of the mayor. */
export function mandatesReminders(state: OpenedCase, { beforeConfirmation }: ReminderPolicy): readonly Reminder[] {
  return changesUnanswered(state).flatMap(({ version, confirmBy, at }) => beforeConfirmation.map((days): Reminder => ({
    key: `confirmation-${version}-${days}`, at: startOfDay(addDays(confirmBy, -days)), since: at,
    level: 'REMINDER', to: 'MAYOR', what: 'ConfirmReferents', dueOn: confirmBy,
  })));
}
