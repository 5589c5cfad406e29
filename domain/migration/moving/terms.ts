import type { CivilDate } from '../../shared/civil-date.ts';
import type { FullMigration, MigrationState } from '../state.ts';

/** Terms of service levels that run in this area, each with its last day: they stand still while the migration is suspended. */
export function movingTerms(_state: FullMigration): Readonly<Record<string, CivilDate>> {
  return {};
}

/** The same terms with the last days that the resumption has computed anew; those of other areas are not of this one. */
export function withMovingTerms(state: MigrationState, _terms: Readonly<Record<string, CivilDate>>): MigrationState {
  return state;
}
