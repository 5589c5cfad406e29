import { refused, type Refused } from '../../shared/process.ts';
import type { Bilingual } from '../../shared/bilingual.ts';
import { ruleOf, type Rule, type RuleParts } from '../../shared/rule.ts';
import type { ConstitutionEvent } from '../events.ts';
import type { CommandData } from '../command-types.ts';
import type { Constitution } from '../state.ts';

/** One operator's command on a constitution that was started and not stopped. */
export type ConstitutionRule<Type extends keyof CommandData> = Rule<Constitution, CommandData[Type], ConstitutionEvent>;

export function rule<Type extends keyof CommandData, Ground extends object>(parts: RuleParts<Constitution, CommandData[Type], Ground, ConstitutionEvent>): ConstitutionRule<Type> {
  return ruleOf(parts);
}

/** Refusal of a fact whose ground is not on record yet; `needs` ends the sentence. */
export function notYet(code: string, needs: Bilingual): Refused {
  return refused(code, { it: `Prima occorre ${needs.it}.`, en: `First comes ${needs.en}.` });
}

/** Refusal to record a fact anew: until another rests on it, the later record takes the place of the former. */
export function reliedOn(fact: Bilingual, by: Bilingual): Refused {
  return refused('FACT_RELIED_ON', {
    it: `${fact.it}: non si registra più, vi si fonda ${by.it}.`, en: `${fact.en} cannot be recorded any more: ${by.en} rests on it.`,
  });
}
