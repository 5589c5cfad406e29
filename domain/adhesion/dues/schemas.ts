import { z } from 'zod';
import { actNumber, civilDate } from '../schemas/fields.ts';
import type { DUES_COMMANDS } from './catalogue.ts';
import { DUE_KINDS, MAX_DUE_CENTS, SETTLEMENTS } from './terms.ts';

const dueNo = actNumber.describe('Number of the invoice or of the request to pay');

const DeclareDue = z.strictObject({
  dueNo,
  kind: z.enum(DUE_KINDS).describe('INVESTMENT: the share of investments already made; LAST_INVOICE: the one that closes the account, of 0 where nothing is due'),
  amountCents: z.int().min(0).max(MAX_DUE_CENTS).meta({ format: 'int64' }).describe('Amount in euro cents'),
  on: civilDate.describe('Day of the invoice or of the request'),
  dueOn: civilDate.describe('Last day to pay'),
}).describe('Records what a member that leaves owes; the last invoice follows the return of the data and the closing of the services');

const SettleDue = z.strictObject({
  dueNo,
  outcome: z.enum(SETTLEMENTS).describe('Whether it was paid or given up'),
  on: civilDate.describe('Day of the payment, or of the act that gives it up'),
  protocolNo: actNumber.describe('Protocol number of the receipt or of the act'),
}).describe('Records that something due at an exit was paid or given up');

/** The schema of every command of the account of an exit. */
export const DUES_SCHEMAS = { DeclareDue, SettleDue } as const satisfies Readonly<Record<keyof typeof DUES_COMMANDS, z.ZodType>>;
