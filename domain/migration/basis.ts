import type { CalendarVersion } from '../calendar/holidays.ts';
import type { MigrationPolicies } from './policies.ts';
import type { FullMigration } from './state.ts';

/** The versions that a computed date comes from. */
export interface Basis {
  readonly policyVersion: MigrationPolicies['policyVersion'];
  readonly calendarVersion: CalendarVersion;
}

/** The versions that this migration's dates are computed by. */
export function basisOf({ migration: { pinned: { policies: { policyVersion }, calendarVersion } } }: FullMigration): Basis {
  return { policyVersion, calendarVersion };
}
