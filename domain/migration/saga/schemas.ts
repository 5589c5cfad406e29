import { z } from 'zod';
import { actNumber, civilDate, freeText } from '../../adhesion/schemas/fields.ts';
import type { SAGA_COMMANDS } from './catalogue.ts';
import { ACT_OFFICES } from './terms.ts';

const RollBack = z.strictObject({
  reasons: freeText.describe('Why it is taken back'),
  act: z.strictObject({
    no: actNumber.describe('Number of the act'),
    on: civilDate.describe('Day of the act'),
    office: z.enum(ACT_OFFICES).describe('Whose act it is'),
  }).optional().describe('Needed beyond the point of no return'),
}).describe('Undoes what was done, from the last step to the first, and leads back to the plan');

const Cancel = z.strictObject({
  reasons: freeText.describe('Why the request is given up'),
}).describe('Gives up a migration that does not operate yet; what was done is undone first');

/** The schema of every command that takes a migration back. */
export const SAGA_SCHEMAS = { RollBack, Cancel } as const satisfies Readonly<Record<keyof typeof SAGA_COMMANDS, z.ZodType>>;
