import type { CalendarVersion } from '../calendar/holidays.ts';
import type { PolicyVersion } from './policies.ts';

/** The versions that a computed date comes from. */
export interface Basis {
  readonly policyVersion: PolicyVersion;
  readonly calendarVersion: CalendarVersion;
}

export type Phase = 'RECOGNITION' | 'DESIGN' | 'IMPLEMENTATION' | 'MANAGEMENT' | 'EXITING' | 'CLOSED';

/** Who prepared what another approves, by subject id. Noted only in cases whose policy is the two-person rule. */
export interface Prepared {
  readonly preparedBy?: string;
}
