import type { Role } from '../shared/actor.ts';
import { CHANGES_COMMANDS } from './changes/catalogue.ts';
import type { CommandEntry } from './command-entry.ts';
import { CUTOVER_COMMANDS } from './cutover/catalogue.ts';
import { FEASIBILITY_COMMANDS } from './feasibility/catalogue.ts';
import { MOVING_COMMANDS } from './moving/catalogue.ts';
import { OPERATION_COMMANDS } from './operation/catalogue.ts';
import { PLAN_COMMANDS } from './plan/catalogue.ts';
import { PROVISIONING_COMMANDS } from './provisioning/catalogue.ts';
import { SAGA_COMMANDS } from './saga/catalogue.ts';
import { SUSPENSION_COMMANDS } from './suspension/catalogue.ts';
import { WORK_ITEMS_COMMANDS, type WorkItemsEngineData } from './work-items/catalogue.ts';

/** The commands of all areas, in the order of the way, which is the order in which they are shown. */
export const COMMAND_CATALOGUE = {
  OpenMigration: { by: ['engine'], freeText: [] },
  ...FEASIBILITY_COMMANDS,
  ...PLAN_COMMANDS,
  ...WORK_ITEMS_COMMANDS,
  ...PROVISIONING_COMMANDS,
  ...MOVING_COMMANDS,
  ...CUTOVER_COMMANDS,
  ...SUSPENSION_COMMANDS,
  ...SAGA_COMMANDS,
  ...CHANGES_COMMANDS,
  ...OPERATION_COMMANDS,
} as const satisfies Readonly<Record<string, CommandEntry>>;

/** Commands that the edge knows, each with its schema. */
export type CommandType = keyof typeof COMMAND_CATALOGUE;

/** The names of the catalogue, in its order. */
export const COMMAND_TYPES = Object.keys(COMMAND_CATALOGUE) as readonly CommandType[];

/** Those that the light track knows: the others are not for its migrations. */
export const LIGHT_COMMANDS: ReadonlySet<string> = new Set<CommandType | keyof WorkItemsEngineData>(['OpenMigration', 'CompleteWorkItem', 'ReopenWorkItem', 'NoteWorkItemOverdue', 'Cancel', 'CloseMigration']);

/** True when a role may send a command at all; whether its turn has come is the process's word. */
export function mayRoleSend(role: Role, type: CommandType): boolean {
  const roles: readonly Role[] = COMMAND_CATALOGUE[type].by;
  return roles.includes(role);
}
