import { addHours, compareInstants, type Instant } from '../../shared/civil-date.ts';
import { cutoverAt } from '../cutover/standing.ts';
import type { MigrationStage } from '../stages.ts';
import type { OpenedMigration } from '../state.ts';

/** The moment from which what was done is not undone without an act; null before the cutover. */
export function pointOfNoReturn(state: OpenedMigration): Instant | null {
  const cutover = cutoverAt(state);
  const { pinned } = state.migration;
  return cutover === null || pinned === null ? null : addHours(cutover, pinned.policies.pointOfNoReturnHours);
}

/** True from the point of no return on. */
export function isBeyondReturn(state: OpenedMigration, now: Instant): boolean {
  const point = pointOfNoReturn(state);
  return point !== null && compareInstants(now, point) >= 0;
}

/** The stage that counts: of a suspended migration the one that it resumes. */
export function stageOf({ migration, suspension }: OpenedMigration): MigrationStage {
  return migration.state === 'SUSPENDED' ? suspension.from ?? 'REQUESTED' : migration.state;
}

const BEFORE_USE: readonly MigrationStage[] = ['REQUESTED', 'FEASIBILITY', 'PLAN_DRAFTED', 'PLAN_APPROVED', 'PROVISIONING', 'DATA_MIGRATION', 'ACCEPTANCE', 'PARALLEL_RUN', 'CUTOVER'];

/** Nobody works with the service yet. */
export function isBeforeUse(state: OpenedMigration): boolean {
  return BEFORE_USE.includes(stageOf(state));
}

/** From the approval of the plan on there is something to go back from. */
const TAKEN_BACK: readonly MigrationStage[] = ['PLAN_APPROVED', 'PROVISIONING', 'DATA_MIGRATION', 'ACCEPTANCE', 'PARALLEL_RUN', 'CUTOVER', 'HYPERCARE', 'OPERATING', 'DECOMMISSIONING_OLD'];

/** A roll-back may begin; once the service retires or its migration is closed there is no going back. */
export function mayBeTakenBack(state: OpenedMigration): boolean {
  return TAKEN_BACK.includes(stageOf(state));
}

/** True when something stands that a roll-back has to undo, or a call to the broker is under way whose end nobody knows yet. */
export function hasToUndo({ saga, provisioning }: OpenedMigration): boolean {
  return saga.done.length > 0 || provisioning.calls.some(({ state }) => state === 'PENDING');
}
