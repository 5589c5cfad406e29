import type { Actor } from '../shared/actor.ts';
import type { Bilingual } from '../shared/bilingual.ts';
import { refused, type AllowedItem, type Context, type Refused } from '../shared/process.ts';
import { onlyFor } from '../shared/roles.ts';
import { COMMAND_ROLES, type CommandType } from './roles.ts';
import type { Migration, MigrationStage, MigrationState } from './state.ts';
import { alreadyOpen, migrationStage } from './words.ts';

/** What the actor may do now: exactly the commands of its role, each with what stands in its way. */
export function allowed(state: MigrationState, { actor }: Context): readonly AllowedItem[] {
  return COMMAND_TYPES.filter((command) => isFor(command, state, actor)).map((command) => {
    const obstacle = obstacleTo(command, state, actor);
    return { command, allowed: obstacle === undefined, reasons: obstacle?.reasons ?? [] };
  });
}

/** What stands in the way of a command whatever its data; `decide` asks the same before it looks at the data. */
export function obstacleTo(command: CommandType, state: MigrationState, actor: Actor): Refused | undefined {
  if (!isFor(command, state, actor)) return refused('FORBIDDEN', onlyFor(command, COMMAND_ROLES[command]));
  const { migration } = state;
  if (command === 'OpenMigration') {
    return migration === null ? undefined : refused('ALREADY_OPEN', alreadyOpen(migration.id, migrationStage(migration.state)));
  }
  if (migration === null) return refused('NOT_OPEN', { it: 'La migrazione non è mai stata aperta.', en: 'This migration was never opened.' });
  const { from, otherwise } = STATES[command];
  if (from.includes(migration.state)) return undefined;
  const { it, en } = migrationStage(migration.state);
  return refused('OUT_OF_TURN', { it: `La migrazione è ${it}; ${otherwise.it}`, en: `The migration is ${en}; ${otherwise.en}` });
}

type OnOpen = Exclude<CommandType, 'OpenMigration'>;

const STATES: Readonly<Record<OnOpen, { readonly from: readonly MigrationStage[]; readonly otherwise: Bilingual }>> = {
  CompleteWorkItem: { from: ['PROVISIONING'], otherwise: { it: "le attività si completano durante l'attivazione.", en: 'work items are completed while it is being provisioned.' } },
  Cancel: { from: ['REQUESTED', 'PROVISIONING'], otherwise: { it: "si annulla solo prima dell'esercizio.", en: 'it can be cancelled only before it operates.' } },
  CloseMigration: { from: ['OPERATING'], otherwise: { it: 'si chiude solo quando è in esercizio.', en: 'it can be closed only when it operates.' } },
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
