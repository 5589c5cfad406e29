import type { AllowedItem, Context } from '../shared/process.ts';
import { COMMAND_TYPES, mayRoleSend } from './catalogue.ts';
import { isForTrack, turnOf } from './decide.ts';
import type { MigrationState } from './state.ts';

/** What the actor may do now: the commands of its role and of the track, each with what stands in its way. */
export function allowed(state: MigrationState, { actor }: Context): readonly AllowedItem[] {
  if (actor.role === 'member' && state.migration?.body !== actor.body) return [];
  return COMMAND_TYPES.filter((command) => mayRoleSend(actor.role, command) && isForTrack(state, command)).map((command) => {
    const obstacle = turnOf(state, command, actor);
    return { command, allowed: obstacle === null, reasons: obstacle?.reasons ?? [] };
  });
}
