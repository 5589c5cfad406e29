import { addDays, addHours, civilDateOf, startOfDay, type Instant } from '../../shared/civil-date.ts';
import { endOf } from '../membership/standing.ts';
import type { ReminderPolicy } from '../policies.ts';
import { holderOf } from '../referents/standing.ts';
import type { Addressee, Reminder } from '../reminders/reminder.ts';
import type { OpenedCase } from '../state.ts';
import { assessedServices, awarenessOf, dpiaNeedOf, dpiaState, dpoContactOf, isMemberToBeTold, openDuties } from './standing.ts';
import type { Breach } from './state.ts';
import { noticesRunning } from './timers.ts';

/** Key of the escalation of a clock that ran out; what it names is overdue once it was said. */
export function overdueKey({ version }: Pick<Breach, 'version'>, what: string): string {
  return `breach-${version}-${what}-overdue`;
}

/** The member is reminded of the contact of its DPO, of an impact assessment and of a term to object; of the clocks of a breach who owes is warned some hours before, and the head of the comune told of one that ran out. */
export function processingReminders(state: OpenedCase, policy: ReminderPolicy): readonly Reminder[] {
  const { reminderDays, reminderHours } = state.opening.policies.processing;
  return [
    ...onDpo(state, policy),
    ...onImpact(state, policy),
    ...noticesRunning(state).map(({ version, objectBy, at }): Reminder => ({
      key: `objection-${version}`, at: startOfDay(addDays(objectBy, -reminderDays)), since: at, level: 'REMINDER', to: 'REFERENT', what: 'ObjectToSubprocessor', dueOn: objectBy,
    })),
    ...state.processing.breaches.flatMap((breach) => ofBreach(breach, reminderHours)),
  ];
}

/** Of each DPO anew; nothing after the end of the convention. */
function onDpo(state: OpenedCase, { dpoContact: days }: ReminderPolicy): readonly Reminder[] {
  const dpo = holderOf(state, 'DPO');
  if (days === null || dpo === undefined || dpoContactOf(state) !== null || endOf(state) !== null) return [];
  const { appointmentId, actOn, at } = dpo;
  return [{ key: `dpo-contact-${appointmentId}-${actOn}`, at: startOfDay(addDays(actOn, days)), since: at, level: 'REMINDER', to: 'REFERENT', what: 'RecordDpoContact', dueOn: null }];
}

/** An assessment that was declared necessary and is not there. */
function onImpact(state: OpenedCase, { dpia: days }: ReminderPolicy): readonly Reminder[] {
  if (days === null || endOf(state) !== null) return [];
  return assessedServices(state).filter((service) => dpiaState(state, service) === 'NEEDED').flatMap((service) => dpiaNeedOf(state, service) ?? []).map(({ version, on, at }) => (
    { key: `dpia-${version}`, at: startOfDay(addDays(on, days)), since: at, level: 'REMINDER', to: 'REFERENT', what: 'RecordDpia', dueOn: null }));
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
