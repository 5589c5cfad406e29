import type { Timer } from '../../shared/process.ts';
import type { MigrationCommand } from '../command-types.ts';
import type { FullMigration } from '../state.ts';

/** A window that nobody decided on is given up when it is over. */
export function cutoverTimers({ migration, cutover: { schedule } }: FullMigration): readonly Timer<MigrationCommand>[] {
  return migration.state === 'PARALLEL_RUN' && schedule !== null
    ? [{ key: `cutover-window-${schedule.no}`, at: schedule.to, command: { type: 'EndCutoverWindow', data: { no: schedule.no } } }]
    : [];
}
