import { compareInstants } from '../../shared/civil-date.ts';
import type { Gate } from '../pinned.ts';
import { isFull, type FullMigration, type OpenedMigration } from '../state.ts';
import type { MovingEventData } from './events.ts';
import type { CountOfSet } from './evidence.ts';

/** Whether the service passes a gate: what belongs to one that it does not pass is not asked for. */
export function passes(state: OpenedMigration, gate: Gate): boolean {
  return isFull(state) && state.migration.pinned.gates.includes(gate);
}

type Run = MovingEventData['DataRunRecorded'];

/** The run that ended last, whenever it was recorded; undefined: there was none. */
export function lastRun({ moving: { runs } }: FullMigration): Run | undefined {
  return runs.reduce<Run | undefined>((last, run) => (last === undefined || compareInstants(run.endedAt, last.endedAt) >= 0 ? run : last), undefined);
}

/** Sets of which as many records did not arrive as there were. */
export function unreconciled({ counts }: Run): readonly CountOfSet[] {
  return counts.filter(({ source, target }) => source !== target);
}

/** A rehearsal that moved all the data, came to its end and lost none. A final run is for good: it tries nothing out. */
export function isFullRehearsal(run: Run): boolean {
  return run.kind === 'REHEARSAL' && run.full && run.outcome === 'SUCCEEDED' && unreconciled(run).length === 0;
}
