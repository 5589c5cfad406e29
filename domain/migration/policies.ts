/** The readings and service levels that a migration goes by, pinned in its first event. */
export interface MigrationPolicies {
  readonly policyVersion: '2026.3';
  /** Working days in which old and new run side by side. */
  readonly parallelRunWorkingDays: number;
  /** Working days of closer watch after the cutover. */
  readonly hypercareWorkingDays: number;
  /** Hours after the cutover from which it is no more undone without an act of the mayor or a manager. */
  readonly pointOfNoReturnHours: number;
  /** Hours for which a defect of severity 1 may stay open before what was done is undone by itself. */
  readonly severity1RollbackHours: number;
  /** Open defects of severity 2 with which a service may be cut over. */
  readonly maxSeverity2: number;
}

export const MIGRATION_POLICIES: MigrationPolicies = {
  policyVersion: '2026.3', parallelRunWorkingDays: 10, hypercareWorkingDays: 20, pointOfNoReturnHours: 72, severity1RollbackHours: 4, maxSeverity2: 3,
};
