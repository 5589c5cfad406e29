import type { EventOf } from '../../adhesion/event.ts';
import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { TextRef } from '../../shared/text-ref.ts';
import type { Basis } from '../basis.ts';
import type { OldDataFate, Severity } from './severity.ts';

/** What happened to the service in operation, by type (`at`, `effectiveOn`: see `MigrationEventData`). */
export interface OperationEventData {
  /** The new service is in use; it is watched closely for some working days. */
  readonly HypercareStarted: {
    /** When it was cut over, or accepted where there is no cutover; from then on the hours to the point of no return are counted. */
    readonly startedAt: Instant;
    /** Its last working day. */
    readonly endsOn: CivilDate;
    /** From when it is over. */
    readonly overFrom: Instant;
    /** Defects of severity 1 that stood open then, each with when it has stood open for too long; absent: none, or an event of before they were counted. */
    readonly severity1Due?: readonly { readonly defectNo: string; readonly dueAt: Instant }[];
    readonly basis: Basis;
    readonly at: Instant;
  };
  /** By its timer: its working days are over. */
  readonly HypercareTermEnded: { readonly endsOn: CivilDate; readonly at: Instant };
  readonly DefectReported: {
    readonly defectNo: string;
    readonly severity: Severity;
    readonly reportedAt: Instant;
    readonly description: TextRef | null;
    /** Of severity 1 once the service is in use: when it has stood open for too long. Of one that was open before, the beginning of hypercare says it. */
    readonly dueAt: Instant | null;
    readonly basis: Basis;
    readonly at: Instant;
  };
  readonly DefectResolved: { readonly defectNo: string; readonly resolvedAt: Instant; readonly resolution: TextRef | null; readonly at: Instant };
  /** By its timer: open for too long, and past the point of no return, so that nothing is undone by itself. */
  readonly DefectAlarmRaised: { readonly defectNo: string; readonly dueAt: Instant; readonly at: Instant };
  /** Hypercare is over, the users are trained: the service operates. */
  readonly HypercareEnded: { readonly endedOn: CivilDate; readonly trainingDoneOn: CivilDate; readonly at: Instant };
  /** What was done of the old system; each part is said once. */
  readonly OldSystemDecommissioned: Decommissioning & { readonly at: Instant };
  /** The member or the Agency gives a service up that is in use. */
  readonly ServiceGivenUp: { readonly decidedOn: CivilDate; readonly reasons: TextRef; readonly at: Instant };
  readonly DataReturned: {
    readonly returnedOn: CivilDate;
    /** Code of the format. */
    readonly format: string;
    readonly receipt: { readonly receivedOn: CivilDate; readonly protocolNo: string; readonly sha256: string };
    readonly at: Instant;
  };
  readonly DeletionCertified: { readonly deletedOn: CivilDate; readonly certificateSha256: string; readonly at: Instant };
  readonly ServiceDelivered: { readonly deliveredOn: CivilDate; readonly at: Instant };
  readonly MigrationClosed: { readonly closedOn: CivilDate; readonly at: Instant };
}

/** What is done of an old system; null: not said by this fact. */
export interface Decommissioning {
  readonly oldContractEndedOn: CivilDate | null;
  readonly oldData: { readonly fate: OldDataFate; readonly on: CivilDate; readonly certificateSha256: string } | null;
  readonly records: { readonly preservedOn: CivilDate; readonly reportSha256: string } | null;
}

export type OperationEvent = EventOf<OperationEventData>;

/** Each event of this area, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof OperationEventData]: true } = {
  HypercareStarted: true, HypercareTermEnded: true, HypercareEnded: true, OldSystemDecommissioned: true, ServiceGivenUp: true, DataReturned: true, DeletionCertified: true, DefectReported: true, DefectResolved: true, DefectAlarmRaised: true, ServiceDelivered: true, MigrationClosed: true,
};

/** True for an event of this area. */
export function isOperationEvent(event: { readonly type: string }): event is OperationEvent {
  return event.type in TYPES;
}
