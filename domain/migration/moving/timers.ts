import type { Timer } from '../../shared/process.ts';
import type { MigrationCommand } from '../command-types.ts';
import type { FullMigration } from '../state.ts';
import type { ParallelRun } from './state.ts';

/** Key of the timer of a parallel run; a term that is computed anew has a timer of its own. */
export function parallelRunKey({ endsOn }: ParallelRun): string {
  return `parallel-run-${endsOn}`;
}

/** The parallel run while it lasts; null: there is none, it is over, or the comune does without it. */
export function runningParallel({ migration, moving: { parallelRun, waiver } }: FullMigration): ParallelRun | null {
  return migration.state === 'PARALLEL_RUN' && parallelRun !== null && !parallelRun.over && waiver === null ? parallelRun : null;
}

/** When the parallel run may end, while the migration is not suspended. */
export function movingTimers(state: FullMigration): readonly Timer<MigrationCommand>[] {
  const run = runningParallel(state);
  return run === null ? [] : [{ key: parallelRunKey(run), at: run.overFrom, command: { type: 'EndParallelRun', data: { endsOn: run.endsOn } } }];
}
