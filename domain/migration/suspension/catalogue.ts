import type { CommandEntry } from '../command-entry.ts';

/** Commands that hold a migration up and let it go on. */
export const SUSPENSION_COMMANDS = {
  Suspend: { by: ['operator', 'member'], freeText: ['reasons'] },
  Resume: { by: ['operator', 'member'], freeText: [] },
} as const satisfies Readonly<Record<string, CommandEntry>>;
