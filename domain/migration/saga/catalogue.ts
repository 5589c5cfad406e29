import type { CommandEntry } from '../command-entry.ts';

/** Commands that take a migration back. */
export const SAGA_COMMANDS = {
  RollBack: { by: ['operator'], freeText: ['reasons'] },
  Cancel: { by: ['operator', 'member'], freeText: ['reasons'] },
} as const satisfies Readonly<Record<string, CommandEntry>>;
