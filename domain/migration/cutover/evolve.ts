import type { Instant } from '../../shared/civil-date.ts';
import { enter } from '../stage.ts';
import type { MigrationState } from '../state.ts';
import type { CutoverEvent } from './events.ts';

/** Folds one event of this area; `state.version` is already its version. */
export function evolveCutover(state: MigrationState, event: CutoverEvent): MigrationState {
  const { cutover } = state;
  switch (event.type) {
    case 'CutoverScheduled':
      return toScheduling({ ...state, cutover: { ...cutover, windows: event.data.no, schedule: event.data } }, event.data.at);
    case 'CutoverUnscheduled':
    case 'CutoverWindowMissed':
      return toScheduling({ ...state, cutover: { ...cutover, schedule: null } }, event.data.at);
    case 'CutoverDecided': {
      const decided = { ...state, cutover: { ...cutover, decision: event.data } };
      return event.data.go ? enter(decided, 'CUTOVER', event.data.at) : { ...decided, cutover: { ...decided.cutover, schedule: null } };
    }
    case 'CutoverRecorded': {
      const recorded = { ...state, cutover: { ...cutover, done: event.data } };
      return event.data.outcome === 'SUCCEEDED' ? recorded : toScheduling({ ...recorded, cutover: { ...recorded.cutover, schedule: null } }, event.data.at);
    }
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

/** A go is good for its window only. */
function toScheduling(state: MigrationState, at: Instant): MigrationState {
  return state.migration?.state === 'CUTOVER' ? enter(state, 'PARALLEL_RUN', at) : state;
}
