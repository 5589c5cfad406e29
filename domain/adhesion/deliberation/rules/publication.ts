import { computePublication } from '../../../calendar/publication.ts';
import { accepted } from '../../../shared/process.ts';
import { alreadyRecorded, notBefore, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import { basisOf, workingTerm } from '../../due-dates.ts';
import type { AdhesionEvent } from '../../events.ts';
import { rule } from '../../rule.ts';
import type { DeliberationFact } from '../state.ts';
import { outOfTurn } from './out-of-turn.ts';

/** The dates of publication and executivity are computed here once, by the pinned policies (artt. 124, 134 TUEL). */
export const recordPublication = rule<Command<'RecordPublication'>['data'], { readonly adoption: DeliberationFact<'ResolutionAdopted'> }>({
  ground: ({ deliberation }) => {
    const { adoption, publication } = deliberation;
    if (publication !== null) return alreadyRecorded('The publication');
    if (adoption === null) return outOfTurn(deliberation, 'RecordPublication', 'APPROVED', 'publication follows the adoption.');
    return { adoption };
  },
  check: ({ firstDay }, context) => notInFuture(context, { firstDay }),
  decide: ({ state, ground: { adoption }, data, context }) => {
    const fault = notBefore(data.firstDay, 'firstDay', adoption.heldOn, 'the adoption');
    if (fault !== null) return fault;
    const { publicationCount, executivity: reading, calendarVersion, slaDays } = state.opening.policies;
    const dates = computePublication(data.firstDay, publicationCount, reading, calendarVersion);
    return accepted<AdhesionEvent>({
      type: 'PublicationRecorded',
      data: {
        noticeBoardNo: data.noticeBoardNo,
        firstDay: data.firstDay,
        publicationEndsOn: dates.endsOn,
        removalOn: dates.removalOn,
        challengeableUntil: dates.challengeableUntil,
        executiveOn: dates.executiveOn,
        executiveFrom: dates.executiveFrom,
        transmissionDueOn: workingTerm(state, dates.executiveOn, slaDays.transmission),
        basis: basisOf(state),
        at: context.now,
      },
      effectiveOn: data.firstDay,
    });
  },
});
