import type { CommandEntry } from '../command-entry.ts';

/** Commands of the operation and of what comes after it, in the order of the way. */
export const OPERATION_COMMANDS = {
  CloseMigration: { by: ['operator'], freeText: [] },
} as const satisfies Readonly<Record<string, CommandEntry>>;

/** Commands of the engine: its timers. */
export interface OperationEngineData {}
