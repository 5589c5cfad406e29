import type { Timer } from '../../shared/process.ts';
import type { AdhesionCommand } from '../command-types.ts';
import { timerKey } from '../timer-key.ts';
import { executivity } from './standing.ts';
import type { DeliberationSlice } from './state.ts';

/** The act ripens by itself on a day known before. */
export function deliberationTimers({ deliberation }: DeliberationSlice): readonly Timer<AdhesionCommand>[] {
  const { publication, publicationCount } = deliberation;
  if (publication === null || executivity(deliberation) !== 'PENDING') return [];
  const { executiveOn, executiveFrom } = publication;
  return [{ key: timerKey('executivity', publicationCount), at: executiveFrom, command: { type: 'RipenExecutivity', data: { executiveOn } } }];
}
