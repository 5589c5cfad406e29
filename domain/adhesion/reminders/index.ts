import { accepted, type Timer } from '../../shared/process.ts';
import type { AdhesionCommand, Command } from '../command-types.ts';
import { conventionReminders } from '../convention/reminders.ts';
import { deliberationReminders } from '../deliberation/reminders.ts';
import { dpaReminders } from '../dpa/reminders.ts';
import { duesReminders } from '../dues/reminders.ts';
import type { AdhesionEvent } from '../events.ts';
import { mandatesReminders } from '../mandates/reminders.ts';
import { membershipReminders } from '../membership/reminders.ts';
import { nisReminders } from '../nis/reminders.ts';
import { processingReminders } from '../processing/reminders.ts';
import { recognitionReminders } from '../recognition/reminders.ts';
import { referentsReminders } from '../referents/reminders.ts';
import { rule } from '../rule.ts';
import { isOpened, type AdhesionState, type OpenedCase } from '../state.ts';
import type { RemindersEvent } from './events.ts';
import { isInTime, isOfLate, type Reminder } from './reminder.ts';

/** What is still to be reminded of, in all areas; nothing in a case whose policies know no reminders. */
function pendingReminders(state: OpenedCase): readonly Reminder[] {
  const { reminders } = state.opening.policies;
  if (reminders === null) return [];
  const told = new Set(state.reminded.map(({ key }) => key));
  const all = [
    ...recognitionReminders(state), ...deliberationReminders(state, reminders), ...conventionReminders(state, reminders), ...dpaReminders(state, reminders),
    ...processingReminders(state, reminders), ...membershipReminders(state, reminders), ...referentsReminders(state, reminders), ...mandatesReminders(state, reminders),
    ...nisReminders(state, reminders), ...duesReminders(state),
  ];
  return all.filter((reminder) => isInTime(reminder) && !told.has(reminder.key));
}

/** A timer for each. */
export function reminderTimers(state: AdhesionState): readonly Timer<AdhesionCommand>[] {
  if (!isOpened(state)) return [];
  return pendingReminders(state).map(({ key, at }) => ({ key: `remind-${key}`, at, command: { type: 'Remind', data: { key } } }));
}

/** Falls due unless what it reminds of was done meanwhile. */
export const remind = rule<Command<'Remind'>['data'], object>({
  ground: () => ({}),
  decide: ({ state, data, context }) => {
    const reminder = pendingReminders(state).find(({ key }) => key === data.key);
    if (reminder === undefined) return accepted();
    const { key, level, to, what, dueOn } = reminder;
    return accepted<AdhesionEvent>({ type: 'ReminderDue', data: { key, level, to, what, dueOn, at: context.now } });
  },
});

/** Folds a reminder that fell due. Of those that time alone repeats the last is kept, from which the next one counts. */
export function evolveReminders(state: AdhesionState, { data }: RemindersEvent): AdhesionState {
  const { reminded } = state;
  return { ...state, reminded: [...(isOfLate(data) ? reminded.filter((told) => !isOfLate(told)) : reminded), data] };
}
