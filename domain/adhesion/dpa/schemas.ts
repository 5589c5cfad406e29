import { z } from 'zod';
import { actNumber, civilDate, instant, sha256 } from '../schemas/fields.ts';
import type { DPA_COMMANDS } from './catalogue.ts';

const DraftDpa = z.strictObject({
  sha256: sha256.describe('Digest of the text'),
}).describe('Sends the text of the data processing agreement (art. 28 GDPR)');

const SignDpa = z.strictObject({
  signedAt: instant.describe('When the controller signed'),
  sha256: sha256.describe('Digest of the signed text'),
}).describe("Records the member's signature of the data processing agreement");

const CountersignDpa = z.strictObject({
  signedAt: instant.describe('When the processor signed'),
  sha256: sha256.describe('Digest of the signed text'),
  inForceOn: civilDate.describe('First day in force'),
}).describe("Records the Agency's signature of the data processing agreement");

const ConfirmDataReturn = z.strictObject({
  outcome: z.enum(['RETURNED', 'DELETED']).describe('Whether the data were returned or deleted, as the controller chose'),
  on: civilDate.describe('Day on which it was done'),
  protocolNo: actNumber.describe('Protocol number of the record or certificate'),
}).describe('Records that the data went back or were deleted at the end of the convention (art. 28 c.3 g GDPR)');

/** The schema of every command of the data processing agreement. */
export const DPA_SCHEMAS = {
  DraftDpa,
  SignDpa,
  CountersignDpa,
  ConfirmDataReturn,
} as const satisfies Readonly<Record<keyof typeof DPA_COMMANDS, z.ZodType>>;
