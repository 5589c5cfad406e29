import type { Actor } from './actor.ts';
import type { Context, Decision, Refused } from './process.ts';

/**
 * One command's rule on an opened case. `turn` judges the state, and who asks: what it refuses is refused whatever the data,
 * and is what `allowed` shows. Decide and allowed ask the same rule, so they cannot differ.
 */
export interface Rule<State, Data, Event> {
  turn(state: State, actor: Actor): Refused | null;
  decide(state: State, data: Data, context: Context): Decision<Event>;
}

export interface RuleParts<State, Data, Ground extends object, Event> {
  /** What the command stands on, or why it cannot be done now. */
  readonly ground: (state: State) => Ground | Refused;
  /** Who may not do it though its turn has come and his role may: who prepared it. */
  readonly person?: (state: State, actor: Actor) => Refused | null;
  /** What is wrong with the data by themselves; said even when the turn has not come, so that no such fact is kept. */
  readonly check?: (data: Data, context: Context, state: State) => Refused | null;
  readonly decide: (given: GivenTo<State, Data, Ground>) => Decision<Event>;
}

/** What a command is decided on. */
export interface GivenTo<State, Data, Ground extends object> {
  readonly state: State;
  readonly ground: Ground;
  readonly data: Data;
  readonly context: Context;
}

/** A rule of its parts. */
export function ruleOf<State, Data, Ground extends object, Event>({ ground, person, check, decide }: RuleParts<State, Data, Ground, Event>): Rule<State, Data, Event> {
  return {
    turn: (state, actor) => {
      const found = ground(state);
      return isRefused(found) ? found : (person?.(state, actor) ?? null);
    },
    decide: (state, data, context) => {
      const found = ground(state);
      if (isRefused(found) && found.early !== true) return found;
      const fault = (isRefused(found) ? null : person?.(state, context.actor)) ?? check?.(data, context, state) ?? null;
      if (!isRefused(found)) return fault ?? decide({ state, ground: found, data, context });
      return fault === null ? found : { ...fault, reasons: [...fault.reasons, ...found.reasons] };
    },
  };
}

function isRefused(found: object): found is Refused {
  return 'kind' in found && found.kind === 'refused';
}
