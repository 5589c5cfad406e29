import type { Timer } from '../../shared/process.ts';
import type { AdhesionCommand } from '../command-types.ts';
import { endOf } from '../membership/standing.ts';
import type { AdhesionState } from '../state.ts';
import { subprocessorsOf, subprocessorState } from './standing.ts';
import type { Subprocessor } from './state.ts';

/** A sub-processor to whom nobody objects in time is admitted from the day after; nothing of it after the end of the convention. */
export function processingTimers(state: AdhesionState): readonly Timer<AdhesionCommand>[] {
  return noticesRunning(state).map((notice) => ({
    key: objectionKey(notice), at: notice.termEndedFrom, command: { type: 'EndObjectionTerm', data: { notice: notice.version } },
  }));
}

/** Notices whose term to object has not ended, as far as is known. */
export function noticesRunning(state: AdhesionState): readonly Subprocessor[] {
  return endOf(state) === null ? subprocessorsOf(state).filter((notice) => subprocessorState(notice) === 'NOTIFIED') : [];
}

/** Key of the timer of a notice. */
export function objectionKey({ version }: Subprocessor): string {
  return `objection-${version}`;
}
