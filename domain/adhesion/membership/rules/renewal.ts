import { civilDateOf, compareInstants } from '../../../shared/civil-date.ts';
import { accepted } from '../../../shared/process.ts';
import { recordedForGood } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import type { ConventionFact } from '../../convention/state.ts';
import { basisOf } from '../../due-dates.ts';
import type { AdhesionEvent } from '../../events.ts';
import { rule } from '../../rule.ts';
import { termFrom } from '../dates.ts';
import { isInForce, isLeaving, openRenewalOf, termOf } from '../standing.ts';
import { boundFault, RENEWAL } from './bound.ts';

/** By hand, at any time of a convention in force: the council takes its time. */
export const openRenewal = rule<Command<'OpenRenewal'>['data'], { readonly registration: ConventionFact<'ConventionRegistered'> | null }>({
  ground: (state) => {
    const fault = boundFault(state, RENEWAL);
    if (fault !== null) return fault;
    return openRenewalOf(state) === null ? { registration: state.convention.registration } : recordedForGood({ it: "L'apertura del rinnovo", en: 'The renewal' });
  },
  decide: ({ state, ground: { registration }, context }) => {
    const known = termOf(state);
    // What was registered by policies of 2026.1 gets its term now.
    const term = known ?? (registration === null ? null : termFrom(registration.inForceOn, state.opening.policies));
    return term === null
      ? accepted()
      : accepted<AdhesionEvent>({ type: 'RenewalOpened', data: { term, basis: basisOf(state), at: context.now } });
  },
});

/** By the clock, some months before the end; nothing when it is open already, or the member leaves. */
export const beginRenewal = rule<Command<'BeginRenewal'>['data'], object>({
  ground: () => ({}),
  decide: ({ state, data: { endsOn }, context }) => {
    const term = termOf(state);
    const due = term !== null && term.endsOn === endsOn && !isLeaving(state) && isInForce(state) && openRenewalOf(state) === null
      && compareInstants(context.now, term.renewalOpensFrom) >= 0;
    return due
      ? accepted<AdhesionEvent>({ type: 'RenewalOpened', data: { term, basis: basisOf(state), at: context.now }, effectiveOn: term.renewalOpensOn })
      : accepted();
  },
});

/** No tacit renewal: what was not renewed by its last day has expired. */
export const expireConvention = rule<Command<'ExpireConvention'>['data'], object>({
  ground: () => ({}),
  decide: ({ state, data: { endsOn }, context }) => {
    const term = termOf(state);
    const due = term !== null && term.endsOn === endsOn && isInForce(state) && compareInstants(context.now, term.endedFrom) >= 0;
    return due
      ? accepted<AdhesionEvent>({ type: 'ConventionExpired', data: { endsOn, at: context.now }, effectiveOn: civilDateOf(term.endedFrom) })
      : accepted();
  },
});
