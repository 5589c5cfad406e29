import type { MovingEventData } from './events.ts';

/** What this area keeps in the state of the migration. */
export interface MovingSlice {
  readonly moving: {
    readonly started: MovingEventData['DataMigrationStarted'] | null;
    /** Runs that moved data, in the order in which they were recorded. */
    readonly runs: readonly MovingEventData['DataRunRecorded'][];
    readonly acceptance: MovingEventData['AcceptanceRecorded'] | null;
    readonly parallelRun: ParallelRun | null;
    readonly waiver: MovingEventData['ParallelRunWaived'] | null;
  };
}

export interface ParallelRun extends Pick<MovingEventData['ParallelRunStarted'], 'startedOn' | 'endsOn' | 'overFrom' | 'at'> {
  /** Its working days are over. */
  readonly over: boolean;
}

export const EMPTY_MOVING: MovingSlice = { moving: { started: null, runs: [], acceptance: null, parallelRun: null, waiver: null } };
