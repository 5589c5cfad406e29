import { caseProcess, type CaseProcess } from '../shared/case.ts';
import { allowed } from './allowed.ts';
import type { MigrationCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { MigrationEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { initialMigration, isEnded, MIGRATION_STATE_SCHEMA, type MigrationState } from './state.ts';
import { waiting } from './waiting.ts';

export type { MigrationCommand } from './commands.ts';
export type { MigrationEvent } from './events.ts';
export type { Migration, MigrationStage, MigrationState, WorkItem } from './state.ts';
export { summarizeMigration, type MigrationSummary } from './summary.ts';
export { viewMigration, type MigrationView, type WorkItemView } from './view.ts';

/** One service of one member, from the request to its operation and its end. */
export const migration: CaseProcess<MigrationState, MigrationCommand, MigrationEvent> = caseProcess({
  name: 'migration',
  stateSchema: MIGRATION_STATE_SCHEMA,
  restore: (kept, stateSchema) => (stateSchema === MIGRATION_STATE_SCHEMA ? (kept as MigrationState) : null),
  // Manual work is recorded on a list that shows its order, so nothing is kept for later: out of turn is refused.
  parkable: new Set<string>(),
  initial: initialMigration,
  decide,
  evolve,
  timers: () => [],
  allowed,
  waiting: (state) => waiting(state),
  finished: (state) => state.migration !== null && isEnded(state.migration),
});
