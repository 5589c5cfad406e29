import type { RulesOf } from '../../rule.ts';
import type { DPA_COMMANDS, DpaEngineData } from '../catalogue.ts';
import { confirmDataReturn } from './data-return.ts';
import { bringDpaIntoForce, countersignDpa, draftDpa, signDpa } from './signing.ts';

/** The rule of every command of the data processing agreement. */
export const DPA_RULES: RulesOf<keyof typeof DPA_COMMANDS | keyof DpaEngineData> = {
  DraftDpa: draftDpa,
  SignDpa: signDpa,
  CountersignDpa: countersignDpa,
  BringDpaIntoForce: bringDpaIntoForce,
  ConfirmDataReturn: confirmDataReturn,
};
