import type { MigrationNote, ServicesSlice } from './state.ts';

/** Ends of a migration; after one the same service may be requested again. */
const ENDED: ReadonlySet<string> = new Set(['CLOSED', 'CANCELLED', 'REJECTED']);

/** The migrations that are not at their end. */
export function openMigrations({ migrations }: ServicesSlice): readonly MigrationNote[] {
  return migrations.filter(({ state }) => !ENDED.has(state));
}
