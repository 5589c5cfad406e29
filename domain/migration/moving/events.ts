import type { EventOf } from '../../adhesion/event.ts';
import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { TextRef } from '../../shared/text-ref.ts';
import type { Basis } from '../basis.ts';
import type {
  AGENCY_OFFICES, Backup, COMUNE_OFFICES, CountOfSet, ExportFormat, OpenDefects, RecordSignature, RunKind, RunOutcome, VendorNotice,
} from './evidence.ts';

/** What happened, by type (`at`, `effectiveOn`: see `MigrationEventData`). */
export interface MovingEventData {
  readonly DataMigrationStarted: {
    readonly startedOn: CivilDate;
    readonly backup: Backup;
    readonly vendorNotice: VendorNotice;
    readonly exportFormat: ExportFormat;
    readonly at: Instant;
  };
  readonly DataRunRecorded: {
    readonly kind: RunKind;
    readonly full: boolean;
    readonly counts: readonly CountOfSet[];
    readonly startedAt: Instant;
    readonly endedAt: Instant;
    readonly outcome: RunOutcome;
    /** False of a run that took place though a step with personal data lacked something; then with the reasons for it. */
    readonly regular?: false;
    readonly reasons?: TextRef;
    readonly at: Instant;
  };
  readonly AcceptanceRecorded: {
    readonly recordSha256: string;
    readonly agency: RecordSignature<(typeof AGENCY_OFFICES)[number]>;
    readonly comune: RecordSignature<(typeof COMUNE_OFFICES)[number]>;
    readonly openDefects: OpenDefects;
    /** Day of the last signature. */
    readonly acceptedOn: CivilDate;
    readonly at: Instant;
  };
  readonly ParallelRunStarted: {
    readonly startedOn: CivilDate;
    /** Its last working day. */
    readonly endsOn: CivilDate;
    /** From when it is over. */
    readonly overFrom: Instant;
    readonly basis: Basis;
    readonly at: Instant;
  };
  readonly ParallelRunWaived: { readonly waivedOn: CivilDate; readonly reasons: TextRef; readonly at: Instant };
  /** By its timer. */
  readonly ParallelRunEnded: { readonly endsOn: CivilDate; readonly at: Instant };
}

export type MovingEvent = EventOf<MovingEventData>;

/** Each event of this area, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof MovingEventData]: true } = {
  DataMigrationStarted: true, DataRunRecorded: true, AcceptanceRecorded: true, ParallelRunStarted: true, ParallelRunWaived: true, ParallelRunEnded: true,
};

/** True for an event of this area. */
export function isMovingEvent(event: { readonly type: string }): event is MovingEvent {
  return event.type in TYPES;
}
