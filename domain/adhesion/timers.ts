import type { Timer } from '../shared/process.ts';
import type { AdhesionCommand } from './command-types.ts';
import { isClosed } from './closing.ts';
import { conventionTimers } from './convention/timers.ts';
import { deliberationTimers } from './deliberation/timers.ts';
import { dpaTimers } from './dpa/timers.ts';
import { membershipTimers } from './membership/timers.ts';
import { reminderTimers } from './reminders/index.ts';
import type { AdhesionState } from './state.ts';

/** What happens by itself on days known before, in all areas; nothing in a closed case. */
export function timers(state: AdhesionState): readonly Timer<AdhesionCommand>[] {
  if (isClosed(state)) return [];
  return [...deliberationTimers(state), ...conventionTimers(state), ...dpaTimers(state), ...membershipTimers(state), ...reminderTimers(state)];
}
