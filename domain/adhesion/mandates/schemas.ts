import { z } from 'zod';
import { civilDate } from '../schemas/fields.ts';
import type { MANDATES_COMMANDS } from './catalogue.ts';

const RecordMandateChange = z.strictObject({
  kind: z.enum(['MAYOR_CHANGED', 'COMMISSIONER_APPOINTED', 'COUNCIL_ELECTED', 'ELECTION_CALLED']).describe('What changed'),
  on: civilDate.describe('Day of the change; of a called election, the first day of the vote'),
}).describe('Records a change of mayor, council or commissioner');

/** The schema of every command of the mandates. */
export const MANDATES_SCHEMAS = {
  RecordMandateChange,
} as const satisfies Readonly<Record<keyof typeof MANDATES_COMMANDS, z.ZodType>>;
