import { z } from 'zod';
import { freeText, instant } from '../../adhesion/schemas/fields.ts';
import type { CUTOVER_COMMANDS } from './catalogue.ts';
import { CUTOVER_OUTCOMES, MOST_WINDOW_HOURS } from './bounds.ts';

const ScheduleCutover = z.strictObject({
  from: instant.describe('When the window begins'),
  to: instant.describe(`When it ends, after ${MOST_WINDOW_HOURS} hours at most`),
  patronStaffed: z.boolean().optional().describe("Whether somebody is in the comune's office on the eve of its patron, if the window meets it"),
}).describe('Sets the window of the cutover, or another in its place; one that meets a forbidden time is refused, and the next preferred one named');

const CancelCutover = z.strictObject({
  reasons: freeText.describe('Why the window is given up'),
}).describe('Gives up the window of the cutover, and with it the go; the service is scheduled anew');

const DecideGo = z.strictObject({
  go: z.boolean().describe('Whether the service is cut over in its window'),
  decidedAt: instant.describe('When it was decided'),
  reasons: freeText.optional().describe('Why not; needed for a no'),
}).describe("The service referent's word on the cutover; a no gives the window up");

const RecordCutover = z.strictObject({
  startedAt: instant.describe('When it began'),
  endedAt: instant.describe('When it ended'),
  outcome: z.enum(CUTOVER_OUTCOMES).describe('SUCCEEDED: the new service is in use. FAILED: the old one still is'),
  reasons: freeText.optional().describe('Why it was outside its window, in one that is no longer free, or though something was missing by then; needed then'),
}).describe('Records the cutover; from a success on the hours to the point of no return are counted');

/** The schema of every command of this area. */
export const CUTOVER_SCHEMAS = {
  ScheduleCutover, CancelCutover, DecideGo, RecordCutover,
} as const satisfies Readonly<Record<keyof typeof CUTOVER_COMMANDS, z.ZodType>>;
