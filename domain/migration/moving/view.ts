import type { CivilDate } from '../../shared/civil-date.ts';
import type { TextRef } from '../../shared/text-ref.ts';
import type { OpenedMigration } from '../state.ts';
import type { MovingEventData } from './events.ts';
import { unreconciled } from './standing.ts';

/** What readers see of this area. */
export interface MovingPart {
  /** The migration of the data; null: it has not begun, or there is none. */
  readonly dataMigration: (Omit<MovingEventData['DataMigrationStarted'], 'at'> & {
    readonly runs: readonly (Omit<MovingEventData['DataRunRecorded'], 'at'> & { readonly reconciles: boolean })[];
  }) | null;
  readonly acceptance: Omit<MovingEventData['AcceptanceRecorded'], 'at'> | null;
  readonly parallelRun: {
    readonly startedOn: CivilDate | null;
    readonly endsOn: CivilDate | null;
    /** Its working days are over. */
    readonly over: boolean;
    /** The comune does without it, or without the rest. */
    readonly waived: { readonly waivedOn: CivilDate; readonly reasons: TextRef } | null;
  } | null;
}

/** The part of the view that this area gives. */
export function viewMoving({ moving: { started, runs, acceptance, parallelRun, waiver } }: OpenedMigration): MovingPart {
  return {
    dataMigration: started === null ? null : { ...withoutAt(started), runs: runs.map((run) => ({ ...withoutAt(run), reconciles: unreconciled(run).length === 0 })) },
    acceptance: acceptance === null ? null : withoutAt(acceptance),
    parallelRun: parallelRun === null && waiver === null ? null : {
      startedOn: parallelRun?.startedOn ?? null,
      endsOn: parallelRun?.endsOn ?? null,
      over: parallelRun?.over ?? false,
      waived: waiver === null ? null : { waivedOn: waiver.waivedOn, reasons: waiver.reasons },
    },
  };
}

function withoutAt<Data extends { readonly at: string }>({ at: _at, ...data }: Data): Omit<Data, 'at'> {
  return data;
}
