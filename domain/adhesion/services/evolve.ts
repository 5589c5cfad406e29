import type { TellEffect } from '../../shared/process.ts';
import type { AdhesionState } from '../state.ts';
import type { ServicesEvent, ServicesEventData } from './events.ts';

/** Folds one event of the services; `state.version` is already its version. */
export function evolveServices(state: AdhesionState, event: ServicesEvent): AdhesionState {
  switch (event.type) {
    case 'MigrationRequested':
      return migrationRequested(state, event.data);
    case 'MigrationNoted': {
      const { id, state: now, asOf } = event.data;
      return { ...state, migrations: state.migrations.map((known) => (known.id === id ? { ...known, state: now, asOf, ...(now === 'RETIRING' && known.full?.tellsRetired === true ? { retired: true as const } : {}) } : known)) };
    }
    case 'CouncilSessionNoted':
      return { ...state, councilSessions: [...(state.councilSessions ?? []), event.data.sessionOn].toSorted() };
    case 'CouncilSessionWithdrawn':
      return { ...state, councilSessions: (state.councilSessions ?? []).filter((day) => day !== event.data.sessionOn) };
    case 'MigrationInformed':
      return migrationInformed(state, event.data);
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

/** The migration is a process of its own: the case owes it the command that opens it. */
function migrationRequested(state: AdhesionState, data: ServicesEventData['MigrationRequested']): AdhesionState {
  const { migrationId, service, plan, parameters, offered, grounds } = data;
  const { id = '', body = '' } = state.opening ?? {};
  const start: TellEffect = {
    key: `start-${service}@${state.version}`,
    kind: 'tell',
    input: {
      to: `migration/${migrationId}`,
      command: { type: 'OpenMigration', data: { id: migrationId, adhesion: id, body, service, plan, parameters, ...(offered === undefined ? {} : { offered }), ...(grounds === undefined ? {} : { grounds }) } },
      commandId: `adhesion/${id}@${state.version}`,
    },
  };
  const retirement = offered?.full?.tellsRetired === true ? { tellsRetired: true as const } : {};
  const full = grounds === undefined ? {} : { full: { dependsOn: offered?.full?.dependsOn ?? [], told: grounds, ...retirement } };
  return { ...state, migrations: [...state.migrations, { id: migrationId, service, state: 'REQUESTED', asOf: 0, ...full }], owed: [...state.owed, start] };
}

/** The migration is told, and it is remembered what. */
function migrationInformed(state: AdhesionState, { id, grounds }: ServicesEventData['MigrationInformed']): AdhesionState {
  const told: TellEffect = {
    key: `grounds-${id}@${state.version}`,
    kind: 'tell',
    input: { to: `migration/${id}`, command: { type: 'NoteGrounds', data: { grounds, asOf: state.version } }, commandId: `adhesion/${state.opening?.id ?? ''}@${state.version}` },
  };
  const migrations = state.migrations.map((known) => (known.id === id && known.full !== undefined ? { ...known, full: { ...known.full, told: grounds } } : known));
  return { ...state, migrations, owed: [...state.owed, told] };
}
