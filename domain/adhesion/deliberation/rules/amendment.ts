import { accepted } from '../../../shared/process.ts';
import type { Command } from '../../command-types.ts';
import type { AdhesionEvent } from '../../events.ts';
import { rule } from '../../rule.ts';
import { preparedBy } from '../../two-person.ts';
import type { Deliberation, DeliberationFact } from '../state.ts';
import { outOfTurn } from './out-of-turn.ts';
import { attemptsExhausted } from './proposal.ts';

interface Amended extends Deliberation {
  readonly adoption: DeliberationFact<'ResolutionAdopted'>;
}

/** The amended text becomes the approved one, or the proposal goes out again as it was. */
export const decideAmendment = rule<Command<'DecideAmendment'>['data'], Amended>({
  ground: ({ deliberation }) => deliberation.amendment === 'PENDING' && deliberation.adoption !== null
    ? { ...deliberation, adoption: deliberation.adoption }
    : outOfTurn(deliberation, 'DecideAmendment', 'APPROVED_AMENDED', {
      it: 'non vi è alcun emendamento su cui decidere.', en: 'there is no amendment to decide on.',
    }),
  decide: ({ state, ground, data, context }) => {
    if (data.decision === 'ACCEPT_AS_FORMAL') {
      return accepted<AdhesionEvent>({ type: 'AmendmentAccepted', data: { reasons: data.reasons, at: context.now, ...preparedBy(state, context) } });
    }
    if (ground.attempt >= ground.attemptsAllowed) {
      return attemptsExhausted(ground.attemptsAllowed, 'decision');
    }
    return accepted<AdhesionEvent>({
      type: 'AmendmentResubmitted',
      data: { attempt: ground.attempt + 1, heldOn: ground.adoption.heldOn, reasons: data.reasons, at: context.now, ...preparedBy(state, context) },
    });
  },
});
