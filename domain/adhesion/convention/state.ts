import type { Fact } from '../event.ts';
import type { ConventionEventData } from './events.ts';

/** What the convention keeps in the state of the case. */
export interface ConventionSlice {
  readonly convention: Convention;
}

export type ConventionFact<Type extends keyof ConventionEventData> = Fact<ConventionEventData[Type]>;

export interface Convention {
  /** The last word on the cover of the costs, which counts, after the one before, to which a correction of it goes back; states kept earlier hold every word. */
  readonly budget: readonly ConventionFact<'BudgetCoverRecorded'>[];
  readonly signature: ConventionFact<'ConventionSigned'> | null;
  readonly countersignature: ConventionFact<'ConventionCountersigned'> | null;
  /** The last signature that voided it, until it is signed anew. */
  readonly voided: ConventionFact<'ConventionVoided'> | null;
  readonly registration: ConventionFact<'ConventionRegistered'> | null;
  /** How often a first day in force was set: names the timer. */
  readonly registrationCount: number;
  readonly inForce: boolean;
  readonly publication: ConventionFact<'ConventionPublished'> | null;
  /** Of certificates of signatures, of the agreement on data too. */
  readonly revocations: readonly ConventionFact<'CertificateRevoked'>[];
  /** The text that the council resolved and both parties have yet to sign. */
  readonly addendum: PendingAddendum | null;
  /** What was added to the convention, in order. */
  readonly amendments: readonly ConcludedAmendment[];
}

export interface PendingAddendum {
  readonly resolved: ConventionFact<'AmendmentResolved'>;
  readonly signature: ConventionFact<'AddendumSigned'> | null;
  /** The last signature that was none, until it is signed anew. */
  readonly voided: ConventionFact<'AddendumVoided'> | null;
}

export type ConcludedAmendment =
  | { readonly kind: 'SERVICES'; readonly act: ConventionFact<'ServicesAmended'> }
  | { readonly kind: 'ESSENTIAL'; readonly act: ConventionFact<'AmendmentResolved'>; readonly conclusion: ConventionFact<'AddendumConcluded'> };

export const EMPTY_CONVENTION: ConventionSlice = {
  convention: {
    budget: [], signature: null, countersignature: null, voided: null, registration: null, registrationCount: 0, inForce: false, publication: null, revocations: [], addendum: null, amendments: [],
  },
};
