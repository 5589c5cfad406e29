import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { EventOf } from '../event.ts';
import type { DataReturn } from './terms.ts';

/** What happened to the data processing agreement, by type (`at`, `effectiveOn`: see `AdhesionEventData`). */
export interface DpaEventData {
  readonly DpaDrafted: { readonly sha256: string; readonly at: Instant };
  readonly DpaSigned: { readonly signedAt: Instant; readonly sha256: string; readonly at: Instant };
  readonly DpaCountersigned: {
    readonly signedAt: Instant;
    readonly sha256: string;
    readonly inForceOn: CivilDate;
    /** 00:00 in Rome of that day. */
    readonly inForceFrom: Instant;
    readonly at: Instant;
  };
  readonly DpaEnteredIntoForce: { readonly inForceOn: CivilDate; readonly at: Instant };
  /** A signature (its version) turned out to be none: the agreement is signed anew. */
  readonly DpaVoided: { readonly signature: number; readonly code: 'CERTIFICATE_REVOKED'; readonly at: Instant };
  readonly DataReturnConfirmed: { readonly outcome: DataReturn; readonly on: CivilDate; readonly protocolNo: string; readonly at: Instant };
}

export type DpaEvent = EventOf<DpaEventData>;

/** Each event of the agreement, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof DpaEventData]: true } = {
  DpaDrafted: true, DpaSigned: true, DpaCountersigned: true, DpaEnteredIntoForce: true, DpaVoided: true, DataReturnConfirmed: true,
};

/** True for an event of the agreement. */
export function isDpaEvent(event: { readonly type: string }): event is DpaEvent {
  return event.type in TYPES;
}
