import type { Decision } from '../shared/process.ts';
import { ruleOf, type GivenTo, type Rule as RuleOn, type RuleParts } from '../shared/rule.ts';
import type { CommandData, DecidedType } from './command-types.ts';
import type { AdhesionEvent } from './events.ts';
import type { OpenedCase } from './state.ts';

export type Verdict = Decision<AdhesionEvent>;

/** One command's rule on an opened adhesion. */
export type Rule<Data> = RuleOn<OpenedCase, Data, AdhesionEvent>;

/** The rule of each of these commands. */
export type RulesOf<Type extends DecidedType> = { readonly [Key in Type]: Rule<CommandData[Key]> };

/** What a command is decided on. */
export type Given<Data, Ground extends object> = GivenTo<OpenedCase, Data, Ground>;

export const rule: <Data, Ground extends object>(parts: RuleParts<OpenedCase, Data, Ground, AdhesionEvent>) => Rule<Data> = ruleOf;
