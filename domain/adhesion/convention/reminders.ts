import { addDays, startOfDay, type CivilDate, type Instant } from '../../shared/civil-date.ts';
import type { ReminderPolicy } from '../policies.ts';
import type { Reminder } from '../reminders/reminder.ts';
import type { OpenedCase } from '../state.ts';

/** The Agency is reminded of its signature and of the registration on the day after they were due. */
export function conventionReminders({ convention }: OpenedCase, _policy: ReminderPolicy): readonly Reminder[] {
  const { signature, countersignature, registration, addendum } = convention;
  const reminders: Reminder[] = [];
  if (signature !== null && countersignature === null) {
    reminders.push(overdue('CountersignConvention', `countersignature-${signature.version}`, signature.countersignatureDueOn, signature.at));
  }
  if (countersignature !== null && registration === null) {
    reminders.push(overdue('RegisterConvention', `registration-${countersignature.version}`, countersignature.registrationDueOn, countersignature.at));
  }
  const added = addendum?.signature ?? null;
  if (added !== null) reminders.push(overdue('CountersignConvention', `countersignature-${added.version}`, added.countersignatureDueOn, added.at));
  return reminders;
}

function overdue(what: string, key: string, dueOn: CivilDate, since: Instant): Reminder {
  return { key, at: startOfDay(addDays(dueOn, 1)), since, level: 'REMINDER', to: 'OPERATOR', what, dueOn };
}
