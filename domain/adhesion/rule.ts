import type { Actor } from '../shared/actor.ts';
import type { Context, Decision, Refused } from '../shared/process.ts';
import type { CommandData, DecidedType } from './command-types.ts';
import type { AdhesionEvent } from './events.ts';
import type { OpenedCase } from './state.ts';

export type Verdict = Decision<AdhesionEvent>;

/**
 * One command's rule on an opened case. `turn` judges the state, and who asks: what it refuses is refused whatever the data,
 * and is what `allowed` shows. Decide and allowed ask the same rule, so they cannot differ.
 */
export interface Rule<Data> {
  turn(state: OpenedCase, actor: Actor): Refused | null;
  decide(state: OpenedCase, data: Data, context: Context): Verdict;
}

/** The rule of each of these commands. */
export type RulesOf<Type extends DecidedType> = { readonly [Key in Type]: Rule<CommandData[Key]> };

interface Parts<Data, Ground extends object> {
  /** What the command stands on, or why it cannot be done now. */
  readonly ground: (state: OpenedCase) => Ground | Refused;
  /** Who may not do it though its turn has come and his role may: who prepared it. */
  readonly person?: (state: OpenedCase, actor: Actor) => Refused | null;
  /** What is wrong with the data by themselves; said even when the turn has not come, so that no such fact is kept. */
  readonly check?: (data: Data, context: Context, state: OpenedCase) => Refused | null;
  readonly decide: (given: Given<Data, Ground>) => Verdict;
}

/** What a command is decided on. */
export interface Given<Data, Ground extends object> {
  readonly state: OpenedCase;
  readonly ground: Ground;
  readonly data: Data;
  readonly context: Context;
}

export function rule<Data, Ground extends object>({ ground, person, check, decide }: Parts<Data, Ground>): Rule<Data> {
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
