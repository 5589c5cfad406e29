import type { CalendarVersion } from '../calendar/holidays.ts';
import type { MigrationPolicies } from './policies.ts';
import type { Pinned } from './pinned.ts';

/** The versions that a computed date comes from. */
export interface Basis {
  readonly policyVersion: MigrationPolicies['policyVersion'];
  readonly calendarVersion: CalendarVersion;
}

/** The versions that this migration's dates are computed by. */
export function basisOf({ migration: { pinned: { policies: { policyVersion }, calendarVersion } } }: { readonly migration: { readonly pinned: Pinned } }): Basis {
  return { policyVersion, calendarVersion };
}
