import type { Timer } from '../../shared/process.ts';
import type { AdhesionCommand } from '../command-types.ts';
import { isSuspended } from '../deliberation/standing.ts';
import { endOf } from '../membership/standing.ts';
import type { AdhesionState } from '../state.ts';
import { timerKey } from '../timer-key.ts';

/** The agreement comes into force by itself on a day known before; not while the resolution is suspended, but once that is lifted. */
export function dpaTimers(state: AdhesionState): readonly Timer<AdhesionCommand>[] {
  const { countersignature, countersignatureCount, inForce } = state.dpa;
  if (countersignature === null || inForce || isSuspended(state.deliberation) || endOf(state) !== null) return [];
  const { inForceOn, inForceFrom } = countersignature;
  return [{ key: timerKey('dpa-in-force', countersignatureCount), at: inForceFrom, command: { type: 'BringDpaIntoForce', data: { inForceOn } } }];
}
