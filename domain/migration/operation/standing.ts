import type { FullMigration, OpenedMigration } from '../state.ts';
import type { Defect } from './state.ts';
import type { Severity } from './severity.ts';

/** Defects that nobody has resolved. */
export function openDefects({ operation: { defects } }: OpenedMigration): readonly Defect[] {
  return defects.filter(({ resolved }) => resolved === null);
}

export function openOf(state: FullMigration, severity: Severity): readonly Defect[] {
  return openDefects(state).filter((defect) => defect.severity === severity);
}
