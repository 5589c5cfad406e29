import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { EventOf } from '../event.ts';
import type { Basis } from '../terms.ts';
import type { Office, SignatureForm, Term } from './terms.ts';

/** What happened to the convention, by type (`at`, `effectiveOn` and `basis`: see `AdhesionEventData`). */
export interface ConventionEventData {
  readonly BudgetCoverRecorded: { readonly covered: boolean; readonly actNo: string | null; readonly at: Instant };
  readonly ConventionSigned: SignatureData & { readonly countersignatureDueOn: CivilDate };
  readonly ConventionCountersigned: SignatureData & {
    readonly concludedAt: Instant;
    readonly concludedOn: CivilDate;
    readonly registrationDueOn: CivilDate;
  };
  /** A signature without the form required, or without a live certificate: the convention is void and is signed anew, whatever followed. */
  readonly ConventionVoided: SignatureData & { readonly code: VoidCode };
  readonly ConventionRegistered: {
    readonly repertoryNo: string;
    readonly protocolNo: string;
    /** Of its deposit in the preservation system; left out where none was said. */
    readonly preservationNo?: string;
    readonly registeredOn: CivilDate;
    readonly inForceOn: CivilDate;
    readonly inForceFrom: Instant;
    readonly endsOn: CivilDate;
    /** Not in what was registered by policies of 2026.1: such a convention is renewed and expires only once somebody opens its renewal. */
    readonly term?: Term;
    readonly basis: Basis;
    readonly at: Instant;
  };
  readonly ConventionEnteredIntoForce: { readonly inForceOn: CivilDate; readonly at: Instant };
  /** In Amministrazione trasparente (art. 23 D.Lgs. 33/2013), at an https address. */
  readonly ConventionPublished: { readonly on: CivilDate; readonly url: string; readonly at: Instant };
  /** Of the certificate of a signature (its version), learnt later. One of before the signature `voids` it: the event that says so follows. */
  readonly CertificateRevoked: { readonly signature: number; readonly revokedAt: Instant; readonly voids: boolean; readonly at: Instant };
  /** By an act of the manager, at once: what the convention leaves to him. */
  readonly ServicesAmended: Amendment & { readonly at: Instant };
  /** The council resolved another text, which both parties sign; until then the text in force stays. */
  readonly AmendmentResolved: Amendment & { readonly renews: boolean; readonly at: Instant };
  readonly AddendumSigned: SignatureData & { readonly countersignatureDueOn: CivilDate };
  /** A signature that is none: the addendum is signed anew, the convention stays as it is. */
  readonly AddendumVoided: SignatureData & {
    readonly code: VoidCode;
    /** Version of the conclusion that it undoes; left out while the addendum was not concluded. */
    readonly undoes?: number;
  };
  readonly AddendumConcluded: SignatureData & {
    readonly concludedAt: Instant;
    readonly concludedOn: CivilDate;
    /** How long the renewed convention binds; null when the addendum does not renew it. */
    readonly term: Term | null;
    readonly basis: Basis;
  };
}

export type VoidCode = 'SIGNATURE_FORM' | 'CERTIFICATE_EXPIRED' | 'CERTIFICATE_REVOKED';

interface Amendment {
  readonly actNo: string;
  readonly actOn: CivilDate;
  readonly sha256: string;
}

export interface SignatureData {
  readonly signer: string;
  readonly office: Office;
  readonly signedAt: Instant;
  readonly form: SignatureForm;
  readonly certificateValidTo: Instant | null;
  readonly timestampedAt: Instant | null;
  readonly sha256: string;
  readonly at: Instant;
}

export type ConventionEvent = EventOf<ConventionEventData>;

/** Each event of the convention, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof ConventionEventData]: true } = {
  BudgetCoverRecorded: true, ConventionSigned: true, ConventionCountersigned: true, ConventionVoided: true, ConventionRegistered: true,
  ConventionEnteredIntoForce: true, ConventionPublished: true, CertificateRevoked: true, ServicesAmended: true, AmendmentResolved: true, AddendumSigned: true, AddendumVoided: true, AddendumConcluded: true,
};

/** True for an event of the convention. */
export function isConventionEvent(event: { readonly type: string }): event is ConventionEvent {
  return event.type in TYPES;
}
