import { caseProcess, type CaseProcess } from '../shared/case.ts';
import { allowed } from './allowed.ts';
import type { MigrationCommand } from './command-types.ts';
import { decide } from './decide.ts';
import type { MigrationEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { initialMigration, isEndedMigration, MIGRATION_STATE_SCHEMA, restoreMigration, type MigrationState } from './state.ts';
import { timers } from './timers.ts';
import { waiting } from './waiting.ts';

export type { MigrationCommand } from './command-types.ts';
export type { MigrationEvent, MigrationEventData } from './events.ts';
export { isEndedMigration } from './state.ts';
export type { Migration, MigrationStage, MigrationState, WorkItem } from './state.ts';
export { summarizeMigration, type MigrationSummary } from './summary.ts';
export { viewMigration, type MigrationView, type WorkItemView } from './view.ts';
export { workOrders, type WorkOrder } from './work-items/waiting.ts';

/**
 * One service of one member, from the request to its operation and its end. The schemas of its commands stand at the edge, in
 * commands.ts, and are not re-exported here: no zod may enter the workflow bundle.
 */
export const migration: CaseProcess<MigrationState, MigrationCommand, MigrationEvent> = caseProcess({
  name: 'migration',
  stateSchema: MIGRATION_STATE_SCHEMA,
  restore: restoreMigration,
  // Work is recorded on a list that shows its order, and gates say what is missing, so nothing is kept for later: out of turn is refused.
  parkable: new Set<string>(),
  initial: initialMigration,
  decide,
  evolve,
  timers,
  allowed,
  waiting: (state) => waiting(state),
  finished: isEndedMigration,
});
