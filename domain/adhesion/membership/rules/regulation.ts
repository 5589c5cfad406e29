import { accepted, refused } from '../../../shared/process.ts';
import { alreadyRecorded, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import type { AdhesionEvent } from '../../events.ts';
import { rule } from '../../rule.ts';
import { forceFault } from './bound.ts';

/** Bound on what a client that loops can make a case keep. */
const MAX_REGULATIONS = 200;

/** The member's own regulations for the associated services, adopted once it has joined; each act once. */
export const adoptRegulation = rule<Command<'AdoptRegulation'>['data'], object>({
  ground: (state) => {
    const fault = forceFault(state, 'A new regulation');
    if (fault !== null) return fault;
    return state.membership.regulations.length < MAX_REGULATIONS
      ? {}
      : refused('TOO_MANY_REGULATIONS', `A case keeps ${MAX_REGULATIONS} regulations; what is wrong in one is mended with CorrectFact.`);
  },
  check: ({ actOn }, context) => notInFuture(context, { actOn }),
  decide: ({ state, data: { kind, actNo, actOn, sha256 }, context }) => (
    state.membership.regulations.some((known) => known.kind === kind && known.actNo === actNo && known.actOn === actOn)
      ? alreadyRecorded('This regulation')
      : accepted<AdhesionEvent>({ type: 'RegulationAdopted', data: { kind, actNo, actOn, sha256, at: context.now }, effectiveOn: actOn })
  ),
});
