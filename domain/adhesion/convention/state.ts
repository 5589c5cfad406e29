import type { Fact } from '../event.ts';
import type { ConventionEventData } from './events.ts';

/** What the convention keeps in the state of the case. */
export interface ConventionSlice {
  readonly convention: Convention;
}

export type ConventionFact<Type extends keyof ConventionEventData> = Fact<ConventionEventData[Type]>;

export interface Convention {
  readonly signature: ConventionFact<'ConventionSigned'> | null;
  readonly countersignature: ConventionFact<'ConventionCountersigned'> | null;
  /** The last signature that voided it, until it is signed anew. */
  readonly voided: ConventionFact<'ConventionVoided'> | null;
  readonly registration: ConventionFact<'ConventionRegistered'> | null;
  /** How often a first day in force was set: names the timer. */
  readonly registrationCount: number;
  readonly inForce: boolean;
}

export const EMPTY_CONVENTION: ConventionSlice = {
  convention: { signature: null, countersignature: null, voided: null, registration: null, registrationCount: 0, inForce: false },
};
