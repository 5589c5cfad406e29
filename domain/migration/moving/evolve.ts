import type { MigrationState } from '../state.ts';
import type { MovingEvent } from './events.ts';

/** Folds one event of this area; `state.version` is already its version. */
export function evolveMoving(state: MigrationState, _event: MovingEvent): MigrationState {
  return state;
}
