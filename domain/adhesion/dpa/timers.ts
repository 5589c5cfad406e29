import type { Timer } from '../../shared/process.ts';
import type { AdhesionCommand } from '../command-types.ts';
import { endOf } from '../membership/standing.ts';
import type { AdhesionState } from '../state.ts';
import { timerKey } from '../timer-key.ts';

/** Key of the timer that brings the agreement into force. */
export function dpaInForceKey({ dpa: { countersignatureCount } }: AdhesionState): string {
  return timerKey('dpa-in-force', countersignatureCount);
}

/** The agreement comes into force by itself on a day known before. */
export function dpaTimers(state: AdhesionState): readonly Timer<AdhesionCommand>[] {
  const { countersignature, inForce } = state.dpa;
  if (countersignature === null || inForce || endOf(state) !== null) return [];
  const { inForceOn, inForceFrom } = countersignature;
  return [{ key: dpaInForceKey(state), at: inForceFrom, command: { type: 'BringDpaIntoForce', data: { inForceOn } } }];
}
