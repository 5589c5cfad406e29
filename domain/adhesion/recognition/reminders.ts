import { addDays, startOfDay, startOfNextDay } from '../../shared/civil-date.ts';
import { endOf } from '../membership/standing.ts';
import type { Reminder } from '../reminders/reminder.ts';
import type { OpenedCase } from '../state.ts';
import { latest } from '../turn.ts';
import { openInvitation, recognitionState } from './standing.ts';

/** What the recognition reminds of: an invitation that is not answered, a recognition that goes stale soon. */
export function recognitionReminders(state: OpenedCase): readonly Reminder[] {
  const isWithAgency = recognitionState(state.recognition) === 'SUBMITTED';
  return isWithAgency || endOf(state) !== null ? [] : [...onInvitation(state), ...onStaleness(state)];
}

function onInvitation({ recognition }: OpenedCase): readonly Reminder[] {
  const invitation = openInvitation(recognition);
  if (invitation === null || invitation.dueOn === null) return [];
  const { dueOn } = invitation;
  return [{
    key: `recognition-${recognition.invitationCount}`, at: startOfNextDay(dueOn), since: latest(invitation.at, recognition.returned?.at),
    level: 'REMINDER', to: 'REFERENT', what: 'SubmitRecognition', dueOn,
  }];
}

function onStaleness({ opening, recognition: { validation, validationCount, returned, stale } }: OpenedCase): readonly Reminder[] {
  if (validation === null || stale !== null) return [];
  const { staleOn } = validation;
  return [{
    key: `recognition-stale-${validationCount}`, at: startOfDay(addDays(staleOn, -opening.policies.recognition.reminderDays)),
    since: latest(validation.at, returned?.at), level: 'REMINDER', to: 'REFERENT', what: 'SubmitRecognition', dueOn: staleOn,
  }];
}
