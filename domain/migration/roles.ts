import type { Role } from '../shared/actor.ts';

/** Who may send which command. Kept apart from the schemas, so that the process can use it without zod. */
export const COMMAND_ROLES = {
  OpenMigration: ['engine'],
  CompleteWorkItem: ['operator'],
  Cancel: ['operator', 'member'],
  CloseMigration: ['operator'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type CommandType = keyof typeof COMMAND_ROLES;
