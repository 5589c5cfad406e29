import { withUndo, type Undo } from '../saga/state.ts';
import { enter } from '../stage.ts';
import { isOpened, type MigrationState } from '../state.ts';
import type { MovingEvent } from './events.ts';

/** What was moved is deleted by people: no broker knows which data are the new ones. */
const DATA_MOVED: Undo = { step: 'data-moved', how: { kind: 'WORK', title: { it: 'Cancellare i dati migrati nel nuovo sistema', en: 'Delete the data that were moved into the new system' } } };

/** Folds one event of this area; `state.version` is already its version. */
export function evolveMoving(state: MigrationState, event: MovingEvent): MigrationState {
  const { moving } = state;
  switch (event.type) {
    case 'DataMigrationStarted':
      return enter(withUndo({ ...state, moving: { ...moving, started: event.data } }, DATA_MOVED), 'DATA_MIGRATION', event.data.at);
    case 'DataRunRecorded':
      return { ...state, moving: { ...moving, runs: [...moving.runs, event.data] } };
    case 'AcceptanceRecorded': {
      const recorded = { ...state, moving: { ...moving, acceptance: event.data } };
      // A service that moves no data waits for its acceptance in that stage already.
      return isOpened(state) && state.migration.state === 'ACCEPTANCE' ? recorded : enter(recorded, 'ACCEPTANCE', event.data.at);
    }
    case 'ParallelRunStarted': {
      const { startedOn, endsOn, overFrom, at } = event.data;
      return enter({ ...state, moving: { ...moving, parallelRun: { startedOn, endsOn, overFrom, at, over: false } } }, 'PARALLEL_RUN', at);
    }
    case 'ParallelRunWaived': {
      const waived = { ...state, moving: { ...moving, waiver: event.data } };
      return isOpened(state) && state.migration.state === 'PARALLEL_RUN' ? waived : enter(waived, 'PARALLEL_RUN', event.data.at);
    }
    case 'ParallelRunEnded':
      return moving.parallelRun === null ? state : { ...state, moving: { ...moving, parallelRun: { ...moving.parallelRun, over: true } } };
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}
