import type { Timer } from '../shared/process.ts';
import type { MigrationCommand } from './command-types.ts';
import { cutoverTimers } from './cutover/timers.ts';
import { movingTimers } from './moving/timers.ts';
import { operationTimers } from './operation/timers.ts';
import { planTimers } from './plan/timers.ts';
import { isEndedMigration, isFull, isOpened, type MigrationState } from './state.ts';
import { workItemTimers } from './work-items/timers.ts';

/** What happens by itself on days known before, in all areas; on the light track the terms of work items only, and nothing of service levels while suspended. */
export function timers(state: MigrationState): readonly Timer<MigrationCommand>[] {
  if (!isOpened(state) || isEndedMigration(state) || state.migration.state === 'SUSPENDED') return [];
  const byHand = workItemTimers(state);
  return !isFull(state) ? byHand : [...byHand, ...planTimers(state), ...movingTimers(state), ...cutoverTimers(state), ...operationTimers(state)];
}
