import type { CommandEntry } from '../command-entry.ts';

/** Commands of the feasibility, in the order of the way. */
export const FEASIBILITY_COMMANDS = {
  ApproveFeasibility: { by: ['operator'], freeText: ['findings'] },
  RejectFeasibility: { by: ['operator'], freeText: ['reasons'] },
} as const satisfies Readonly<Record<string, CommandEntry>>;
