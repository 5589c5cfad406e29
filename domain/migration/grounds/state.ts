import type { Instant } from '../../shared/civil-date.ts';
import type { Grounds } from './terms.ts';

/** What is known of the adhesion. */
export interface GroundsSlice {
  readonly grounds: {
    /** Null on the light track. */
    readonly known: Grounds | null;
    readonly asOf: number;
    readonly at: Instant;
  };
}

export const EMPTY_GROUNDS: GroundsSlice = { grounds: { known: null, asOf: 0, at: '' } };
