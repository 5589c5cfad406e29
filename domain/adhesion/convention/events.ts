import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { EventOf } from '../event.ts';
import type { Basis } from '../terms.ts';
import type { Office, SignatureForm } from './terms.ts';

/** What happened to the convention, by type (`at`, `effectiveOn` and `basis`: see `AdhesionEventData`). */
export interface ConventionEventData {
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

export type ConventionEvent = EventOf<ConventionEventData>;

/** Each event of the convention, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof ConventionEventData]: true } = {
  ConventionSigned: true, ConventionCountersigned: true, ConventionVoided: true, ConventionRegistered: true, ConventionEnteredIntoForce: true,
};

/** True for an event of the convention. */
export function isConventionEvent(event: { readonly type: string }): event is ConventionEvent {
  return event.type in TYPES;
}
