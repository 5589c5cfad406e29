import type { Actor } from '../shared/actor.ts';
import { refused, type AllowedItem, type Context, type Refused } from '../shared/process.ts';
import { COMMAND_ROLES, type CommandType } from './roles.ts';
import type { Migration, MigrationStage, MigrationState } from './state.ts';

/** What the actor may do now: exactly the commands of its role, each with what stands in its way. */
export function allowed(state: MigrationState, { actor }: Context): readonly AllowedItem[] {
  return COMMAND_TYPES.filter((command) => isFor(command, state, actor)).map((command) => {
    const obstacle = obstacleTo(command, state, actor);
    return { command, allowed: obstacle === undefined, reasons: obstacle?.reasons ?? [] };
  });
}

/** What stands in the way of a command whatever its data; `decide` asks the same before it looks at the data. */
export function obstacleTo(command: CommandType, state: MigrationState, actor: Actor): Refused | undefined {
  if (!isFor(command, state, actor)) return refused('FORBIDDEN', `${command} is not for this role, or not for this body.`);
  const { migration } = state;
  if (command === 'OpenMigration') {
    return migration === null ? undefined : refused('ALREADY_OPEN', `This migration was opened already; it is ${migration.state}.`);
  }
  if (migration === null) return refused('NOT_OPEN', 'This migration was never opened.');
  const { from, otherwise } = STATES[command];
  return from.includes(migration.state) ? undefined : refused('OUT_OF_TURN', `The migration is ${migration.state}; ${otherwise}`);
}

type OnOpen = Exclude<CommandType, 'OpenMigration'>;

const STATES: Readonly<Record<OnOpen, { readonly from: readonly MigrationStage[]; readonly otherwise: string }>> = {
  CompleteWorkItem: { from: ['PROVISIONING'], otherwise: 'work items are completed while it is PROVISIONING.' },
  Cancel: { from: ['REQUESTED', 'PROVISIONING'], otherwise: 'it can be cancelled only before it is OPERATING.' },
  CloseMigration: { from: ['OPERATING'], otherwise: 'it can be closed only when it is OPERATING.' },
};

const COMMAND_TYPES: readonly CommandType[] = ['OpenMigration', 'CompleteWorkItem', 'Cancel', 'CloseMigration'];

function isFor(command: CommandType, { migration }: MigrationState, actor: Actor): boolean {
  const roles: readonly string[] = COMMAND_ROLES[command];
  return roles.includes(actor.role) && (actor.role !== 'member' || isOwn(migration, actor));
}

/** A member acts for its own body only; before the opening there is no body to act for. */
function isOwn(migration: Migration | null, actor: Actor): boolean {
  return migration !== null && migration.body === actor.body;
}
