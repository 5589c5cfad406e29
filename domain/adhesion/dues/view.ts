import type { CivilDate } from '../../shared/civil-date.ts';
import type { OpenedCase } from '../state.ts';
import { isAccountOpen, openDues } from './standing.ts';
import type { DueKind, Settlement } from './terms.ts';

/** What readers see of the account of an exit. */
export interface DuesPart {
  readonly account: {
    /** True while it keeps the case from closing. */
    readonly open: boolean;
    /** What is still to be paid, in euro cents. */
    readonly openCents: number;
    readonly dues: readonly DueView[];
  };
}

interface DueView {
  readonly dueNo: string;
  readonly kind: DueKind;
  readonly amountCents: number;
  readonly on: CivilDate;
  readonly dueOn: CivilDate;
  readonly settlement: { readonly outcome: Settlement; readonly on: CivilDate; readonly protocolNo: string } | null;
}

/** The part of the view that the account of an exit gives. */
export function viewDues(state: OpenedCase): DuesPart {
  return {
    account: {
      open: isAccountOpen(state),
      openCents: openDues(state).reduce((sum, { amountCents }) => sum + amountCents, 0),
      dues: state.dues.map(({ dueNo, kind, amountCents, on, dueOn, settlement }) => ({
        dueNo, kind, amountCents, on, dueOn,
        settlement: settlement === null ? null : { outcome: settlement.outcome, on: settlement.on, protocolNo: settlement.protocolNo },
      })),
    },
  };
}
