import { ruleOf, type Rule as RuleOn, type RuleParts } from '../shared/rule.ts';
import type { CommandData, DecidedType } from './command-types.ts';
import type { MigrationEvent } from './events.ts';
import type { OpenedMigration } from './state.ts';

/** One command's rule on an opened migration. */
export type Rule<Data> = RuleOn<OpenedMigration, Data, MigrationEvent>;

/** The rule of each of these commands. */
export type RulesOf<Type extends DecidedType> = { readonly [Key in Type]: Rule<CommandData[Key]> };

export const rule: <Data, Ground extends object>(parts: RuleParts<OpenedMigration, Data, Ground, MigrationEvent>) => Rule<Data> = ruleOf;
