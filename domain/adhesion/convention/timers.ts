import type { Timer } from '../../shared/process.ts';
import type { AdhesionCommand } from '../command-types.ts';
import { isSuspended } from '../deliberation/standing.ts';
import { endOf } from '../membership/standing.ts';
import type { AdhesionState } from '../state.ts';
import { timerKey } from '../timer-key.ts';

/** The convention comes into force by itself on a day known before; not while the resolution is suspended, but once that is lifted. */
export function conventionTimers(state: AdhesionState): readonly Timer<AdhesionCommand>[] {
  const { registration, registrationCount, inForce } = state.convention;
  if (registration === null || inForce || isSuspended(state.deliberation) || endOf(state) !== null) return [];
  const { inForceOn, inForceFrom } = registration;
  return [{ key: timerKey('in-force', registrationCount), at: inForceFrom, command: { type: 'BringIntoForce', data: { inForceOn } } }];
}
