import { enter } from '../stage.ts';
import type { MigrationState } from '../state.ts';
import type { SagaEvent } from './events.ts';

/** Folds one event of the saga; `state.version` is already its version. */
export function evolveSaga(state: MigrationState, event: SagaEvent): MigrationState {
  return enter(state, 'CANCELLED', event.data.at, { cancelReasons: event.data.reasons });
}
