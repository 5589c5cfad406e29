import { startOfNextDay, type CivilDate } from '../../shared/civil-date.ts';
import type { FullMigration, MigrationState } from '../state.ts';

const HYPERCARE = 'hypercare';

/** Terms of service levels that run in this area, each with its last day: they stand still while the migration is suspended. */
export function operationTerms({ operation: { hypercare } }: FullMigration): Readonly<Record<string, CivilDate>> {
  return hypercare === null || hypercare.over ? {} : { [HYPERCARE]: hypercare.endsOn };
}

/** The same terms with the last days that the resumption has computed anew; those of other areas are not of this one. */
export function withOperationTerms(state: MigrationState, { [HYPERCARE]: endsOn }: Readonly<Record<string, CivilDate>>): MigrationState {
  const { operation } = state;
  if (endsOn === undefined || operation.hypercare === null) return state;
  return { ...state, operation: { ...operation, hypercare: { ...operation.hypercare, endsOn, overFrom: startOfNextDay(endsOn) } } };
}
