import type { Votes } from '../../calendar/majority.ts';
import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { TextRef } from '../../shared/text-ref.ts';
import type { EventOf } from '../event.ts';
import type { Basis, Prepared } from '../terms.ts';
import type { Authority, OpinionKind, OpinionOutcome, Organ, SessionAsker, SessionOutcome, SuspensionEnd, Template, Urgency } from './terms.ts';

/** What happened in the deliberation, by type (`at`, `effectiveOn` and `basis`: see `AdhesionEventData`). */
export interface DeliberationEventData {
  readonly ProposalSent: Sending;
  readonly ReceiptConfirmed: {
    readonly deliveredAt: Instant;
    readonly receivedOn: CivilDate;
    readonly opinionsDueOn: CivilDate;
    readonly basis: Basis;
    readonly at: Instant;
  };
  readonly OpinionRecorded: {
    readonly kind: OpinionKind;
    readonly outcome: OpinionOutcome;
    readonly givenOn: CivilDate;
    readonly onAmendment: boolean;
    readonly reasons: TextRef | null;
    /** Set when this opinion leaves only the auditors' to come. */
    readonly auditorsDueOn: CivilDate | null;
    readonly basis: Basis;
    readonly at: Instant;
  };
  readonly SessionRequested: {
    readonly by: SessionAsker;
    readonly on: CivilDate;
    /** Last day for the session (art. 39 c.2 TUEL). */
    readonly sessionDueOn: CivilDate;
    readonly basis: Basis;
    readonly at: Instant;
  };
  readonly CouncilConvened: {
    readonly call: 1 | 2;
    readonly urgency: Urgency;
    readonly noticeDeliveredAt: Instant;
    readonly sessionAt: Instant;
    readonly sessionOn: CivilDate;
    readonly basis: Basis;
    readonly at: Instant;
  };
  /** The item came before the organ and nothing was resolved: postponed, withdrawn, not reached, or no quorum. */
  readonly SessionHeldWithoutVote: {
    readonly organ: Organ;
    readonly heldOn: CivilDate;
    readonly outcome: Exclude<SessionOutcome, 'VOTED'>;
    /** Day to which the item was moved; left out where none was set. */
    readonly newSessionOn?: CivilDate;
    readonly at: Instant;
  };
  readonly ResolutionRejected: Ballot & { readonly code: 'MAJORITY_NOT_REACHED' };
  readonly ResolutionAdopted: Ballot & {
    readonly resolutionNo: string;
    readonly textSha256: string;
    readonly amended: boolean;
    readonly immediate: boolean;
    readonly immediateVotes: Votes | null;
    readonly immediateReasons: TextRef | null;
    readonly urgencyReasons: TextRef | null;
    readonly councilReasons: TextRef | null;
    /** Null of an act that is not published. */
    readonly publicationDueOn: CivilDate | null;
    /** Day of adoption for an act immediately executable, or executive by the statute of its body; else null. */
    readonly executiveOn: CivilDate | null;
    readonly gateOpensAt: Instant | null;
    readonly transmissionDueOn: CivilDate | null;
  };
  readonly ProposalResubmitted: Sending & { readonly attempt: number; readonly textChanged: boolean };
  readonly FurtherAttemptAllowed: { readonly attemptsAllowed: number; readonly reasons: TextRef; readonly at: Instant };
  readonly AmendmentAccepted: Prepared & { readonly reasons: TextRef; readonly at: Instant };
  readonly AmendmentResubmitted: Prepared & {
    readonly attempt: number;
    /** Session that amended the text: the new receipt comes after it. */
    readonly heldOn: CivilDate;
    readonly reasons: TextRef;
    readonly at: Instant;
  };
  readonly PublicationRecorded: PublicationDates & {
    readonly noticeBoardNo: string;
    readonly firstDay: CivilDate;
    /** What becomes of a certificate that was there before; only in an event that found one, and not in the first of this type. */
    readonly certificate?: CertificateJudged | null;
    readonly basis: Basis;
    readonly at: Instant;
  };
  /** The dates are those of the publication with all outages known by then, this one with them. */
  readonly BoardOutageRecorded: PublicationDates & {
    readonly day: CivilDate;
    readonly hoursDown: number;
    /** Whether it adds a day to the publication as it is known now. */
    readonly counts: boolean;
    /** What becomes of a certificate when the executive day moves before the signature; null: it stands as it is. */
    readonly certificate: CertificateJudged | null;
    readonly basis: Basis;
    readonly at: Instant;
  };
  readonly ExecutivityRipened: { readonly executiveOn: CivilDate; readonly at: Instant };
  readonly ExecutivityCertified: {
    readonly executiveOn: CivilDate;
    readonly certifiedOn: CivilDate;
    /** False when certified earlier than computed: the gate stays shut until the operator accepts it. */
    readonly consistent: boolean;
    readonly gateOpensAt: Instant | null;
    readonly basis: Basis;
    readonly at: Instant;
  };
  readonly ResolutionTransmitted: {
    readonly deliveredAt: Instant;
    readonly acceptanceDueOn: CivilDate;
    readonly basis: Basis;
    readonly at: Instant;
  };
  readonly ResolutionAccepted: {
    readonly overrideReason: TextRef | null;
    /** Opened by the override of an inconsistent certificate, else null. */
    readonly gateOpensAt: Instant | null;
    readonly at: Instant;
  };
  readonly ResolutionReturned: { readonly reasons: TextRef; readonly at: Instant };
  readonly ResolutionSuspended: { readonly by: Authority; readonly orderNo: string; readonly from: CivilDate; readonly at: Instant };
  readonly SuspensionLifted: {
    readonly on: CivilDate;
    readonly orderNo: string;
    /** Left out where nobody said. */
    readonly ground?: SuspensionEnd;
    /** Service levels that stood still meanwhile, as they run now; not in events of before 2026.2. */
    readonly dueOn?: ResumedTerms;
    readonly basis?: Basis;
    readonly at: Instant;
  };
  /** Works forward: `effectFrom` is its own day. The field is not in the first events of this type. */
  readonly ResolutionRevoked: { readonly actNo: string; readonly on: CivilDate; readonly effectFrom?: CivilDate; readonly at: Instant };
  /** Reaches back: `effectFrom` is the day of adoption. The field is not in the first events of this type. */
  readonly ResolutionAnnulled: {
    readonly actNo: string;
    readonly on: CivilDate;
    readonly by: Authority;
    readonly effectFrom?: CivilDate;
    readonly at: Instant;
  };
  /** A slip is noted and moves nothing; a change of substance asks for a new publication, by `publicationDueOn`. */
  readonly ResolutionRectified: {
    readonly actNo: string;
    readonly on: CivilDate;
    readonly substantial: boolean;
    readonly publicationDueOn: CivilDate | null;
    readonly basis: Basis;
    readonly at: Instant;
  };
}

/** The days of an act on the notice board, and those that follow from them. */
export interface PublicationDates {
  readonly publicationEndsOn: CivilDate;
  readonly removalOn: CivilDate;
  readonly challengeableUntil: CivilDate;
  readonly executiveOn: CivilDate;
  /** 00:00 in Rome of `executiveOn`: when the act ripens, unless it was immediate. */
  readonly executiveFrom: Instant;
  readonly transmissionDueOn: CivilDate;
}

/** A certificate measured against an executive day that was set anew. */
export interface CertificateJudged {
  readonly consistent: boolean;
  readonly gateOpensAt: Instant | null;
}

/** Last days of what is owed after a suspension; null: not owed, or not dated. */
export interface ResumedTerms {
  readonly publication: CivilDate | null;
  readonly transmission: CivilDate | null;
  readonly acceptance: CivilDate | null;
  /** Of the convention or of an addendum; this and the registration are not in the first events of this type. */
  readonly countersignature?: CivilDate | null;
  readonly registration?: CivilDate | null;
}

interface Sending extends Prepared {
  readonly template: Template;
  readonly sentAt: Instant;
  readonly receiptDueOn: CivilDate;
  readonly basis: Basis;
  readonly at: Instant;
}

interface Ballot {
  readonly organ: Organ;
  readonly heldOn: CivilDate;
  /** Null for a commissioner, who does not vote. */
  readonly councillorsPresent: number | null;
  readonly mayorPresent: boolean;
  readonly votes: Votes | null;
  readonly votesNeeded: number | null;
  readonly basis: Basis;
  readonly at: Instant;
}

export type DeliberationEvent = EventOf<DeliberationEventData>;

/** Each event of the deliberation, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof DeliberationEventData]: true } = {
  ProposalSent: true, ReceiptConfirmed: true, OpinionRecorded: true, SessionRequested: true, CouncilConvened: true, SessionHeldWithoutVote: true,
  ResolutionRejected: true, ResolutionAdopted: true, ProposalResubmitted: true, FurtherAttemptAllowed: true, AmendmentAccepted: true,
  AmendmentResubmitted: true, PublicationRecorded: true, BoardOutageRecorded: true, ExecutivityRipened: true, ExecutivityCertified: true, ResolutionTransmitted: true,
  ResolutionAccepted: true, ResolutionReturned: true, ResolutionSuspended: true, SuspensionLifted: true, ResolutionRevoked: true,
  ResolutionAnnulled: true, ResolutionRectified: true,
};

/** True for an event of the deliberation. */
export function isDeliberationEvent(event: { readonly type: string }): event is DeliberationEvent {
  return event.type in TYPES;
}
