import { addDays, startOfDay } from '../../shared/civil-date.ts';
import type { ReminderPolicy } from '../policies.ts';
import type { Reminder } from '../reminders/reminder.ts';
import type { OpenedCase } from '../state.ts';

/** What the deliberation reminds of: the receipt that does not come. */
export function deliberationReminders({ deliberation }: OpenedCase, _policy: ReminderPolicy): readonly Reminder[] {
  const { sending, receipt, attempt } = deliberation;
  if (sending === null || sending.receiptDueOn === null || receipt !== null) return [];
  const { receiptDueOn, at } = sending;
  return [{
    key: `receipt-${attempt}`, at: startOfDay(addDays(receiptDueOn, 1)), since: at, level: 'REMINDER', to: 'OPERATOR', what: 'ConfirmReceipt',
    dueOn: receiptDueOn,
  }];
}
