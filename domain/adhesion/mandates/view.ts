import { addDays, civilDateOf, type CivilDate } from '../../shared/civil-date.ts';
import type { Reason } from '../../shared/reason.ts';
import { isUnconfirmed, lapseOf } from '../referents/confirmation.ts';
import { referentState } from '../referents/tenure.ts';
import type { OpenedCase } from '../state.ts';
import { powerToSign, tenureOf } from './offices.ts';
import { withdrawalOf } from './standing.ts';
import type { MandateFact } from './state.ts';
import type { HeldOffice, MandateChange } from './terms.ts';

/** What readers see of the mandates. */
export interface MandatesPart {
  /** The register of the offices of the comune, and what each change asks for. */
  readonly mandates: readonly MandateView[];
  /** What the changes known by now say against the member's signature, which stands; empty: nothing. */
  readonly signatureDoubts: readonly Reason[];
}

interface MandateView {
  readonly kind: MandateChange;
  readonly on: CivilDate;
  /** The office in which it put somebody, from that day up to (not with) the day of the next; null for a change that puts nobody in one. */
  readonly office: HeldOffice | null;
  /** Who that is; null where nobody said so. */
  readonly holder: string | null;
  /** Number of a delegation; null for any other change. */
  readonly actNo: string | null;
  readonly from: CivilDate | null;
  readonly to: CivilDate | null;
  /** First day on which a resignation is final; null for any other change. */
  readonly finalFrom: CivilDate | null;
  /** Day on which a resignation was withdrawn; null for one that was not, and for any other change. */
  readonly withdrawnOn: CivilDate | null;
  /** Last day of a suspension of the council, or of an acting mayor or a delegate where it is known; null for any other change. */
  readonly until: CivilDate | null;
  /** Last day to confirm the referents appointed before; null where none is asked for. */
  readonly confirmBy: CivilDate | null;
  /** Appointments that count still and lack the confirmation. */
  readonly unconfirmed: readonly string[];
  /** Appointments that expired for want of it. */
  readonly expired: readonly string[];
}

/** The part of the view that the mandates give. */
export function viewMandates(state: OpenedCase): MandatesPart {
  return { mandates: state.mandates.map((change) => viewMandate(state, change)), signatureDoubts: signatureDoubts(state) };
}

/** A change recorded after the signature may show that another office held the power to sign. */
function signatureDoubts(state: OpenedCase): readonly Reason[] {
  const { signature } = state.convention;
  return signature === null ? [] : (powerToSign(state, signature, civilDateOf(signature.signedAt))?.reasons ?? []);
}

function viewMandate(state: OpenedCase, change: MandateFact): MandateView {
  const { kind, on, confirmBy = null, finalFrom = null, until = null, actNo = null } = change;
  const { office, holder, from, to } = tenureOf(state, change) ?? { office: null, holder: null, from: null, to: null };
  const counting = state.referents.filter((referent) => ['APPOINTED', 'ACTIVE', 'SUSPENDED'].includes(referentState(state, referent)));
  // By the day, not by the change that lapsed first: several changes may ask for a confirmation by the same day.
  const lapsedFrom = confirmBy === null ? null : addDays(confirmBy, 1);
  const expired = state.referents.filter((referent) => (
    referentState(state, referent) === 'EXPIRED' && lapseOf(state, referent)?.from === lapsedFrom && isUnconfirmed(state, referent, change)));
  return {
    kind, on, office, holder, actNo, from, to, finalFrom, withdrawnOn: withdrawalOf(state, change)?.on ?? null, until, confirmBy,
    unconfirmed: counting.filter((referent) => isUnconfirmed(state, referent, change)).map(({ appointmentId }) => appointmentId),
    expired: expired.map(({ appointmentId }) => appointmentId),
  };
}
