import type { Role } from '../shared/actor.ts';
import type { CommandEntry } from './command-entry.ts';
import { CONVENTION_COMMANDS, CONVENTION_CORRECTED_BY } from './convention/catalogue.ts';
import { DELIBERATION_COMMANDS, DELIBERATION_CORRECTED_BY } from './deliberation/catalogue.ts';
import { DPA_COMMANDS, DPA_CORRECTED_BY } from './dpa/catalogue.ts';
import { DUES_COMMANDS, DUES_CORRECTED_BY } from './dues/catalogue.ts';
import { MANDATES_COMMANDS, MANDATES_CORRECTED_BY } from './mandates/catalogue.ts';
import { MEMBERSHIP_COMMANDS, MEMBERSHIP_CORRECTED_BY } from './membership/catalogue.ts';
import { NIS_COMMANDS, NIS_CORRECTED_BY } from './nis/catalogue.ts';
import { PROCESSING_COMMANDS, PROCESSING_CORRECTED_BY } from './processing/catalogue.ts';
import { RECOGNITION_COMMANDS } from './recognition/catalogue.ts';
import { REFERENTS_COMMANDS, REFERENTS_CORRECTED_BY } from './referents/catalogue.ts';
import { SERVICES_COMMANDS } from './services/catalogue.ts';

export type { CommandEntry } from './command-entry.ts';

/** The commands of all areas, in the order of the path, which is the order in which they are shown. */
export const COMMAND_CATALOGUE = {
  OpenAdhesion: { by: ['operator'], parkable: false, freeText: [] },
  ...RECOGNITION_COMMANDS,
  ...DELIBERATION_COMMANDS,
  ...CONVENTION_COMMANDS,
  ...DPA_COMMANDS,
  ...PROCESSING_COMMANDS,
  ...REFERENTS_COMMANDS,
  ...NIS_COMMANDS,
  ...MANDATES_COMMANDS,
  ...SERVICES_COMMANDS,
  ...MEMBERSHIP_COMMANDS,
  ...DUES_COMMANDS,
  CorrectFact: { by: ['operator', 'member'], parkable: false, freeText: ['reasons', 'data.reasons'] },
  WithdrawFact: { by: ['operator', 'member'], parkable: false, freeText: [] },
  CloseAdhesion: { by: ['operator'], parkable: false, freeText: ['reasons'] },
} as const satisfies Readonly<Record<string, CommandEntry>>;

/** Commands that people and their programs send. */
export type CommandType = keyof typeof COMMAND_CATALOGUE;

/** The names of the catalogue, in its order. */
export const COMMAND_TYPES = Object.keys(COMMAND_CATALOGUE) as readonly CommandType[];

export const PARKABLE: ReadonlySet<string> = new Set(COMMAND_TYPES.filter((type) => COMMAND_CATALOGUE[type].parkable));

export function isParkable(type: string): boolean {
  return PARKABLE.has(type);
}

/** True when a role may send a command at all; whether its turn has come is the process's word. */
export function mayRoleSend(role: Role, type: CommandType): boolean {
  const roles: readonly Role[] = COMMAND_CATALOGUE[type].by;
  return roles.includes(role);
}

/**
 * Facts that may be corrected while nothing later stands on them, each with the command whose data a correction gives:
 * the edge checks `CorrectFact.data` by the schema of that command, and the process decides it by the same rules.
 */
export const CORRECTED_BY = {
  ...DELIBERATION_CORRECTED_BY,
  ...CONVENTION_CORRECTED_BY,
  ...DPA_CORRECTED_BY,
  ...PROCESSING_CORRECTED_BY,
  ...MEMBERSHIP_CORRECTED_BY,
  ...DUES_CORRECTED_BY,
  ...REFERENTS_CORRECTED_BY,
  ...NIS_CORRECTED_BY,
  ...MANDATES_CORRECTED_BY,
} as const satisfies Readonly<Record<string, CommandType>>;

export type CorrectableType = keyof typeof CORRECTED_BY;
