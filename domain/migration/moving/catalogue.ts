import type { CivilDate } from '../../shared/civil-date.ts';
import type { CommandEntry } from '../command-entry.ts';

/** Commands of the migration of data, the acceptance and the parallel run, in the order of the way. */
export const MOVING_COMMANDS = {
  StartDataMigration: { by: ['operator'], freeText: [] },
  RecordRehearsal: { by: ['operator'], freeText: ['reasons'] },
  RecordAcceptance: { by: ['operator'], freeText: [] },
  StartParallelRun: { by: ['operator'], freeText: [] },
  WaiveParallelRun: { by: ['member'], freeText: ['reasons'] },
} as const satisfies Readonly<Record<string, CommandEntry>>;

/** Command of the engine: the working days of the parallel run are over; `endsOn` is the day that its timer was set for. */
export interface MovingEngineData {
  readonly EndParallelRun: { readonly endsOn: CivilDate };
}
