import { z } from 'zod';
import { actNumber, civilDate, instant, sha256 } from '../schemas/fields.ts';
import { MAX_REGULATION_KIND } from './bounds.ts';
import type { MEMBERSHIP_COMMANDS } from './catalogue.ts';

const AdoptRegulation = z.strictObject({
  kind: z.string().trim().min(1).max(MAX_REGULATION_KIND).describe('What it regulates, in a word').meta({ examples: ['ICT_SERVICES'] }),
  actNo: actNumber.describe('Number of the act that adopted it'),
  actOn: civilDate.describe('Day of the act'),
  sha256: sha256.describe('Digest of its text'),
}).describe('Records a regulation that the member adopted for the associated services');

const OpenRenewal = z.strictObject({}).describe('Opens the renewal of the convention, before it is opened by itself');

const GiveWithdrawalNotice = z.strictObject({
  deliveredAt: instant.describe('Delivery of the notice (PEC receipt)'),
  actNo: actNumber.describe("Number of the council's resolution"),
  actOn: civilDate.describe('Day of the resolution'),
}).describe('Records the notice by which the member withdraws');

const ExcludeMember = z.strictObject({
  noticesOn: z.tuple([civilDate, civilDate]).describe('Days of the two formal notices to pay'),
  heardOn: civilDate.describe('Day on which the member was heard'),
  assemblyActNo: actNumber.describe('Number of the act of the assembly'),
  on: civilDate.describe("Day of the assembly's vote, from which the member is excluded"),
}).describe('Records the exclusion of a member that does not pay');

/** The schema of every command of the membership. */
export const MEMBERSHIP_SCHEMAS = {
  AdoptRegulation,
  OpenRenewal,
  GiveWithdrawalNotice,
  ExcludeMember,
} as const satisfies Readonly<Record<keyof typeof MEMBERSHIP_COMMANDS, z.ZodType>>;
