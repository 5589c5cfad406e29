import { z } from 'zod';
import { civilDate } from '../../adhesion/schemas/fields.ts';
import type { PROVISIONING_COMMANDS } from './catalogue.ts';

const RecordProvisioned = z.strictObject({
  provisionedOn: civilDate.describe('Day on which all was provisioned'),
}).describe('Records that the service, carried out by people, is provisioned; a broker says so by itself');

/** The schema of every command of the provisioning. */
export const PROVISIONING_SCHEMAS = { RecordProvisioned } as const satisfies Readonly<Record<keyof typeof PROVISIONING_COMMANDS, z.ZodType>>;
