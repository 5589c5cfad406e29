import type { RulesOf } from '../../rule.ts';
import type { CONVENTION_COMMANDS, ConventionEngineData } from '../catalogue.ts';
import { publishConvention } from './publication.ts';
import { recordCertificateRevocation } from './revocation.ts';
import { amendConvention } from './amendment.ts';
import { recordBudgetCover } from './budget.ts';
import { bringIntoForce, registerConvention } from './registration.ts';
import { countersignConvention, signConvention } from './signing.ts';

/** The rule of every command of the convention. */
export const CONVENTION_RULES: RulesOf<keyof typeof CONVENTION_COMMANDS | keyof ConventionEngineData> = {
  RecordBudgetCover: recordBudgetCover,
  SignConvention: signConvention,
  CountersignConvention: countersignConvention,
  RegisterConvention: registerConvention,
  BringIntoForce: bringIntoForce,
  PublishConvention: publishConvention,
  RecordCertificateRevocation: recordCertificateRevocation,
  AmendConvention: amendConvention,
};
