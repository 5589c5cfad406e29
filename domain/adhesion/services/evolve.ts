import type { Effect } from '../../shared/process.ts';
import type { AdhesionState } from '../state.ts';
import type { ServicesEvent, ServicesEventData } from './events.ts';

/** Folds one event of the services; `state.version` is already its version. */
export function evolveServices(state: AdhesionState, event: ServicesEvent): AdhesionState {
  switch (event.type) {
    case 'MigrationRequested':
      return migrationRequested(state, event.data);
    case 'MigrationNoted': {
      const { id, state: now, asOf } = event.data;
      return { ...state, migrations: state.migrations.map((known) => (known.id === id ? { ...known, state: now, asOf } : known)) };
    }
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

/** The migration is a process of its own: the case owes it the command that opens it. */
function migrationRequested(state: AdhesionState, data: ServicesEventData['MigrationRequested']): AdhesionState {
  const { migrationId, service, plan, parameters, offered } = data;
  const { id = '', body = '' } = state.opening ?? {};
  const start: Effect = {
    key: `start-${service}@${state.version}`,
    kind: 'tell',
    input: {
      to: `migration/${migrationId}`,
      command: { type: 'OpenMigration', data: { id: migrationId, adhesion: id, body, service, plan, parameters, ...(offered === undefined ? {} : { offered }) } },
      commandId: `adhesion/${id}@${state.version}`,
    },
  };
  return { ...state, migrations: [...state.migrations, { id: migrationId, service, state: 'REQUESTED', asOf: 0 }], owed: [...state.owed, start] };
}
