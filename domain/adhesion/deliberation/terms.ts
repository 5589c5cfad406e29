export type OpinionKind = 'TECHNICAL' | 'ACCOUNTING' | 'AUDITORS';
export type OpinionOutcome = 'FAVOURABLE' | 'UNFAVOURABLE';
export type Urgency = 'ORDINARY' | 'EXTRAORDINARY' | 'URGENT';
/** Organs that can adopt the resolution (art. 42 TUEL; a commissioner acts with the powers of the council). */
export type Organ = 'COUNCIL' | 'COMMISSIONER';
export type SessionOutcome = 'VOTED' | 'POSTPONED' | 'ITEM_WITHDRAWN' | 'NOT_REACHED' | 'NO_QUORUM';

/** Who suspends or annuls: a court, or the body itself in self-review. */
export type Authority = 'COURT' | 'BODY';

/** The text that every council must approve unchanged. */
export interface Template {
  readonly id: string;
  readonly version: number;
  readonly sha256: string;
}

export type DeliberationState =
  | 'NOT_STARTED' | 'PROPOSAL_SENT' | 'OPINIONS_PENDING' | 'AUDITORS_PENDING' | 'READY_FOR_COUNCIL' | 'CONVENED' | 'REJECTED'
  | 'APPROVED' | 'APPROVED_AMENDED' | 'PUBLISHED' | 'TRANSMITTED' | 'ACCEPTED' | 'RETURNED'
  | 'SUSPENDED_BY_COURT' | 'SUSPENDED_BY_BODY' | 'REVOKED' | 'ANNULLED';
export type Executivity = 'NONE' | 'PENDING' | 'IMMEDIATE' | 'EXECUTIVE';
export type Flag = 'ATTESTATION_INCONSISTENT' | 'MAJORITY_NOT_REACHED';
