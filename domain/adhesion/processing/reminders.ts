import { addDays, addHours, civilDateOf, startOfDay, type Instant } from '../../shared/civil-date.ts';
import type { Addressee, Reminder } from '../reminders/reminder.ts';
import type { OpenedCase } from '../state.ts';
import { awarenessOf, isMemberToBeTold, openDuties } from './standing.ts';
import type { Breach } from './state.ts';
import { noticesRunning } from './timers.ts';

/** Key of the escalation of a clock that ran out; what it names is overdue once it was said. */
export function overdueKey({ version }: Pick<Breach, 'version'>, what: string): string {
  return `breach-${version}-${what}-overdue`;
}

/** The member is reminded of a term to object; of the clocks of a breach who owes is warned some hours before, and the head of the comune told of one that ran out. */
export function processingReminders(state: OpenedCase): readonly Reminder[] {
  const { reminderDays, reminderHours } = state.opening.policies.processing;
  return [
    ...noticesRunning(state).map(({ version, objectBy, at }): Reminder => ({
      key: `objection-${version}`, at: startOfDay(addDays(objectBy, -reminderDays)), since: at, level: 'REMINDER', to: 'REFERENT', what: 'ObjectToSubprocessor', dueOn: objectBy,
    })),
    ...state.processing.breaches.flatMap((breach) => ofBreach(breach, reminderHours)),
  ];
}

function ofBreach(breach: Breach, hoursBefore: number): readonly Reminder[] {
  const { memberDueAt, version, at } = breach;
  if (memberDueAt !== null && isMemberToBeTold(breach)) {
    return clock({ version }, 'MEMBER', 'NotifyBreachToMember', 'OPERATOR', { at, dueAt: memberDueAt, hoursBefore });
  }
  const { version: known, at: since } = awarenessOf(breach);
  return openDuties(breach).flatMap(({ to, dueAt }) => clock({ version: known }, to, 'NotifyBreachToAuthority', 'REFERENT', { at: since, dueAt, hoursBefore }));
}

function clock(
  fact: Pick<Breach, 'version'>, name: string, what: string, to: Addressee, { at: since, dueAt, hoursBefore }: { readonly at: Instant; readonly dueAt: Instant; readonly hoursBefore: number },
): readonly Reminder[] {
  const dueOn = civilDateOf(dueAt);
  return [
    { key: `breach-${fact.version}-${name}`, at: addHours(dueAt, -hoursBefore), since, level: 'REMINDER', to, what, dueOn },
    { key: overdueKey(fact, name), at: dueAt, since, level: 'ESCALATION', to: 'MAYOR', what, dueOn },
  ];
}
