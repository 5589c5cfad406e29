import { z } from 'zod';
import { freeText } from '../../adhesion/schemas/fields.ts';
import type { FEASIBILITY_COMMANDS } from './catalogue.ts';

const ApproveFeasibility = z.strictObject({
  findings: freeText.optional().describe('What the study found'),
}).describe('Records that the service can be brought to this comune; its plan can be proposed');

const RejectFeasibility = z.strictObject({
  reasons: freeText.describe('Why it cannot be done'),
}).describe('Records that the service cannot be brought to this comune; ends the migration');

/** The schema of every command of the feasibility. */
export const FEASIBILITY_SCHEMAS = { ApproveFeasibility, RejectFeasibility } as const satisfies Readonly<Record<keyof typeof FEASIBILITY_COMMANDS, z.ZodType>>;
