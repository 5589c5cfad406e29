import { startOfNextDay } from '../../shared/civil-date.ts';
import type { Timer } from '../../shared/process.ts';
import type { AdhesionCommand } from '../command-types.ts';
import type { AdhesionState } from '../state.ts';
import { changesUnanswered } from './confirmation.ts';

/** Who is not confirmed in time holds the role no more from the day after. */
export function mandatesTimers(state: AdhesionState): readonly Timer<AdhesionCommand>[] {
  return changesUnanswered(state).map(({ version, confirmBy }) => ({
    key: `confirmation-${version}`, at: startOfNextDay(confirmBy), command: { type: 'LapseConfirmation', data: { change: version } },
  }));
}
