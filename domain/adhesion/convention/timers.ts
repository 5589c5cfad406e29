import type { Timer } from '../../shared/process.ts';
import type { AdhesionCommand } from '../command-types.ts';
import { timerKey } from '../timer-key.ts';
import type { ConventionSlice } from './state.ts';

/** The convention comes into force by itself on a day known before. */
export function conventionTimers({ convention }: ConventionSlice): readonly Timer<AdhesionCommand>[] {
  const { registration, registrationCount, inForce } = convention;
  if (registration === null || inForce) return [];
  const { inForceOn, inForceFrom } = registration;
  return [{ key: timerKey('in-force', registrationCount), at: inForceFrom, command: { type: 'BringIntoForce', data: { inForceOn } } }];
}
