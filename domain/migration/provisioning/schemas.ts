import { z } from 'zod';
import { civilDate, freeText } from '../../adhesion/schemas/fields.ts';
import type { PROVISIONING_COMMANDS } from './catalogue.ts';

const RecordProvisioned = z.strictObject({
  provisionedOn: civilDate.describe('Day on which all was provisioned'),
}).describe('Records that the service, carried out by people, is provisioned; a broker says so by itself');

const key = z.string().min(1).max(100).meta({ examples: ['provision@9'] }).describe('Key of the effect, as the view lists it');

const RetryEffect = z.strictObject({ key }).describe('Sends the same request to the broker again, after it failed');

const SkipEffect = z.strictObject({
  key,
  reasons: freeText.describe('What was done by hand instead, or why what is left is accepted'),
}).describe('Goes on without a call to the broker that failed');

/** The schema of every command of the provisioning. */
export const PROVISIONING_SCHEMAS = { RecordProvisioned, RetryEffect, SkipEffect } as const satisfies Readonly<Record<keyof typeof PROVISIONING_COMMANDS, z.ZodType>>;
