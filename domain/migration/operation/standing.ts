import { stageOf } from '../saga/standing.ts';
import type { MigrationStage } from '../stages.ts';
import type { FullMigration, OpenedMigration } from '../state.ts';
import type { Defect } from './state.ts';
import type { Severity } from './severity.ts';

/** Defects that nobody has resolved. */
export function openDefects({ operation: { defects } }: OpenedMigration): readonly Defect[] {
  return defects.filter(({ resolved }) => resolved === null);
}

const IN_USE: ReadonlySet<MigrationStage> = new Set<MigrationStage>(['HYPERCARE', 'OPERATING', 'DECOMMISSIONING_OLD']);

/** The comune works with the new service. */
export function isInUse(state: OpenedMigration): boolean {
  return IN_USE.has(stageOf(state));
}

/** People work with the service. It goes on when its migration is closed, unless it was closed because it had retired. */
export function isServing(state: FullMigration): boolean {
  return isInUse(state) || (state.migration.state === 'CLOSED' && state.operation.retires !== true);
}

/** The service holds data of the comune: it has them returned and deleted when it retires. */
export function holdsData({ migration: { pinned } }: FullMigration): boolean {
  return pinned.gates.includes('DATA_MIGRATION') || pinned.personalData !== 'NONE';
}

/** It retires, and its data are not returned yet. */
export function owesData(state: FullMigration): boolean {
  return holdsData(state) && state.operation.returned === null;
}

export function openOf(state: FullMigration, severity: Severity): readonly Defect[] {
  return openDefects(state).filter((defect) => defect.severity === severity);
}
