import { startOfNextDay } from '../../shared/civil-date.ts';
import type { Reminder } from '../reminders/reminder.ts';
import type { OpenedCase } from '../state.ts';
import { openDues } from './standing.ts';

/** The mayor is told of what was not paid by its last day. */
export function duesReminders(state: OpenedCase): readonly Reminder[] {
  return openDues(state).map(({ version, dueOn, at }) => ({
    key: `due-${version}`, at: startOfNextDay(dueOn), since: at, level: 'REMINDER', to: 'MAYOR', what: 'SettleDue', dueOn,
  }));
}
