import type { RulesOf } from '../../rule.ts';
import type { MANDATES_COMMANDS, MandatesEngineData } from '../catalogue.ts';
import { lapseConfirmation, recordMandateChange } from './mandate-change.ts';

/** The rule of every command of the mandates. */
export const MANDATES_RULES: RulesOf<keyof typeof MANDATES_COMMANDS | keyof MandatesEngineData> = {
  RecordMandateChange: recordMandateChange,
  LapseConfirmation: lapseConfirmation,
};
