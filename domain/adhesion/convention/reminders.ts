import { addDays, startOfDay, startOfNextDay, type CivilDate, type Instant } from '../../shared/civil-date.ts';
import { ADDENDUM, boundFault, endedFault } from '../membership/rules/bound.ts';
import type { ReminderPolicy } from '../policies.ts';
import type { Reminder } from '../reminders/reminder.ts';
import type { OpenedCase } from '../state.ts';
import { latest } from '../turn.ts';
import { mandateFault, suspensionFault } from '../deliberation/rules/mandate.ts';

/** The Agency is reminded of its signature and of the registration on the day after they were due, of none that it may not do; the member of the publication. */
export function conventionReminders(state: OpenedCase, { transparency }: ReminderPolicy): readonly Reminder[] {
  const { convention: { signature, countersignature, registration, publication, addendum }, deliberation: { lifted } } = state;
  const reminders: Reminder[] = [];
  if (signature !== null && countersignature === null && mandateFault(state) === null) {
    reminders.push(overdue('CountersignConvention', `countersignature-${signature.version}`, signature.countersignatureDueOn, latest(signature.at, lifted?.at)));
  }
  if (countersignature !== null && registration === null && (endedFault(state) ?? suspensionFault(state)) === null) {
    const since = latest(countersignature.at, lifted?.at);
    reminders.push(overdue('RegisterConvention', `registration-${countersignature.version}`, countersignature.registrationDueOn, since));
  }
  if (countersignature !== null && publication === null && transparency !== null && (endedFault(state) ?? suspensionFault(state)) === null) {
    const { version, concludedOn, at: since } = countersignature;
    reminders.push({ key: `transparency-${version}`, at: startOfDay(addDays(concludedOn, transparency)), since, level: 'REMINDER', to: 'REFERENT', what: 'PublishConvention', dueOn: null });
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
