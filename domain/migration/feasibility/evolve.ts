import { enter } from '../stage.ts';
import type { MigrationState } from '../state.ts';
import type { FeasibilityEvent } from './events.ts';

/** Folds one event of the feasibility; `state.version` is already its version. */
export function evolveFeasibility(state: MigrationState, event: FeasibilityEvent): MigrationState {
  switch (event.type) {
    case 'FeasibilityBegun':
      return enter(state, 'FEASIBILITY', event.data.at);
    case 'FeasibilityApproved':
      return { ...state, feasibility: { approvedAt: event.data.at } };
    case 'FeasibilityRejected':
      return enter(state, 'REJECTED', event.data.at, { cancelReasons: event.data.reasons });
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}
