import type { RulesOf } from '../../rule.ts';
import type { MANDATES_COMMANDS } from '../catalogue.ts';
import { recordMandateChange } from './mandate-change.ts';

/** The rule of every command of the mandates. */
export const MANDATES_RULES: RulesOf<keyof typeof MANDATES_COMMANDS> = {
  RecordMandateChange: recordMandateChange,
};
