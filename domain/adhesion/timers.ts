import type { Timer } from '../shared/process.ts';
import type { AdhesionCommand } from './command-types.ts';
import { isClosed } from './closing.ts';
import { conventionTimers } from './convention/timers.ts';
import { deliberationTimers } from './deliberation/timers.ts';
import { dpaTimers } from './dpa/timers.ts';
import { membershipTimers } from './membership/timers.ts';
import { processingTimers } from './processing/timers.ts';
import { recognitionTimers } from './recognition/timers.ts';
import { mandatesTimers } from './mandates/timers.ts';
import { vacancyTimers } from './referents/vacancies.ts';
import { reminderTimers } from './reminders/index.ts';
import type { AdhesionState } from './state.ts';

/** What happens by itself on days known before, in all areas; nothing in a closed case. */
export function timers(state: AdhesionState): readonly Timer<AdhesionCommand>[] {
  if (isClosed(state)) return [];
  return [
    ...recognitionTimers(state), ...deliberationTimers(state), ...conventionTimers(state), ...dpaTimers(state), ...processingTimers(state),
    ...membershipTimers(state), ...mandatesTimers(state), ...vacancyTimers(state), ...reminderTimers(state),
  ];
}
