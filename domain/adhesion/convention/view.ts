import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import { viewExit, type ExitView } from '../membership/view.ts';
import type { OpenedCase } from '../state.ts';
import type { SignatureData } from './events.ts';
import { budgetOf, conventionState, voidedOf } from './standing.ts';
import type { ConcludedAmendment, PendingAddendum } from './state.ts';
import type { AmendmentKind, ConventionState } from './terms.ts';

/** What readers see of the convention. */
export interface ConventionPart {
  readonly convention: ConventionView;
}

type SignatureView = Pick<SignatureData, 'signer' | 'office' | 'signedAt' | 'form' | 'sha256'>;

interface ConventionView extends ExitView {
  readonly state: ConventionState;
  /** The last word on the cover of the costs; null: none was said. */
  readonly budget: { readonly covered: boolean; readonly actNo: string | null; readonly recordedAt: Instant } | null;
  readonly signature: SignatureView | null;
  readonly countersignature: SignatureView | null;
  readonly voidedBy: (SignatureView & { readonly code: string }) | null;
  readonly concludedOn: CivilDate | null;
  readonly repertoryNo: string | null;
  readonly protocolNo: string | null;
  /** Of its deposit in the preservation system. */
  readonly preservationNo: string | null;
  readonly registeredOn: CivilDate | null;
  readonly inForceOn: CivilDate | null;
  /** Where it is published in Amministrazione trasparente. */
  readonly publication: { readonly on: CivilDate; readonly url: string } | null;
  /** Of certificates of its signatures, of its addenda and of the data processing agreement, learnt after the signing. */
  readonly revocations: readonly { readonly signature: number; readonly revokedAt: Instant; readonly voids: boolean }[];
  /** What was added, and what is still to be signed. */
  readonly amendments: readonly AmendmentView[];
}

interface AmendmentView {
  readonly kind: AmendmentKind;
  readonly actNo: string;
  readonly actOn: CivilDate;
  readonly sha256: string;
  readonly renews: boolean;
  readonly signature: SignatureView | null;
  readonly voidedBy: (SignatureView & { readonly code: string }) | null;
  /** Day of the last signature, of an addendum of services day of the act; null while it is not signed by both. */
  readonly concludedOn: CivilDate | null;
}

/** The part of the view that the convention gives. */
export function viewConvention(state: OpenedCase): ConventionPart {
  return { convention: viewOf(state) };
}

function viewOf(state: OpenedCase): ConventionView {
  const { signature, countersignature, registration, publication, revocations, addendum, amendments } = state.convention;
  const voided = voidedOf(state);
  const budget = budgetOf(state);
  return {
    state: conventionState(state),
    budget: budget === null ? null : { covered: budget.covered, actNo: budget.actNo, recordedAt: budget.at },
    signature: signature === null ? null : viewSignature(signature),
    countersignature: countersignature === null ? null : viewSignature(countersignature),
    voidedBy: voided === null ? null : { ...viewSignature(voided), code: voided.code },
    concludedOn: countersignature?.concludedOn ?? null,
    repertoryNo: registration?.repertoryNo ?? null,
    protocolNo: registration?.protocolNo ?? null,
    preservationNo: registration?.preservationNo ?? null,
    registeredOn: registration?.registeredOn ?? null,
    inForceOn: registration?.inForceOn ?? null,
    publication: publication === null ? null : { on: publication.on, url: publication.url },
    revocations: revocations.map(({ signature: revoked, revokedAt, voids }) => ({ signature: revoked, revokedAt, voids })),
    amendments: [...amendments.map(viewConcluded), ...(addendum === null ? [] : [viewPending(addendum)])],
    ...viewExit(state),
  };
}

function viewConcluded(amendment: ConcludedAmendment): AmendmentView {
  const { actNo, actOn, sha256 } = amendment.act;
  const shown = { actNo, actOn, sha256, voidedBy: null };
  return amendment.kind === 'SERVICES'
    ? { ...shown, kind: 'SERVICES', renews: false, signature: null, concludedOn: actOn }
    : { ...shown, kind: 'ESSENTIAL', renews: amendment.act.renews, signature: viewSignature(amendment.conclusion), concludedOn: amendment.conclusion.concludedOn };
}

function viewPending({ resolved, signature, voided }: PendingAddendum): AmendmentView {
  const { actNo, actOn, sha256, renews } = resolved;
  return {
    kind: 'ESSENTIAL', actNo, actOn, sha256, renews,
    signature: signature === null ? null : viewSignature(signature),
    voidedBy: voided === null ? null : { ...viewSignature(voided), code: voided.code },
    concludedOn: null,
  };
}

function viewSignature({ signer, office, signedAt, form, sha256 }: SignatureView): SignatureView {
  return { signer, office, signedAt, form, sha256 };
}
