import type { CivilDate, Instant } from '../../shared/civil-date.ts';

/** How a convention ended. */
export type EndCode = 'WITHDRAWN' | 'EXCLUDED' | 'EXPIRED' | 'NO_MANDATE';

/** The end of a convention: `on` is the last day on which it bound, of an exclusion or an annulment the day of the act. */
export interface End {
  readonly code: EndCode;
  readonly on: CivilDate;
  readonly at: Instant;
  /** Of an expiry the version of its event; absent in states kept by earlier versions. */
  readonly version?: number;
}

/** What a member withdraws by: its notice, or the revocation of its resolution after the conclusion. */
export type WithdrawalGround = 'NOTICE' | 'REVOCATION';
