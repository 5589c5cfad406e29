import { civilDateOf } from '../../../shared/civil-date.ts';
import { accepted, refused } from '../../../shared/process.ts';
import type { Command } from '../../command-types.ts';
import type { AdhesionEvent } from '../../events.ts';
import { uselessFault } from '../../membership/rules/bound.ts';
import { rule } from '../../rule.ts';
import { inTurn } from './in-turn.ts';

const inRecognition = inTurn('InviteRecognition', ['NOT_STARTED', 'VALIDATED', 'STALE'], {
  it: 'si richiede una volta, e di nuovo dopo la convalida.', en: 'an invitation is made once, and anew when a recognition was validated.',
});

/** The Agency asks for a recognition, or for a new one; the one that stands counts meanwhile. */
export const inviteRecognition = rule<Command<'InviteRecognition'>['data'], object>({
  ground: (state) => uselessFault(state, { it: 'Ricognizione', en: 'A recognition' }) ?? inRecognition(state),
  check: ({ dueOn }, { now }) => dueOn === undefined || dueOn >= civilDateOf(now)
    ? null
    : refused('DUE_DATE_PAST', {
      it: `dueOn è già passato (oggi è il ${civilDateOf(now)}); la risposta si attende oggi o più tardi, o senza un giorno fissato.`,
      en: `dueOn lies before today (${civilDateOf(now)}); an answer is due today or later, or on no day at all.`,
    }, 'dueOn'),
  decide: ({ data, context }) => accepted<AdhesionEvent>({ type: 'RecognitionInvited', data: { dueOn: data.dueOn ?? null, at: context.now } }),
});
