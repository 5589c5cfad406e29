import { addDays, startOfDay } from '../../shared/civil-date.ts';
import type { ReminderPolicy } from '../policies.ts';
import type { Reminder } from '../reminders/reminder.ts';
import type { OpenedCase } from '../state.ts';
import { isInForce, isLeaving, termOf } from './standing.ts';

/** Mayor and operator are told when the renewal opens, and the mayor again when the end of the convention is near. */
export function membershipReminders(state: OpenedCase, policy: ReminderPolicy): readonly Reminder[] {
  const term = termOf(state);
  if (term === null || !isInForce(state) || isLeaving(state)) return [];
  const { endsOn, renewalOpensFrom } = term;
  const owed = { since: sinceOf(state), what: 'AmendConvention', dueOn: endsOn } as const;
  return [
    { ...owed, key: `renewal-${endsOn}-mayor`, at: renewalOpensFrom, level: 'REMINDER', to: 'MAYOR' },
    { ...owed, key: `renewal-${endsOn}-operator`, at: renewalOpensFrom, level: 'REMINDER', to: 'OPERATOR' },
    { ...owed, key: `end-${endsOn}`, at: startOfDay(addDays(endsOn, -policy.conventionEnd)), level: 'ESCALATION', to: 'MAYOR' },
  ];
}

/** When the term that runs became known. */
function sinceOf({ opening, convention: { registration, amendments } }: OpenedCase): string {
  const renewed = amendments.findLast((amendment) => amendment.kind === 'ESSENTIAL' && amendment.conclusion.term !== null);
  return (renewed?.kind === 'ESSENTIAL' ? renewed.conclusion : registration)?.at ?? opening.at;
}
