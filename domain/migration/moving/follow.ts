import type { Context } from '../../shared/process.ts';
import type { MigrationEvent } from '../events.ts';
import type { FullMigration } from '../state.ts';

/** What follows by itself in this area from how the migration stands; nothing once it has happened. */
export function followMoving(_state: FullMigration, _context: Context): readonly MigrationEvent[] {
  return [];
}
