import type { Party } from '../shared/process.ts';
import { getMigration, type MigrationStage, type MigrationState } from './state.ts';
import { waiting } from './waiting.ts';

/** What lists and filters need of a migration. */
export interface MigrationSummary {
  readonly id: string;
  readonly adhesion: string;
  readonly body: string;
  readonly service: string;
  readonly state: MigrationStage;
  readonly waitingFor: readonly Party[];
}

/** The row of a migration in lists. Throws when the migration was never opened. */
export function summarizeMigration(state: MigrationState): MigrationSummary {
  const { id, adhesion, body, service, state: stage } = getMigration(state);
  return { id, adhesion, body, service, state: stage, waitingFor: [...new Set(waiting(state).map(({ who }) => who))] };
}
