import { startOfNextDay, type CivilDate, type Instant } from '../../shared/civil-date.ts';
import { ADDENDUM, boundFault, endedFault } from '../membership/rules/bound.ts';
import type { ReminderPolicy } from '../policies.ts';
import type { Reminder } from '../reminders/reminder.ts';
import type { OpenedCase } from '../state.ts';
import { latest } from '../turn.ts';
import { mandateFault, suspensionFault } from '../deliberation/rules/mandate.ts';

/** The Agency is reminded of its signature and of the registration on the day after they were due, of none that it may not do. */
export function conventionReminders(state: OpenedCase, _policy: ReminderPolicy): readonly Reminder[] {
  const { convention: { signature, countersignature, registration, addendum }, deliberation: { lifted } } = state;
  const reminders: Reminder[] = [];
  if (signature !== null && countersignature === null && mandateFault(state) === null) {
    reminders.push(overdue('CountersignConvention', `countersignature-${signature.version}`, signature.countersignatureDueOn, latest(signature.at, lifted?.at)));
  }
  if (countersignature !== null && registration === null && (endedFault(state) ?? suspensionFault(state)) === null) {
    const since = latest(countersignature.at, lifted?.at);
    reminders.push(overdue('RegisterConvention', `registration-${countersignature.version}`, countersignature.registrationDueOn, since));
  }
  const added = addendum?.signature ?? null;
  if (added !== null && boundFault(state, ADDENDUM) === null) {
    reminders.push(overdue('CountersignConvention', `countersignature-${added.version}`, added.countersignatureDueOn, latest(added.at, lifted?.at)));
  }
  return reminders;
}

function overdue(what: string, key: string, dueOn: CivilDate, since: Instant): Reminder {
  return { key, at: startOfNextDay(dueOn), since, level: 'REMINDER', to: 'OPERATOR', what, dueOn };
}
