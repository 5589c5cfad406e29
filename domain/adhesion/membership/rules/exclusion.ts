import { addDays } from '../../../shared/civil-date.ts';
import { accepted, refused } from '../../../shared/process.ts';
import { firstRefusal, notBefore, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import { basisOf } from '../../due-dates.ts';
import type { AdhesionEvent } from '../../events.ts';
import { rule } from '../../rule.ts';
import { forceFault } from './bound.ts';

/**
 * Two formal notices, the member heard, the assembly's vote, in this order. Payments are not in this case: that nothing was
 * paid for so many days is proven by what is, the days from the first notice to the vote.
 */
export const excludeMember = rule<Command<'ExcludeMember'>['data'], object>({
  ground: (state) => forceFault(state, 'An exclusion') ?? {},
  check: ({ noticesOn, heardOn, on }, context) => notInFuture(context, { 'noticesOn.0': noticesOn[0], 'noticesOn.1': noticesOn[1], heardOn, on }),
  decide: ({ state, data: { noticesOn, heardOn, assemblyActNo, on }, context }) => {
    const [first, second] = noticesOn;
    const earliest = addDays(first, state.opening.policies.exit.unpaidDays);
    const fault = firstRefusal(
      notBefore(first, 'noticesOn.0', state.convention.registration?.inForceOn ?? null, 'the day in force'),
      notBefore(second, 'noticesOn.1', addDays(first, 1), 'the day after the first notice'),
      notBefore(heardOn, 'heardOn', second, 'the second notice'),
      notBefore(on, 'on', heardOn, 'the hearing'),
      on < earliest
        ? refused('UNPAID_TERM_RUNNING', `A member is excluded after ${state.opening.policies.exit.unpaidDays} days from the first notice; the earliest day is ${earliest}.`, 'on')
        : null,
    );
    return fault ?? accepted<AdhesionEvent>({
      type: 'MemberExcluded', data: { noticesOn, heardOn, assemblyActNo, on, basis: basisOf(state), at: context.now }, effectiveOn: on,
    });
  },
});
