import { addDays, startOfDay } from '../../shared/civil-date.ts';
import type { ReminderPolicy } from '../policies.ts';
import type { Reminder } from '../reminders/reminder.ts';
import type { OpenedCase } from '../state.ts';
import { nisOverdueKey, nisTerms } from './standing.ts';

/** The NIS contact is told when the window of a year opens, and the mayor when its last days come; then it is the next year's turn. */
export function nisReminders(state: OpenedCase, { nis: days }: ReminderPolicy): readonly Reminder[] {
  const since = state.convention.registration?.at;
  if (days === null || since === undefined) return [];
  return nisTerms(state, days).flatMap(({ duty, year, from, to }): readonly Reminder[] => {
    const owed = { since, what: 'RecordNisDuty', dueOn: to } as const;
    return [
      { ...owed, key: `nis-${duty}-${year}`, at: startOfDay(from), level: 'REMINDER', to: 'REFERENT' },
      { ...owed, key: nisOverdueKey(duty, year), at: startOfDay(addDays(to, -days)), level: 'ESCALATION', to: 'MAYOR' },
    ];
  });
}
