import type { Actor } from '../shared/actor.ts';
import { refused, type AllowedItem, type Context, type Refused } from '../shared/process.ts';
import { onlyFor } from '../shared/roles.ts';
import { COMMAND_ROLES, OPERATOR_COMMANDS, type CommandType, type OperatorCommand } from './roles.ts';
import { RULES } from './rules/index.ts';
import type { ConstitutionState } from './state.ts';

/** What the actor may do with a constitution now and, if not, why. */
export function allowed(state: ConstitutionState, { actor }: Context): readonly AllowedItem[] {
  return OPERATOR_COMMANDS.filter((command) => isFor(command, actor)).map((command) => {
    const obstacle = obstacleTo(command, state, actor);
    return { command, allowed: obstacle === undefined, reasons: obstacle?.reasons ?? [] };
  });
}

/** What stands in the way of a command whatever its data; `decide` asks the same before it looks at the data. */
export function obstacleTo(command: CommandType, { constitution }: ConstitutionState, actor: Actor): Refused | undefined {
  if (!isFor(command, actor)) return refused('FORBIDDEN', onlyFor(command, COMMAND_ROLES[command]));
  if (command === 'StartConstitution') {
    return constitution === null ? undefined : refused('ALREADY_STARTED', { it: `La costituzione ${constitution.id} è già iniziata.`, en: `The constitution ${constitution.id} has begun already.` });
  }
  if (constitution === null) return refused('NOT_OPEN', { it: 'La costituzione non è mai iniziata.', en: 'This constitution was never started.' });
  if (!isOperators(command)) return undefined;
  if (constitution.stoppedAt !== null) return refused('STOPPED', { it: 'Il percorso è stato fermato.', en: 'The path was given up.' });
  return RULES[command].turn(constitution, actor) ?? undefined;
}

export function isOperators(command: CommandType): command is OperatorCommand {
  return command in RULES;
}

function isFor(command: CommandType, { role }: Actor): boolean {
  const roles: readonly string[] = COMMAND_ROLES[command];
  return roles.includes(role);
}
