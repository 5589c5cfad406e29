import type { MigrationState } from '../state.ts';
import type { GroundsEvent } from './events.ts';

/** Folds one event of what the adhesion told. */
export function evolveGrounds(state: MigrationState, { data: { grounds, asOf, at } }: GroundsEvent): MigrationState {
  return { ...state, grounds: { known: grounds, asOf, at } };
}
