import type { Actor } from '../shared/actor.ts';
import { accepted, refused, type Context, type Decision, type Refused } from '../shared/process.ts';
import { onlyFor } from '../shared/roles.ts';
import { COMMAND_CATALOGUE, LIGHT_COMMANDS, mayRoleSend, type CommandType } from './catalogue.ts';
import { CHANGES_RULES } from './changes/rules.ts';
import type { Command, DecidedType, MigrationCommand } from './command-types.ts';
import { CUTOVER_RULES } from './cutover/rules.ts';
import type { MigrationEvent } from './events.ts';
import { FEASIBILITY_RULES } from './feasibility/rules.ts';
import { following } from './follow.ts';
import { GROUNDS_RULES } from './grounds/rules.ts';
import { MOVING_RULES } from './moving/rules.ts';
import { decideOpening, openingTurn } from './opening.ts';
import { OPERATION_RULES } from './operation/rules.ts';
import { PLAN_RULES } from './plan/rules.ts';
import { PROVISIONING_RULES } from './provisioning/rules.ts';
import type { RulesOf } from './rule.ts';
import { SAGA_RULES } from './saga/rules.ts';
import { isFull, isOpened, type MigrationState } from './state.ts';
import { SUSPENSION_RULES } from './suspension/rules.ts';
import { WORK_ITEMS_RULES } from './work-items/rules.ts';

type RuledType = Exclude<DecidedType, 'OpenMigration'>;

const RULES: RulesOf<RuledType> = {
  ...GROUNDS_RULES,
  ...FEASIBILITY_RULES,
  ...PLAN_RULES,
  ...WORK_ITEMS_RULES,
  ...PROVISIONING_RULES,
  ...MOVING_RULES,
  ...CUTOVER_RULES,
  ...SUSPENSION_RULES,
  ...SAGA_RULES,
  ...CHANGES_RULES,
  ...OPERATION_RULES,
};

/** Decides one command on the state, with what follows from it by itself; a refusal is a value with its code, and nothing is written. */
export function decide(state: MigrationState, command: MigrationCommand, context: Context): Decision<MigrationEvent> {
  const forbidden = forbiddenFor(state, command.type, context.actor);
  if (forbidden !== null) return forbidden;
  const verdict = command.type === 'OpenMigration' ? decideOpening(state, command.data, context) : decideRuled(state, command, context);
  return verdict.kind === 'refused' || verdict.events.length === 0 ? verdict : accepted(...following(state, verdict.events, context));
}

function decideRuled<Type extends RuledType>(state: MigrationState, { type, data }: Command<Type>, context: Context): Decision<MigrationEvent> {
  if (!isOpened(state)) return notOpen();
  const light = lightFault(state, type);
  if (light !== null) return light;
  const rule: RulesOf<RuledType>[Type] = RULES[type];
  return rule.decide(state, data, context);
}

/** Why a command is refused whatever its data, or null; what `decide` refuses for the state alone. */
export function turnOf(state: MigrationState, type: CommandType, actor: Actor): Refused | null {
  const forbidden = forbiddenFor(state, type, actor);
  if (forbidden !== null) return forbidden;
  if (type === 'OpenMigration') return openingTurn(state);
  if (!isOpened(state)) return notOpen();
  return lightFault(state, type) ?? RULES[type].turn(state, actor);
}

function notOpen(): Refused {
  return refused('NOT_OPEN', { it: 'La migrazione non è mai stata aperta.', en: 'This migration was never opened.' });
}

/** The light track has neither study nor plan, moves no data and is not cut over. */
export function isForTrack(state: MigrationState, type: DecidedType): boolean {
  return isFull(state) || LIGHT_COMMANDS.has(type);
}

function lightFault(state: MigrationState, type: DecidedType): Refused | null {
  return isForTrack(state, type) ? null : refused('LIGHT_TRACK', {
    it: 'Il servizio è sul percorso leggero, che non ha questo passo.', en: 'The service is on the light track, which has no such step.',
  });
}

/** The edge has checked this already; a command that came another way meets the same answer. */
function forbiddenFor({ migration }: MigrationState, type: DecidedType, actor: Actor): Refused | null {
  const may = isEngineCommand(type) ? actor.role === 'engine' : mayRoleSend(actor.role, type);
  // Before the opening there is no body to act for.
  const own = actor.role !== 'member' || (migration !== null && migration.body === actor.body);
  return may && own ? null : refused('FORBIDDEN', onlyFor(type, isEngineCommand(type) ? ['engine'] : COMMAND_CATALOGUE[type].by));
}

function isEngineCommand(type: DecidedType): type is Exclude<DecidedType, CommandType> {
  return !(type in COMMAND_CATALOGUE);
}
