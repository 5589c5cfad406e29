import type { Effect } from '../shared/process.ts';
import type { MigrationEvent } from './events.ts';
import type { Migration, MigrationState } from './state.ts';

/** `state.version` is already the version of this event. Total: an event without its ground changes nothing. */
export function evolve(state: MigrationState, event: MigrationEvent): MigrationState {
  if (event.type === 'MigrationRequested') return { ...state, migration: requested(event.data) };
  const { migration } = state;
  if (migration === null) return state;
  switch (event.type) {
    case 'ProvisioningStarted':
      return told(state, {
        ...migration,
        state: 'PROVISIONING',
        since: event.data.at,
        workItems: event.data.workItems.map((item) => ({ ...item, done: null })),
      });
    case 'WorkItemCompleted': {
      const { workItemId, completedOn, note, at } = event.data;
      const done = { on: completedOn, at, note };
      const workItems = migration.workItems.map((item) => (item.id === workItemId ? { ...item, done } : item));
      return { ...state, migration: { ...migration, workItems } };
    }
    case 'ServiceDelivered':
      return told(state, { ...migration, state: 'OPERATING', since: event.data.at, deliveredOn: event.data.deliveredOn });
    case 'MigrationCancelled':
      return told(state, { ...migration, state: 'CANCELLED', since: event.data.at, cancelReasons: event.data.reasons });
    case 'MigrationClosed':
      return told(state, { ...migration, state: 'CLOSED', since: event.data.at, closedOn: event.data.closedOn });
  }
}

type Requested = Extract<MigrationEvent, { type: 'MigrationRequested' }>['data'];

/** The adhesion asked for it, so it knows this state and is not told. */
function requested({ at, ...asked }: Requested): Migration {
  return { ...asked, state: 'REQUESTED', since: at, workItems: [], deliveredOn: null, closedOn: null, cancelReasons: null };
}

function told(state: MigrationState, migration: Migration): MigrationState {
  return { ...state, migration, owed: [...state.owed, note(migration, state.version)] };
}

function note({ id, adhesion, service, state }: Migration, version: number): Effect {
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
