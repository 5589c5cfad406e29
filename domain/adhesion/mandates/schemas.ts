import { z } from 'zod';
import { civilDate } from '../schemas/fields.ts';
import type { MANDATES_COMMANDS } from './catalogue.ts';
import { MANDATE_CHANGES } from './terms.ts';

const RecordMandateChange = z.strictObject({
  kind: z.enum(MANDATE_CHANGES).describe('What changed'),
  on: civilDate.describe('Day of the change; of a called election, the first day of the vote; of a resignation, the day on which it was presented to the council; of its withdrawal, that of the withdrawal'),
  until: civilDate.optional().describe('Of a suspended council only: last day of the suspension by the decree; left out: the 90 days of the law'),
}).describe('Records a change of mayor, council or commissioner');

/** The schema of every command of the mandates. */
export const MANDATES_SCHEMAS = {
  RecordMandateChange,
} as const satisfies Readonly<Record<keyof typeof MANDATES_COMMANDS, z.ZodType>>;
