import { enter } from '../stage.ts';
import type { MigrationState } from '../state.ts';
import type { PlanEvent } from './events.ts';

/** Folds one event of the plan; `state.version` is already its version. */
export function evolvePlan(state: MigrationState, event: PlanEvent): MigrationState {
  switch (event.type) {
    case 'PlanProposed': {
      const { approval, commitment } = state.planning;
      const proposed = { ...state, planning: { proposal: event.data, approval, commitment } };
      return state.migration?.state === 'PLAN_DRAFTED' ? proposed : enter(proposed, 'PLAN_DRAFTED', event.data.at);
    }
    case 'PlanLapsed':
      return { ...state, planning: { ...state.planning, lapsedAt: event.data.at } };
    case 'PlanApproved': {
      // An act of before that is recorded late: the draft had not lapsed.
      const { lapsedAt: _not, ...planning } = state.planning;
      return enter({ ...state, planning: { ...planning, approval: event.data } }, 'PLAN_APPROVED', event.data.at);
    }
    case 'SpendingCommitted':
      return { ...state, planning: { ...state.planning, commitment: event.data } };
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}
