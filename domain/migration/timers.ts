import type { Timer } from '../shared/process.ts';
import type { MigrationCommand } from './command-types.ts';
import { cutoverTimers } from './cutover/timers.ts';
import { movingTimers } from './moving/timers.ts';
import { operationTimers } from './operation/timers.ts';
import { isEndedMigration, isFull, type MigrationState } from './state.ts';

/** What happens by itself on days known before, in all areas; nothing on the light track, and nothing of service levels while suspended. */
export function timers(state: MigrationState): readonly Timer<MigrationCommand>[] {
  if (!isFull(state) || isEndedMigration(state) || state.migration.state === 'SUSPENDED') return [];
  return [...movingTimers(state), ...cutoverTimers(state), ...operationTimers(state)];
}
