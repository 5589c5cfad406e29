import type { Actor } from '../shared/actor.ts';
import { refused, type AllowedItem, type Context, type Refused } from '../shared/process.ts';
import { COMMAND_TYPES, mayRoleSend, type CommandType } from './catalogue.ts';
import { correctionFault } from './correction.ts';
import { turnOf } from './decide.ts';
import { isOpened, type AdhesionState } from './state.ts';

/** What the actor may do now: the commands of its role, each with what stands in its way; an early fact is kept all the same. */
export function allowed(state: AdhesionState, { actor }: Context): readonly AllowedItem[] {
  const own = actor.role !== 'member' || state.opening === null || state.opening.body === actor.body;
  if (!own) return [];
  return COMMAND_TYPES.filter((command) => mayRoleSend(actor.role, command)).map((command) => {
    const refusal = refusalOf(state, command, actor);
    return { command, allowed: refusal === null, reasons: refusal?.reasons ?? [] };
  });
}

function refusalOf(state: AdhesionState, command: CommandType, actor: Actor): Refused | null {
  if (command === 'CorrectFact') return turnOf(state, command, actor) ?? (isOpened(state) ? correctionFault(state, actor) : null);
  if (command !== 'WithdrawFact') return turnOf(state, command, actor);
  return state.parked.length > 0 ? null : refused('NOT_PARKED', { it: 'Nessun fatto attende il proprio turno.', en: 'No fact waits for its turn.' });
}
