import { addDays } from '../../../shared/civil-date.ts';
import { accepted, refused, type Context } from '../../../shared/process.ts';
import { firstRefusal, notBefore, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import { basisOf } from '../../due-dates.ts';
import type { AdhesionEvent } from '../../events.ts';
import { knows } from '../../policies.ts';
import { rule, type Rule, type Verdict } from '../../rule.ts';
import type { OpenedCase } from '../../state.ts';
import { twoPersonFault } from '../../two-person.ts';
import type { ExclusionAct } from '../events.ts';
import { forceFault } from './bound.ts';
import { IN_FORCE } from './withdrawal.ts';

type Data = Command<'ExcludeMember'>['data'];

/**
 * Two formal notices, the member heard, the assembly's vote, in this order. Payments are not in this case: that nothing was
 * paid for so many days is proven by what is, the days from the first notice to the vote.
 */
export const recordExclusion = rule<Data, object>({
  ground: (state) => forceFault(state, { it: 'Esclusione', en: 'An exclusion' }) ?? {},
  check: ({ noticesOn, heardOn, on }, context) => notInFuture(context, { 'noticesOn.0': noticesOn[0], 'noticesOn.1': noticesOn[1], heardOn, on }),
  decide: ({ state, data: { noticesOn, heardOn, assemblyActNo, on }, context }) => {
    const [first, second] = noticesOn;
    const { unpaidDays } = state.opening.policies.exit;
    const earliest = addDays(first, unpaidDays);
    const fault = firstRefusal(
      notBefore(first, 'noticesOn.0', state.convention.registration?.inForceOn ?? null, IN_FORCE),
      notBefore(second, 'noticesOn.1', addDays(first, 1), { it: 'il giorno dopo la prima diffida', en: 'the day after the first notice' }),
      notBefore(heardOn, 'heardOn', second, { it: 'la seconda diffida', en: 'the second notice' }),
      notBefore(on, 'on', heardOn, { it: "l'audizione dell'ente", en: 'the hearing' }),
      on < earliest
        ? refused('UNPAID_TERM_RUNNING', {
          it: `L'ente si esclude dopo ${unpaidDays} giorni dalla prima diffida; il primo giorno utile è il ${earliest}.`,
          en: `A member is excluded after ${unpaidDays} days from the first notice; the earliest day is ${earliest}.`,
        }, 'on')
        : null,
    );
    return fault ?? accepted<AdhesionEvent>({
      type: 'MemberExcluded', data: { noticesOn, heardOn, assemblyActNo, on, basis: basisOf(state), at: context.now }, effectiveOn: on,
    });
  },
});

/**
 * The exclusion at once; by the two-person rule in two steps: what one operator sends is prepared, the same data of another
 * carry it out, and other data, whoever sends them, are a preparation in its place.
 */
export const excludeMember: Rule<Data> = {
  turn: (state, actor) => recordExclusion.turn(state, actor),
  decide: (state, data, context) => {
    const verdict = recordExclusion.decide(state, data, context);
    return verdict.kind === 'refused' || !state.opening.policies.twoPerson ? verdict : inTwoSteps(state, data, context, verdict, null);
  },
};

/**
 * A correction alters what two operators did, and takes two in the same way. Decided on the state without the exclusion. Cases of 2026.1 let
 * one alone correct it, and go on so.
 */
export function correctExclusion(state: OpenedCase, data: Data, context: Context, version: number): Verdict {
  const verdict = recordExclusion.decide(state, data, context);
  const two = state.opening.policies.twoPerson && knows(state, '2026.2');
  return verdict.kind === 'refused' || !two ? verdict : inTwoSteps(state, data, context, verdict, version);
}

/** The preparation of an exclusion, or of the correction of one (its version), and `verdict` once another operator sends the same. */
function inTwoSteps(state: OpenedCase, data: Data, context: Context, verdict: Verdict, corrects: number | null): Verdict {
  const { preparation } = state.membership;
  if (preparation !== null && (preparation.corrects ?? null) === corrects && isSame(preparation, data)) {
    return twoPersonFault(preparation.preparedBy, context.actor, corrects === null
      ? { it: 'Questa esclusione è stata predisposta dallo stesso operatore.', en: 'You prepared this exclusion.' }
      : { it: "Questa correzione dell'esclusione è stata predisposta dallo stesso operatore.", en: 'You prepared this correction of the exclusion.' }) ?? verdict;
  }
  const { noticesOn, heardOn, assemblyActNo, on } = data;
  return accepted<AdhesionEvent>({
    type: 'ExclusionPrepared',
    data: { noticesOn, heardOn, assemblyActNo, on, preparedBy: context.actor.subject, ...(corrects === null ? {} : { corrects }), at: context.now },
  });
}

function isSame(one: ExclusionAct, other: ExclusionAct): boolean {
  return one.noticesOn.every((day, index) => day === other.noticesOn[index]) && one.heardOn === other.heardOn
    && one.assemblyActNo === other.assemblyActNo && one.on === other.on;
}
