import { addDays, startOfDay, type CivilDate } from '../../shared/civil-date.ts';
import { endOf } from '../membership/standing.ts';
import type { ReminderPolicy } from '../policies.ts';
import type { Reminder } from '../reminders/reminder.ts';
import type { OpenedCase } from '../state.ts';
import { referentState } from './tenure.ts';

/** Acceptances that do not come: on the day after so many days from the act, the appointed person first, then the mayor. */
export function referentsReminders(state: OpenedCase, { acceptance, acceptanceEscalation }: ReminderPolicy): readonly Reminder[] {
  if (endOf(state) !== null) return [];
  return state.referents.filter((referent) => referentState(state, referent) === 'APPOINTED').flatMap(({ appointmentId, actOn, acceptanceDueOn, at }) => {
    const owed = { since: at, what: 'AcceptAppointment', dueOn: acceptanceDueOn };
    return [
      { ...owed, key: `acceptance-${appointmentId}-${actOn}`, at: dayAfter(actOn, acceptance), level: 'REMINDER', to: 'REFERENT' },
      { ...owed, key: `acceptance-escalation-${appointmentId}-${actOn}`, at: dayAfter(actOn, acceptanceEscalation), level: 'ESCALATION', to: 'MAYOR' },
    ];
  });
}

function dayAfter(from: CivilDate, days: number): string {
  return startOfDay(addDays(from, days + 1));
}
