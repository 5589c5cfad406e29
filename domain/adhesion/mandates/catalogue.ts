import type { CommandEntry } from '../command-entry.ts';
import type { MandatesEventData } from './events.ts';

/** Commands of the mandates, in the order of the path. */
export const MANDATES_COMMANDS = {
  RecordMandateChange: { by: ['operator', 'member'], parkable: false, freeText: [] },
} as const satisfies Readonly<Record<string, CommandEntry>>;

/** Command of the engine: the day to confirm went by; `change` is the version of the change that asked for it. */
export interface MandatesEngineData {
  readonly LapseConfirmation: { readonly change: number };
}

/** Facts that may be corrected, each with the command whose data a correction gives. */
export const MANDATES_CORRECTED_BY = {
  MandateChanged: 'RecordMandateChange',
} as const satisfies { readonly [Type in keyof MandatesEventData]?: keyof typeof MANDATES_COMMANDS };
