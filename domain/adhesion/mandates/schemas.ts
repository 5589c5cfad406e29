import { z } from 'zod';
import { actNumber, civilDate, subjectId } from '../schemas/fields.ts';
import type { MANDATES_COMMANDS } from './catalogue.ts';
import { MANDATE_CHANGES } from './terms.ts';

const RecordMandateChange = z.strictObject({
  kind: z.enum(MANDATE_CHANGES).describe('What changed'),
  on: civilDate.describe('Day of the change; of a called election, the first day of the vote; of a resignation, the day on which it was presented to the council; of its withdrawal, that of the withdrawal'),
  until: civilDate.optional().describe('Last day. Of a suspended council, by the decree; left out: the 90 days of the law. Of an acting mayor or a delegate in the assembly; left out: until a new head of the comune. Of nothing else'),
  holder: subjectId.optional().describe('Who holds the office from that day on: the mayor (also the one elected with the council), the commissioner, who acts for the mayor, the secretary; the delegate in the assembly of the Agency, who is always named'),
  actNo: actNumber.optional().describe('Number of the delegation; of a delegate in the assembly, and of nothing else'),
}).describe('Records a change of mayor, council, commissioner or secretary, who acts for the mayor, or whom the mayor sends to the assembly of the Agency');

/** The schema of every command of the mandates. */
export const MANDATES_SCHEMAS = {
  RecordMandateChange,
} as const satisfies Readonly<Record<keyof typeof MANDATES_COMMANDS, z.ZodType>>;
