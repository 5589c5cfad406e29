import { z } from 'zod';
import { freeText, sha256 } from '../../adhesion/schemas/fields.ts';
import { says } from '../../shared/says.ts';
import type { WORK_ITEMS_COMMANDS } from './catalogue.ts';

const MOST_POINTS = 30;
const MOST_DOCUMENTS = 10;

const workItemId = z.string().min(1).max(100).describe('Id of the work item');

const CompleteWorkItem = z.strictObject({
  workItemId,
  completedOn: z.iso.date().describe('Day on which the work was done'),
  note: freeText.optional().describe('Remarks; where the catalogue asks for a note, the evidence'),
  checked: z.array(z.string().min(1).max(100)).max(MOST_POINTS).refine((points) => new Set(points).size === points.length, says('ripete un punto', 'must name each point once')).optional()
    .describe('Points of the checklist that hold'),
  evidence: z.array(z.strictObject({
    sha256: sha256.describe('Digest of the document'),
    documentId: z.string().regex(/^doc-[0-9a-f-]{1,50}$/, says("deve essere l'identificativo di un documento della pratica", 'must be the id of a document of the case')).optional().describe('Id of the document among those of the adhesion'),
  })).min(1).max(MOST_DOCUMENTS).optional().describe('Documents that prove it'),
}).describe('Records that a work item was done; on the light track the last one makes the service operate');

const ReopenWorkItem = z.strictObject({
  workItemId,
  reasons: freeText.describe('Why it is not done after all'),
}).describe('Takes back that a work item was done, while nothing that follows it is done');

/** The schema of every command of the work items. */
export const WORK_ITEMS_SCHEMAS = { CompleteWorkItem, ReopenWorkItem } as const satisfies Readonly<Record<keyof typeof WORK_ITEMS_COMMANDS, z.ZodType>>;
