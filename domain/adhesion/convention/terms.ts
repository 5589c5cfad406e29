import type { CivilDate, Instant } from '../../shared/civil-date.ts';

export type Office =
  | 'MAYOR' | 'DEPUTY_MAYOR' | 'PRESIDENT' | 'COMMISSIONER' | 'MANAGER' | 'SECRETARY' | 'METROPOLITAN_MAYOR' | 'AGENCY_PRESIDENT' | 'AGENCY_DIRECTOR';
export type SignatureForm = 'PADES' | 'CADES' | 'ADVANCED' | 'HANDWRITTEN' | 'SCANNED';

/** EXCLUDING is that of a member that was excluded, until its exit is done; TERMINATED has a code that says by what (withdrawal, exclusion, lack of mandate). */
export type ConventionState =
  | 'DRAFT' | 'READY_TO_SIGN' | 'SIGNED_BY_MEMBER' | 'COUNTERSIGNED' | 'REGISTERED' | 'IN_FORCE' | 'VOID'
  | 'AMENDING' | 'RENEWED' | 'WITHDRAWING' | 'EXCLUDING' | 'EXPIRED' | 'TERMINATED';

/** SERVICES: what the convention leaves to the manager. ESSENTIAL: aims, cost rule, duration, which are the council's. */
export type AmendmentKind = 'SERVICES' | 'ESSENTIAL';

/** For how long a convention binds. */
export interface Term {
  readonly from: CivilDate;
  /** Last day: the day before the anniversary. */
  readonly endsOn: CivilDate;
  /** 00:00 in Rome of the day after the last. */
  readonly endedFrom: Instant;
  /** Day on which its renewal is opened, and 00:00 in Rome of it. */
  readonly renewalOpensOn: CivilDate;
  readonly renewalOpensFrom: Instant;
}
