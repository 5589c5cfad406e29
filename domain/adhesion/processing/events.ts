import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { TextRef } from '../../shared/text-ref.ts';
import type { EventOf } from '../event.ts';
import type { Basis } from '../terms.ts';
import type { AuditOutcome, AwareParty, BreachNotice, DpiaOutcome } from './terms.ts';

/** What happened to the processing of personal data, by type (`at`, `effectiveOn`, `basis`: see `AdhesionEventData`). */
export interface ProcessingEventData {
  /** The contact of that DPO was told to the Garante (art. 37 c.7 GDPR). */
  readonly DpoContactTold: { readonly appointmentId: string; readonly on: CivilDate; readonly protocolNo: string; readonly at: Instant };
  /** The controller judged whether a processing takes an impact assessment (art. 35 GDPR). */
  readonly DpiaNeedDeclared: { readonly service: string; readonly needed: boolean; readonly on: CivilDate; readonly reasons: TextRef | null; readonly at: Instant };
  readonly DpiaRecorded: { readonly service: string; readonly outcome: DpiaOutcome; readonly on: CivilDate; readonly sha256: string; readonly at: Instant };
  /** The controller audited or inspected the Agency (art. 28 c.3 h GDPR). */
  readonly ProcessorAudited: {
    readonly on: CivilDate;
    readonly outcome: AuditOutcome;
    /** Digest of the report, where there is one. */
    readonly documentSha256: string | null;
    readonly reasons: TextRef | null;
    readonly at: Instant;
  };
  readonly SubprocessorNotified: {
    readonly subprocessor: string;
    readonly sha256: string;
    /** Delivery of the notice by PEC. */
    readonly deliveredAt: Instant;
    /** Last day to object. */
    readonly objectBy: CivilDate;
    /** 00:00 in Rome of the day after. */
    readonly termEndedFrom: Instant;
    readonly basis: Basis;
    readonly at: Instant;
  };
  /** `notice` is the version of the notice, here and below. */
  readonly SubprocessorObjected: { readonly notice: number; readonly subprocessor: string; readonly deliveredAt: Instant; readonly reasons: TextRef; readonly at: Instant };
  /** The clock: nobody objected in time, or it was recorded later. */
  readonly ObjectionTermEnded: { readonly notice: number; readonly subprocessor: string; readonly from: CivilDate; readonly at: Instant };
  readonly SubprocessorWithdrawn: { readonly notice: number; readonly subprocessor: string; readonly on: CivilDate; readonly at: Instant };
  readonly BreachReported: {
    readonly breachNo: string;
    readonly awareBy: AwareParty;
    readonly awareAt: Instant;
    /** Until when the Agency tells the member; null where the member was aware first. */
    readonly memberDueAt: Instant | null;
    /** What the member owes from then on; none while it has not been told. */
    readonly duties: readonly NoticeDue[];
    readonly basis: Basis;
    readonly at: Instant;
  };
  readonly BreachNotifiedToMember: Lateness & {
    readonly breachNo: string;
    readonly deliveredAt: Instant;
    readonly duties: readonly NoticeDue[];
    readonly basis: Basis;
    readonly at: Instant;
  };
  readonly BreachNotifiedToAuthority: Lateness & {
    readonly breachNo: string;
    readonly to: BreachNotice;
    readonly notifiedAt: Instant;
    readonly protocolNo: string;
    readonly at: Instant;
  };
  /** The member decided that a notice is not due: no risk to persons is likely (art. 33 c.1 GDPR), or no incident that the ACN is told of. */
  readonly BreachNoticeWaived: { readonly breachNo: string; readonly to: BreachNotice; readonly reasons: TextRef; readonly at: Instant };
}

export interface NoticeDue {
  readonly to: BreachNotice;
  readonly dueAt: Instant;
}

interface Lateness {
  readonly late: boolean;
  /** Given with whatever is late. */
  readonly delayReasons: TextRef | null;
}

export type ProcessingEvent = EventOf<ProcessingEventData>;

/** Each event of the processing, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof ProcessingEventData]: true } = {
  DpoContactTold: true, DpiaNeedDeclared: true, DpiaRecorded: true, SubprocessorNotified: true, SubprocessorObjected: true, ObjectionTermEnded: true, SubprocessorWithdrawn: true, BreachReported: true, BreachNotifiedToMember: true,
  BreachNotifiedToAuthority: true, BreachNoticeWaived: true, ProcessorAudited: true,
};

/** True for an event of the processing. */
export function isProcessingEvent(event: { readonly type: string }): event is ProcessingEvent {
  return event.type in TYPES;
}
