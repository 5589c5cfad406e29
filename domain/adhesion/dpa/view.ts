import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { OpenedCase } from '../state.ts';
import { dpaState } from './standing.ts';
import type { DataReturn, DpaState } from './terms.ts';

/** What readers see of the data processing agreement. */
export interface DpaPart {
  readonly dpa: {
    readonly state: DpaState;
    readonly sha256: string | null;
    readonly signedAt: Instant | null;
    readonly countersignedAt: Instant | null;
    readonly inForceOn: CivilDate | null;
    readonly dataReturn: { readonly outcome: DataReturn; readonly on: CivilDate; readonly protocolNo: string } | null;
  };
}

/** The part of the view that the agreement gives. */
export function viewDpa(state: OpenedCase): DpaPart {
  const { draft, signature, countersignature, dataReturn } = state.dpa;
  return {
    dpa: {
      state: dpaState(state),
      sha256: draft?.sha256 ?? null,
      signedAt: signature?.signedAt ?? null,
      countersignedAt: countersignature?.signedAt ?? null,
      inForceOn: countersignature?.inForceOn ?? null,
      dataReturn: dataReturn === null ? null : { outcome: dataReturn.outcome, on: dataReturn.on, protocolNo: dataReturn.protocolNo },
    },
  };
}
