import { addDays, startOfDay } from '../../shared/civil-date.ts';
import type { Reminder } from '../reminders/reminder.ts';
import type { OpenedCase } from '../state.ts';
import { changesUnanswered } from './confirmation.ts';

/** Days before the last day to confirm on which the mayor is reminded. */
const DAYS_BEFORE = [15, 1] as const;

/** Confirmations that are still asked for. */
export function mandatesReminders(state: OpenedCase): readonly Reminder[] {
  return changesUnanswered(state).flatMap(({ version, confirmBy, at }) => DAYS_BEFORE.map((days): Reminder => ({
    key: `confirmation-${version}-${days}`, at: startOfDay(addDays(confirmBy, -days)), since: at,
    level: 'REMINDER', to: 'MAYOR', what: 'ConfirmReferents', dueOn: confirmBy,
  })));
}
