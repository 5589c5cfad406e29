import { enter } from '../stage.ts';
import type { MigrationState } from '../state.ts';
import type { OperationEvent } from './events.ts';

/** Folds one event of this area; `state.version` is already its version. */
export function evolveOperation(state: MigrationState, event: OperationEvent): MigrationState {
  switch (event.type) {
    case 'ServiceDelivered':
      return enter(state, 'OPERATING', event.data.at, { deliveredOn: event.data.deliveredOn });
    case 'MigrationClosed':
      return enter(state, 'CLOSED', event.data.at, { closedOn: event.data.closedOn });
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}
