import { civilDateOf, compareInstants, normalInstant, type CivilDate } from '../../shared/civil-date.ts';
import { refused, type Context, type Decision, type Refused } from '../../shared/process.ts';
import type { AdhesionEvent } from '../events.ts';
import type { OpenedCase } from '../state.ts';
import type { Basis } from '../terms.ts';

export type Verdict = Decision<AdhesionEvent>;

/**
 * One command's rule on an opened case. `turn` judges the state alone: what it refuses is refused whatever the data, and
 * is what `allowed` shows. Decide and allowed ask the same rule, so they cannot differ.
 */
export interface Rule<Data> {
  turn(state: OpenedCase): Refused | null;
  decide(state: OpenedCase, data: Data, context: Context): Verdict;
}

interface Parts<Data, Ground extends object> {
  /** What the command stands on, or why it cannot be done now. */
  readonly ground: (state: OpenedCase) => Ground | Refused;
  /** What is wrong with the data by themselves; said even when the turn has not come, so that no such fact is kept. */
  readonly check?: (data: Data, context: Context, state: OpenedCase) => Refused | null;
  readonly decide: (given: { readonly state: OpenedCase; readonly ground: Ground; readonly data: Data; readonly context: Context }) => Verdict;
}

export function rule<Data, Ground extends object>({ ground, check, decide }: Parts<Data, Ground>): Rule<Data> {
  return {
    turn: (state) => {
      const found = ground(state);
      return isRefused(found) ? found : null;
    },
    decide: (state, data, context) => {
      const found = ground(state);
      if (isRefused(found) && found.early !== true) return found;
      const fault = check?.(data, context, state) ?? null;
      if (!isRefused(found)) return fault ?? decide({ state, ground: found, data, context });
      return fault === null ? found : { ...fault, reasons: [...fault.reasons, ...found.reasons] };
    },
  };
}

function isRefused(found: object): found is Refused {
  return 'kind' in found && found.kind === 'refused';
}

/** The first refusal among several checks, or null. */
export function firstRefusal(...checks: (Refused | null)[]): Refused | null {
  return checks.find((check) => check !== null) ?? null;
}

/** An instant or a civil date: a civil date has ten characters, an instant more. */
export type When = string;

/** None may lie in the future: instants against `now`, civil dates against the day in Rome. */
export function notInFuture({ now }: Context, facts: { readonly [path: string]: When | undefined }): Refused | null {
  const today = civilDateOf(now);
  for (const [path, when] of Object.entries(facts)) {
    if (when === undefined) continue;
    const future = isDate(when) ? when > today : compareInstants(when, now) > 0;
    if (future) return refused('FACT_IN_FUTURE', `${path} lies in the future; a fact can be recorded from ${isDate(when) ? when : normalInstant(when)} on.`, path);
  }
  return null;
}

/** A fact may not precede what it follows; where one of them is a civil date, days are compared. */
export function notBefore(when: When, path: string, ground: When | null, follows: string): Refused | null {
  if (ground === null) return null;
  const before = isDate(when) || isDate(ground) ? dayOf(when) < dayOf(ground) : compareInstants(when, ground) < 0;
  return before ? refused('DATE_BEFORE_GROUND', `${path} must not be before ${follows} (${ground}).`, path) : null;
}

export function dayOf(when: When): CivilDate {
  return isDate(when) ? when : civilDateOf(when);
}

function isDate(when: string): boolean {
  return when.length === 10;
}

/** The versions that the case's dates are computed by. */
export function basisOf({ opening }: OpenedCase): Basis {
  const { policyVersion, calendarVersion } = opening.policies;
  return { policyVersion, calendarVersion };
}
