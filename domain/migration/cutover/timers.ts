import type { Timer } from '../../shared/process.ts';
import type { MigrationCommand } from '../command-types.ts';
import type { FullMigration } from '../state.ts';

/** What happens by itself in this area, while the migration is not suspended. */
export function cutoverTimers(_state: FullMigration): readonly Timer<MigrationCommand>[] {
  return [];
}
