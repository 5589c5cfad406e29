import { isReferentsEvent } from '../referents/events.ts';
import { incompatibleFault } from '../referents/rules/appointment.ts';
import type { Referent } from '../referents/state.ts';
import { referentState } from '../referents/tenure.ts';
import type { OpenedCase } from '../state.ts';
import type { FactToTake } from './catalogue.ts';
import { factOf, type Predecessor } from './predecessor.ts';

/**
 * Who holds a role in another predecessor's case that is empty in the base: of each role, or its deputy, the first in the order of `others`. All that was
 * recorded of the appointment comes along, and of those it replaced, under the numbers that follow the base's. Whoever may not hold it beside a role that
 * is taken over already does not.
 */
export function referentsOfOthers(base: Predecessor, others: readonly Predecessor[]): readonly FactToTake[] {
  let known: OpenedCase = base.state;
  return others.flatMap((other) => {
    const numbers = new Map<string, string>();
    for (const referent of heldIn(other.state)) {
      if (heldIn(known).some((held) => isSamePost(held, referent)) || incompatibleFault(known, referent) !== null) continue;
      for (const one of lineOf(other.state, referent)) {
        const appointmentId = `ref-${known.referents.length + 1}`;
        numbers.set(one.appointmentId, appointmentId);
        const replaces = numbers.get(one.replaces ?? '');
        known = { ...known, referents: [...known.referents, { ...one, appointmentId, ...(replaces === undefined ? {} : { replaces }) }] };
      }
    }
    return other.events.filter((event) => isAbout(event, numbers)).map((event) => {
      const fact = factOf(other.state.opening.id, event);
      return { ...fact, data: renumbered(fact.data, numbers) };
    });
  });
}

function heldIn(state: OpenedCase): readonly Referent[] {
  return state.referents.filter((referent) => ['APPOINTED', 'ACTIVE', 'SUSPENDED'].includes(referentState(state, referent)));
}

function isSamePost(a: Referent, b: Referent): boolean {
  return a.role === b.role && a.service === b.service && a.deputy === b.deputy;
}

/** An appointment after those that it replaced, one by one. */
function lineOf(state: OpenedCase, referent: Referent): readonly Referent[] {
  const before = state.referents.find(({ appointmentId }) => appointmentId === referent.replaces);
  return before === undefined ? [referent] : [...lineOf(state, before), referent];
}

/** True for what was recorded of the referents of appointments that are taken over. */
function isAbout({ type, data }: Predecessor['events'][number], numbers: ReadonlyMap<string, string>): boolean {
  const isOfReferents = isReferentsEvent({ type: type === 'FactCorrected' && 'type' in data ? data.type : type });
  return isOfReferents && namesIn(data).some((name) => numbers.has(name));
}

/** Members of such events that name appointments. */
const NAMES_APPOINTMENTS: ReadonlySet<string> = new Set(['appointmentId', 'appointmentIds', 'replaces']);

function namesIn(data: object): readonly string[] {
  return Object.entries(data).flatMap(([member, value]: [string, unknown]) => {
    if (member === 'data' && typeof value === 'object' && value !== null) return namesIn(value);
    return NAMES_APPOINTMENTS.has(member) ? [value].flat().filter((name) => typeof name === 'string') : [];
  });
}

/** The same with the new numbers; a list names those alone that were taken over. */
function renumbered(data: object, numbers: ReadonlyMap<string, string>): object {
  return Object.fromEntries(Object.entries(data).map(([member, value]: [string, unknown]): readonly [string, unknown] => {
    if (member === 'data' && typeof value === 'object' && value !== null) return [member, renumbered(value, numbers)];
    if (!NAMES_APPOINTMENTS.has(member)) return [member, value];
    return [member, Array.isArray(value) ? value.flatMap((name) => numbers.get(String(name)) ?? []) : numbers.get(String(value)) ?? value];
  }));
}
