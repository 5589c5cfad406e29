import type { MigrationNote, ServicesSlice } from './state.ts';

/** Ends of a migration. */
const ENDED: ReadonlySet<string> = new Set(['CLOSED', 'CANCELLED', 'REJECTED']);

/** Closed, and not because it retired: the service goes on. Of a request that keeps no word of a retirement nobody knows, and it counts as ended. */
export function goesOn({ state, full, retired }: MigrationNote): boolean {
  return state === 'CLOSED' && full?.tellsRetired === true && retired !== true;
}

/** What an exit has to end: the migrations that are not at their end, and those whose service goes on. */
export function standingServices({ migrations }: ServicesSlice): readonly MigrationNote[] {
  return migrations.filter((migration) => !ENDED.has(migration.state) || goesOn(migration));
}

/** The migrations that are not at their end. */
export function openMigrations({ migrations }: ServicesSlice): readonly MigrationNote[] {
  return migrations.filter(({ state }) => !ENDED.has(state));
}
