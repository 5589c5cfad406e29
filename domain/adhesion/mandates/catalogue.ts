import type { CommandEntry } from '../command-entry.ts';

/** Commands of the mandates, in the order of the path. */
export const MANDATES_COMMANDS = {
  RecordMandateChange: { by: ['operator', 'member'], parkable: false, freeText: [] },
} as const satisfies Readonly<Record<string, CommandEntry>>;
