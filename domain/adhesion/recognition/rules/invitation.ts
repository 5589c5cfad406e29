import { accepted } from '../../../shared/process.ts';
import type { Command } from '../../command-types.ts';
import type { AdhesionEvent } from '../../events.ts';
import { rule } from '../../rule.ts';
import { inTurn } from './in-turn.ts';

/** The Agency asks for a recognition, or for a new one; the one that stands counts meanwhile. */
export const inviteRecognition = rule<Command<'InviteRecognition'>['data'], object>({
  ground: inTurn('InviteRecognition', ['NOT_STARTED', 'VALIDATED', 'STALE'], 'an invitation is made once, and anew when a recognition was validated.'),
  decide: ({ data, context }) => accepted<AdhesionEvent>({ type: 'RecognitionInvited', data: { dueOn: data.dueOn ?? null, at: context.now } }),
});
