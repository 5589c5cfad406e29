import { enter } from '../stage.ts';
import { isFull, type MigrationState } from '../state.ts';
import type { ProvisioningEvent } from './events.ts';

/** Folds one event of the provisioning; `state.version` is already its version. */
export function evolveProvisioning(state: MigrationState, event: ProvisioningEvent): MigrationState {
  switch (event.type) {
    case 'ProvisioningStarted':
      return enter(state, 'PROVISIONING', event.data.at, { workItems: event.data.workItems.map((item) => ({ ...item, done: null })) });
    case 'ProvisioningCompleted': {
      const done = { ...state, provisioning: { ...state.provisioning, doneOn: event.data.provisionedOn } };
      // Where no data are moved the acceptance comes next.
      return isFull(done) && !done.migration.pinned.gates.includes('DATA_MIGRATION') ? enter(done, 'ACCEPTANCE', event.data.at) : done;
    }
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}
