import { z } from 'zod';
import { actNumber, freeText, instant } from '../../adhesion/schemas/fields.ts';
import type { OPERATION_COMMANDS } from './catalogue.ts';

const defectNo = actNumber.describe('Number of the defect').meta({ examples: ['INC-17'] });

const ReportDefect = z.strictObject({
  defectNo,
  severity: z.union([z.literal(1), z.literal(2), z.literal(3)]).describe('1: the service cannot be used. 2: it can be used in part. 3: it can be used'),
  reportedAt: instant.describe('When it was reported'),
  description: freeText.optional().describe('What is wrong'),
}).describe('Records a defect; one of severity 1 that stays open after the cutover has the migration rolled back until the point of no return');

const ResolveDefect = z.strictObject({
  defectNo,
  resolvedAt: instant.describe('When it was resolved'),
  resolution: freeText.optional().describe('How'),
}).describe('Records that a defect is resolved');

const CloseMigration = z.strictObject({
  closedOn: z.iso.date().describe('Day on which the migration was closed'),
}).describe('Closes the migration of a service in operation');

/** The schema of every command of this area. */
export const OPERATION_SCHEMAS = { ReportDefect, ResolveDefect, CloseMigration } as const satisfies Readonly<Record<keyof typeof OPERATION_COMMANDS, z.ZodType>>;
