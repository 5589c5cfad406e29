import type { CommandEntry } from '../command-entry.ts';
import type { NisEventData } from './events.ts';

/** Command of the subjects of NIS. */
export const NIS_COMMANDS = {
  RecordNisDuty: { by: ['member'], parkable: false, freeText: [] },
} as const satisfies Readonly<Record<string, CommandEntry>>;

/** Facts that may be corrected, each with the command whose data a correction gives. */
export const NIS_CORRECTED_BY = {
  NisDutyDone: 'RecordNisDuty',
} as const satisfies { readonly [Type in keyof NisEventData]?: keyof typeof NIS_COMMANDS };
