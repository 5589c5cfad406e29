import { startOfNextDay, type CivilDate } from '../../shared/civil-date.ts';
import type { FullMigration, MigrationState } from '../state.ts';

const PARALLEL_RUN = 'parallel-run';

/** Terms of service levels that run in this area, each with its last day: they stand still while the migration is suspended. */
export function movingTerms({ moving: { parallelRun, waiver } }: FullMigration): Readonly<Record<string, CivilDate>> {
  return parallelRun === null || parallelRun.over || waiver !== null ? {} : { [PARALLEL_RUN]: parallelRun.endsOn };
}

/** The same terms with the last days that the resumption has computed anew; those of other areas are not of this one. */
export function withMovingTerms(state: MigrationState, { [PARALLEL_RUN]: endsOn }: Readonly<Record<string, CivilDate>>): MigrationState {
  const { moving } = state;
  if (endsOn === undefined || moving.parallelRun === null) return state;
  return { ...state, moving: { ...moving, parallelRun: { ...moving.parallelRun, endsOn, overFrom: startOfNextDay(endsOn) } } };
}
