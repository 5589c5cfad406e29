import { startOfNextDay } from '../../shared/civil-date.ts';
import type { Timer } from '../../shared/process.ts';
import type { MigrationCommand } from '../command-types.ts';
import type { FullMigration } from '../state.ts';

/** A plan that the comune does not approve before its first day is over can't be kept any more. */
export function planTimers({ migration, planning: { proposal, lapsedAt } }: FullMigration): readonly Timer<MigrationCommand>[] {
  if (migration.state !== 'PLAN_DRAFTED' || proposal === null || lapsedAt !== undefined) return [];
  const { provisioningOn } = proposal;
  return [{ key: `plan-lapse-${provisioningOn}`, at: startOfNextDay(provisioningOn), command: { type: 'LapsePlan', data: { provisioningOn } } }];
}
