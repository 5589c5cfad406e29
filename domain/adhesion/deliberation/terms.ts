export type OpinionKind = 'TECHNICAL' | 'ACCOUNTING' | 'AUDITORS';
export type OpinionOutcome = 'FAVOURABLE' | 'UNFAVOURABLE';
export type Urgency = 'ORDINARY' | 'EXTRAORDINARY' | 'URGENT';
/** Organs that can adopt the resolution: the council (art. 42 TUEL), of other bodies than comuni their own; a commissioner acts with its powers. */
export type Organ = 'COUNCIL' | 'COMMISSIONER' | 'ASSEMBLY' | 'BOARD_OF_DIRECTORS';
export type SessionOutcome = 'VOTED' | 'POSTPONED' | 'ITEM_WITHDRAWN' | 'NOT_REACHED' | 'NO_QUORUM';

/** Who may ask for a session of the council (art. 39 c.2 TUEL): its mayor, or a fifth of its councillors. */
export type SessionAsker = 'MAYOR' | 'ONE_FIFTH';

/** Who suspends or annuls: a court, or the body itself in self-review. */
export type Authority = 'COURT' | 'BODY';

/** How a suspension ended: the order was rejected, expired by its own term, or was withdrawn. */
export const SUSPENSION_ENDS = ['REJECTED', 'EXPIRED', 'WITHDRAWN'] as const;
export type SuspensionEnd = (typeof SUSPENSION_ENDS)[number];

/** The text that every council must approve unchanged. */
export interface Template {
  readonly id: string;
  readonly version: number;
  readonly sha256: string;
}

export type DeliberationState =
  | 'NOT_STARTED' | 'PROPOSAL_SENT' | 'OPINIONS_PENDING' | 'AUDITORS_PENDING' | 'READY_FOR_COUNCIL' | 'CONVENED' | 'REJECTED'
  | 'APPROVED' | 'APPROVED_AMENDED' | 'PUBLISHED' | 'TRANSMITTED' | 'ACCEPTED' | 'RETURNED'
  | 'SUSPENDED_BY_COURT' | 'SUSPENDED_BY_BODY' | 'REVOKED' | 'ANNULLED' | 'RECTIFIED';
export type Executivity = 'NONE' | 'PENDING' | 'IMMEDIATE' | 'EXECUTIVE';
/**
 * What the operator looks at. The first five need a reason when the resolution is accepted all the same; the last two are
 * facts of the case.
 */
export type Flag =
  | 'ATTESTATION_INCONSISTENT' | 'FREEZE_VIOLATION' | 'WRONG_ORGAN' | 'COUNCIL_SUSPENDED' | 'COMMISSIONER_TERM_ENDED'
  | 'MAJORITY_NOT_REACHED' | 'RECTIFIED';
