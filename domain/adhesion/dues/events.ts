import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { EventOf } from '../event.ts';
import type { DueKind, Settlement } from './terms.ts';

/** What happened to the account of an exit, by type (`at`, `effectiveOn`: see `AdhesionEventData`). */
export interface DuesEventData {
  readonly DueDeclared: {
    readonly dueNo: string;
    readonly kind: DueKind;
    /** Whole euro cents. */
    readonly amountCents: number;
    readonly on: CivilDate;
    readonly dueOn: CivilDate;
    readonly at: Instant;
  };
  readonly DueSettled: { readonly dueNo: string; readonly outcome: Settlement; readonly on: CivilDate; readonly protocolNo: string; readonly at: Instant };
}

export type DuesEvent = EventOf<DuesEventData>;

/** Each event of the account, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof DuesEventData]: true } = { DueDeclared: true, DueSettled: true };

/** True for an event of the account of an exit. */
export function isDuesEvent(event: { readonly type: string }): event is DuesEvent {
  return event.type in TYPES;
}
