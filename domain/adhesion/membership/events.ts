import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { TextRef } from '../../shared/text-ref.ts';
import type { Term } from '../convention/terms.ts';
import type { EventOf } from '../event.ts';
import type { Basis } from '../terms.ts';
import type { WithdrawalGround } from './terms.ts';

/** What happened to the membership, by type (`at`, `effectiveOn` and `basis`: see `AdhesionEventData`). */
export interface MembershipEventData {
  /** By hand, or by the clock on the day known before. `term` is the one that comes to its end. */
  readonly RenewalOpened: { readonly term: Term; readonly basis: Basis; readonly at: Instant };
  readonly WithdrawalNoticeGiven: {
    readonly ground: WithdrawalGround;
    /** Delivery of the notice by PEC; null for a revocation, which counts from its own day. */
    readonly deliveredAt: Instant | null;
    readonly actNo: string;
    readonly actOn: CivilDate;
    readonly noticeEndsOn: CivilDate;
    /** Last day on which the member is bound: the 31 December that follows the notice. */
    readonly effectOn: CivilDate;
    /** 00:00 in Rome of the day after. */
    readonly endedFrom: Instant;
    readonly basis: Basis;
    readonly at: Instant;
  };
  readonly MemberWithdrawn: { readonly effectOn: CivilDate; readonly at: Instant };
  /** What another operator carries out as it stands, by the two-person rule: the exclusion, or its correction (the version that it corrects, and why, where it was said). */
  readonly ExclusionPrepared: ExclusionAct & { readonly preparedBy: string; readonly corrects?: number; readonly reasons?: TextRef; readonly at: Instant };
  readonly MemberExcluded: ExclusionAct & { readonly basis: Basis; readonly at: Instant };
  readonly ConventionExpired: { readonly endsOn: CivilDate; readonly at: Instant };
  /**
   * A renewal that was concluded by the last day became known after it: the convention never ended. The exit ends where it
   * stands: agreement, services and referents go on as they are, what was closed meanwhile stays closed.
   */
  readonly ExpiryTakenBack: {
    /** Version of the `ConventionExpired` that it undoes; null where an older state did not keep it. */
    readonly expiry: number | null;
    readonly endsOn: CivilDate;
    readonly at: Instant;
  };
  /** The next case of the body (its id) begins: the expiry of this one is final. */
  readonly SuccessorNoted: { readonly successor: string; readonly at: Instant };
  readonly RegulationAdopted: { readonly kind: string; readonly actNo: string; readonly actOn: CivilDate; readonly sha256: string; readonly at: Instant };
}

export interface ExclusionAct {
  readonly noticesOn: readonly [CivilDate, CivilDate];
  readonly heardOn: CivilDate;
  readonly assemblyActNo: string;
  readonly on: CivilDate;
}

export type MembershipEvent = EventOf<MembershipEventData>;

/** Each event of the membership, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof MembershipEventData]: true } = {
  RenewalOpened: true, WithdrawalNoticeGiven: true, MemberWithdrawn: true, ExclusionPrepared: true, MemberExcluded: true, ConventionExpired: true, ExpiryTakenBack: true, SuccessorNoted: true,
  RegulationAdopted: true,
};

/** True for an event of the membership. */
export function isMembershipEvent(event: { readonly type: string }): event is MembershipEvent {
  return event.type in TYPES;
}
