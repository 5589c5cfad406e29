import { civilDateOf, type Instant } from '../shared/civil-date.ts';
import { isEndedMigration, type FullMigration } from './state.ts';
import { waiting } from './waiting.ts';

/** A day of the approved plan has gone by without what it was for, or a turn that has a last day; nothing of it while the migration is suspended. */
export function isLate(state: FullMigration, now: Instant): boolean {
  if (isEndedMigration(state) || state.migration.state === 'SUSPENDED') return false;
  const today = civilDateOf(now);
  return [...plannedDays(state), ...waiting(state).map(({ dueOn }) => dueOn)].some((day) => day !== null && day < today);
}

/** Days of the plan for what has not been done yet. */
function plannedDays({ migration: { state: stage }, planning: { proposal, approval }, moving: { started }, operation: { hypercare } }: FullMigration): readonly (string | null)[] {
  if (proposal === null || approval === null || hypercare !== null) return [];
  const { provisioningOn, dataMigrationOn, cutoverOn } = proposal;
  return [stage === 'PLAN_APPROVED' ? provisioningOn : null, started === null ? dataMigrationOn : null, cutoverOn];
}
