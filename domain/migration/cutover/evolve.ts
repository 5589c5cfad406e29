import type { MigrationState } from '../state.ts';
import type { CutoverEvent } from './events.ts';

/** Folds one event of this area; `state.version` is already its version. */
export function evolveCutover(state: MigrationState, _event: CutoverEvent): MigrationState {
  return state;
}
