import type { Votes } from '../calendar/majority.ts';
import type { CivilDate, Instant } from '../shared/civil-date.ts';
import type { TextRef } from '../shared/text-ref.ts';
import type { JsonObject } from '../migration/services.ts';
import type { AdhesionPolicies } from './policies.ts';
import type {
  Basis, Office, OpinionKind, OpinionOutcome, Organ, ReferentRole, SessionOutcome, SignatureForm, Template, Urgency,
} from './terms.ts';

/**
 * What happened, by type. `at` is when we knew (the command's receipt); the civil day on which a fact counted is the
 * event's `effectiveOn`. Every due date was computed once, by the policies and calendar of `basis`.
 */
export interface AdhesionEventData {
  readonly AdhesionOpened: {
    readonly id: string;
    readonly body: string;
    readonly istatCode: string;
    readonly name: string | null;
    readonly population: number;
    readonly policies: AdhesionPolicies;
    readonly at: Instant;
  };
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
    readonly publicationDueOn: CivilDate;
    /** Day of adoption for an act immediately executable, else null. */
    readonly executiveOn: CivilDate | null;
    readonly gateOpensAt: Instant | null;
    readonly transmissionDueOn: CivilDate | null;
  };
  readonly ProposalResubmitted: Sending & { readonly attempt: number; readonly textChanged: boolean };
  readonly FurtherAttemptAllowed: { readonly attemptsAllowed: number; readonly reasons: TextRef; readonly at: Instant };
  readonly AmendmentAccepted: { readonly reasons: TextRef; readonly at: Instant };
  readonly AmendmentResubmitted: {
    readonly attempt: number;
    /** Session that amended the text: the new receipt comes after it. */
    readonly heldOn: CivilDate;
    readonly reasons: TextRef;
    readonly at: Instant;
  };
  readonly PublicationRecorded: {
    readonly noticeBoardNo: string;
    readonly firstDay: CivilDate;
    readonly publicationEndsOn: CivilDate;
    readonly removalOn: CivilDate;
    readonly challengeableUntil: CivilDate;
    readonly executiveOn: CivilDate;
    /** 00:00 in Rome of `executiveOn`: when the act ripens, unless it was immediate. */
    readonly executiveFrom: Instant;
    readonly transmissionDueOn: CivilDate;
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
  readonly ConventionSigned: SignatureData & { readonly countersignatureDueOn: CivilDate };
  readonly ConventionCountersigned: SignatureData & {
    readonly concludedAt: Instant;
    readonly concludedOn: CivilDate;
    readonly registrationDueOn: CivilDate;
  };
  /** A signature without the form required, or without a live certificate: the convention is void and is signed anew. */
  readonly ConventionVoided: SignatureData & { readonly code: 'SIGNATURE_FORM' | 'CERTIFICATE_EXPIRED' };
  readonly ConventionRegistered: {
    readonly repertoryNo: string;
    readonly protocolNo: string;
    readonly registeredOn: CivilDate;
    readonly inForceOn: CivilDate;
    readonly inForceFrom: Instant;
    readonly endsOn: CivilDate;
    readonly basis: Basis;
    readonly at: Instant;
  };
  readonly ConventionEnteredIntoForce: { readonly inForceOn: CivilDate; readonly at: Instant };
  readonly ReferentAppointed: {
    readonly appointmentId: string;
    readonly role: ReferentRole;
    readonly subject: string;
    readonly actNo: string;
    readonly actOn: CivilDate;
    readonly service: string | null;
    readonly deputy: boolean;
    readonly acceptanceDueOn: CivilDate;
    readonly basis: Basis;
    readonly at: Instant;
  };
  readonly AppointmentAccepted: { readonly appointmentId: string; readonly acceptedAt: Instant; readonly at: Instant };
  readonly MigrationRequested: {
    readonly migrationId: string;
    readonly service: string;
    readonly plan: string;
    readonly parameters: JsonObject;
    readonly at: Instant;
  };
  readonly MigrationNoted: {
    readonly id: string;
    readonly service: string;
    readonly state: string;
    /** Version of the migration that told it: what was told earlier and comes later is not heard. */
    readonly asOf: number;
    readonly at: Instant;
  };
  readonly FactCorrected: Correction;
  readonly AdhesionClosed: { readonly reasons: TextRef; readonly at: Instant };
}

/** Facts that may be corrected while nothing later stands on them. */
export type CorrectableType =
  | 'ReceiptConfirmed' | 'OpinionRecorded' | 'CouncilConvened' | 'PublicationRecorded' | 'ExecutivityCertified' | 'ResolutionTransmitted'
  | 'ConventionRegistered' | 'ReferentAppointed' | 'AppointmentAccepted';

/** A correction: `corrects` is the version of the event it stands for, `data` are that event's data as they should have been. */
export type Correction = {
  readonly [Type in CorrectableType]: { readonly corrects: number; readonly type: Type; readonly data: AdhesionEventData[Type] };
}[CorrectableType];

interface Sending {
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

interface SignatureData {
  readonly signer: string;
  readonly office: Office;
  readonly signedAt: Instant;
  readonly form: SignatureForm;
  readonly certificateValidTo: Instant | null;
  readonly timestampedAt: Instant | null;
  readonly sha256: string;
  readonly at: Instant;
}

export type AdhesionEventType = keyof AdhesionEventData;

export type AdhesionEvent = {
  readonly [Type in AdhesionEventType]: { readonly type: Type; readonly data: AdhesionEventData[Type]; readonly effectiveOn?: CivilDate };
}[AdhesionEventType];
