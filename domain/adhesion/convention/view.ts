import type { CivilDate } from '../../shared/civil-date.ts';
import type { OpenedCase } from '../state.ts';
import type { ConventionEventData } from './events.ts';
import { conventionState } from './standing.ts';
import type { ConventionState } from './terms.ts';

/** What readers see of the convention. */
export interface ConventionPart {
  readonly convention: ConventionView;
  readonly dpa: { readonly state: 'NOT_STARTED' };
}

type SignatureView = Pick<ConventionEventData['ConventionVoided'], 'signer' | 'office' | 'signedAt' | 'form' | 'sha256'>;

interface ConventionView {
  readonly state: ConventionState;
  readonly signature: SignatureView | null;
  readonly countersignature: SignatureView | null;
  readonly voidedBy: (SignatureView & { readonly code: string }) | null;
  readonly concludedOn: CivilDate | null;
  readonly repertoryNo: string | null;
  readonly protocolNo: string | null;
  readonly registeredOn: CivilDate | null;
  readonly inForceOn: CivilDate | null;
  readonly endsOn: CivilDate | null;
}

/** The part of the view that the convention gives. */
export function viewConvention(state: OpenedCase): ConventionPart {
  return { convention: viewOf(state), dpa: { state: 'NOT_STARTED' } };
}

function viewOf(state: OpenedCase): ConventionView {
  const { signature, countersignature, voided, registration } = state.convention;
  return {
    state: conventionState(state),
    signature: signature === null ? null : viewSignature(signature),
    countersignature: countersignature === null ? null : viewSignature(countersignature),
    voidedBy: voided === null ? null : { ...viewSignature(voided), code: voided.code },
    concludedOn: countersignature?.concludedOn ?? null,
    repertoryNo: registration?.repertoryNo ?? null,
    protocolNo: registration?.protocolNo ?? null,
    registeredOn: registration?.registeredOn ?? null,
    inForceOn: registration?.inForceOn ?? null,
    endsOn: registration?.endsOn ?? null,
  };
}

function viewSignature({ signer, office, signedAt, form, sha256 }: SignatureView): SignatureView {
  return { signer, office, signedAt, form, sha256 };
}
