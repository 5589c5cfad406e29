import { addHours, compareInstants, startOfNextDay, type CivilDate, type Instant } from '../../shared/civil-date.ts';
import { hoursBetween } from '../../calendar/clock.ts';
import type { FullMigration, MigrationState } from '../state.ts';
import type { TermEnd } from '../suspension/terms.ts';
import { openDefects } from './standing.ts';

const HYPERCARE = 'hypercare';

/** Terms of service levels that run in this area, each with its last day: they stand still while the migration is suspended. */
export function operationTerms({ operation: { hypercare } }: FullMigration): Readonly<Record<string, CivilDate>> {
  return hypercare === null || hypercare.over ? {} : { [HYPERCARE]: hypercare.endsOn };
}

/** Terms in hours that run in this area: each later by the hours that it stood still, from the suspension, or from its own beginning, on. */
export function operationHours(state: FullMigration, suspendedAt: Instant, now: Instant): Readonly<Record<string, Instant>> {
  return Object.fromEntries(openDefects(state).flatMap(({ defectNo, reportedAt, dueAt, alarmAt }) => {
    if (dueAt === null || alarmAt !== null || compareInstants(dueAt, suspendedAt) <= 0) return [];
    const stoodFrom = compareInstants(reportedAt, suspendedAt) > 0 ? reportedAt : suspendedAt;
    return [[defectKey(defectNo), addHours(dueAt, hoursBetween(stoodFrom, now))]];
  }));
}

function defectKey(defectNo: string): string {
  return `defect-${defectNo}`;
}

/** The same terms as the resumption has computed them anew; those of other areas are not of this one. */
export function withOperationTerms(state: MigrationState, terms: Readonly<Record<string, TermEnd>>): MigrationState {
  const { operation } = state;
  const endsOn = terms[HYPERCARE];
  const hypercare = endsOn === undefined || operation.hypercare === null ? operation.hypercare : { ...operation.hypercare, endsOn, overFrom: startOfNextDay(endsOn) };
  const defects = operation.defects.map((defect) => ({ ...defect, dueAt: terms[defectKey(defect.defectNo)] ?? defect.dueAt }));
  return { ...state, operation: { ...operation, hypercare, defects } };
}
