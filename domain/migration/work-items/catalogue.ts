import type { CommandEntry } from '../command-entry.ts';

/** Command of what people do by hand. */
export const WORK_ITEMS_COMMANDS = {
  CompleteWorkItem: { by: ['operator'], freeText: ['note'] },
} as const satisfies Readonly<Record<string, CommandEntry>>;
