import { addDays, civilDateOf, startOfDay, type CivilDate, type Instant } from '../../shared/civil-date.ts';
import { endOf } from '../membership/standing.ts';
import type { ReminderPolicy } from '../policies.ts';
import type { Reminder } from '../reminders/reminder.ts';
import type { OpenedCase } from '../state.ts';
import { signatureFault } from './rules/ground.ts';
import { dpaState } from './standing.ts';

/** The member is reminded of a text that it has not signed, and of the data at the end of the convention; in cases that pinned so. */
export function dpaReminders(state: OpenedCase, { dpaSignature, dataReturn }: ReminderPolicy): readonly Reminder[] {
  const { draft } = state.dpa;
  const end = endOf(state);
  const unsigned = draft !== null && dpaState(state) === 'DRAFT' && signatureFault(state) === null;
  const unreturned = end !== null && dpaState(state) === 'ENDING';
  return [
    ...(unsigned && dpaSignature !== null ? [toMember(`dpa-${draft.version}`, 'SignDpa', civilDateOf(draft.at), dpaSignature, draft.at)] : []),
    ...(unreturned && dataReturn !== null ? [toMember(`data-return-${end.on}`, 'ConfirmDataReturn', end.on, dataReturn, end.at)] : []),
  ];
}

function toMember(key: string, what: string, from: CivilDate, days: number, since: Instant): Reminder {
  return { key, at: startOfDay(addDays(from, days)), since, level: 'REMINDER', to: 'REFERENT', what, dueOn: null };
}
