import type { CommandEntry } from '../command-entry.ts';
import type { DuesEventData } from './events.ts';

/** Commands of the account of an exit. */
export const DUES_COMMANDS = {
  DeclareDue: { by: ['operator'], parkable: false, freeText: [] },
  SettleDue: { by: ['operator'], parkable: false, freeText: [] },
} as const satisfies Readonly<Record<string, CommandEntry>>;

/** Facts that may be corrected, each with the command whose data a correction gives. */
export const DUES_CORRECTED_BY = {
  DueDeclared: 'DeclareDue',
  DueSettled: 'SettleDue',
} as const satisfies { readonly [Type in keyof DuesEventData]?: keyof typeof DUES_COMMANDS };
