import type { Instant } from '../shared/civil-date.ts';
import { refused, type Refused, type TellEffect } from '../shared/process.ts';
import type { Bilingual } from '../shared/bilingual.ts';
import type { MigrationStage } from './stages.ts';
import { isOpened, type Migration, type MigrationState, type OpenedMigration } from './state.ts';
import { migrationStage } from './words.ts';

/** Enters a stage, with what else changes of the migration; the adhesion is told. Of a migration that was never opened nothing changes. */
export function enter(state: MigrationState, stage: MigrationStage, at: Instant, more: Partial<Migration> = {}): MigrationState {
  if (!isOpened(state)) return state;
  const migration = { ...state.migration, ...more, state: stage, since: at };
  return { ...state, migration, owed: [...state.owed, note(migration, state.version)] };
}

function note({ id, adhesion, service, state }: Migration, version: number): TellEffect {
  return {
    key: `note-${state}@${version}`,
    kind: 'tell',
    input: {
      to: `adhesion/${adhesion}`,
      command: { type: 'NoteMigration', data: { id, service, state } },
      commandId: `migration/${id}@${version}`,
    },
  };
}

/** Why a command is not for the stage; `otherwise` says of which stage it is, after "the migration is …;". Null: it is. */
export function stageFault(state: OpenedMigration, stages: readonly MigrationStage[], otherwise: Bilingual): Refused | null {
  return stages.includes(state.migration.state) ? null : outOfTurn(state, otherwise);
}

/** The refusal of a command that is for another stage. */
export function outOfTurn({ migration }: OpenedMigration, otherwise: Bilingual): Refused {
  const { it, en } = migrationStage(migration.state);
  return refused('OUT_OF_TURN', { it: `La migrazione è ${it}; ${otherwise.it}`, en: `The migration is ${en}; ${otherwise.en}` });
}
