import { z } from 'zod';
import { freeText } from '../../adhesion/schemas/fields.ts';
import type { WORK_ITEMS_COMMANDS } from './catalogue.ts';

const CompleteWorkItem = z.strictObject({
  workItemId: z.string().min(1).max(100).describe('Id of the work item'),
  completedOn: z.iso.date().describe('Day on which the work was done'),
  note: freeText.optional().describe('Remarks'),
}).describe('Records that a work item was done; the last one makes the service operate');

/** The schema of every command of the work items. */
export const WORK_ITEMS_SCHEMAS = { CompleteWorkItem } as const satisfies Readonly<Record<keyof typeof WORK_ITEMS_COMMANDS, z.ZodType>>;
