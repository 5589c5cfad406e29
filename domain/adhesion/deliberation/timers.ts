import type { Timer } from '../../shared/process.ts';
import type { AdhesionCommand } from '../command-types.ts';
import { timerKey } from '../timer-key.ts';
import { executivity, hasLostMandate } from './standing.ts';
import type { DeliberationSlice } from './state.ts';

/** The act ripens by itself on a day known before, suspended or not: the legal term runs on. What has lost its effect ripens no more. */
export function deliberationTimers({ deliberation }: DeliberationSlice): readonly Timer<AdhesionCommand>[] {
  const { publication, publicationCount } = deliberation;
  if (publication === null || executivity(deliberation) !== 'PENDING' || hasLostMandate(deliberation)) return [];
  const { executiveOn, executiveFrom } = publication;
  return [{ key: timerKey('executivity', publicationCount), at: executiveFrom, command: { type: 'RipenExecutivity', data: { executiveOn } } }];
}
