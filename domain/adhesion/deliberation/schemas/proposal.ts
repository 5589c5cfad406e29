import { z } from 'zod';
import { civilDate, freeText, instant, sha256, versionNumber } from '../../schemas/fields.ts';

const Template = z.strictObject({
  id: z.string().trim().min(1).max(100).describe('Id of the draft convention').meta({ examples: ['convenzione-cst'] }),
  version: versionNumber.describe('Its version'),
  sha256: sha256.describe('Digest of its text'),
}).describe('The text that every council must approve unchanged');

export const SendProposal = z.strictObject({
  template: Template,
  sentAt: instant.describe('When the certified mail was sent'),
}).describe('Records that the proposal was sent to the comune');

export const ConfirmReceipt = z.strictObject({
  deliveredAt: instant.describe('Instant of the delivery receipt; the protocol date does not count'),
}).describe('Records the delivery receipt of the proposal');

export const RecordOpinion = z.strictObject({
  kind: z.enum(['TECHNICAL', 'ACCOUNTING', 'AUDITORS']).describe('Art. 49 TUEL (technical, accounting) or art. 239 (auditors)'),
  outcome: z.enum(['FAVOURABLE', 'UNFAVOURABLE']).describe('An unfavourable opinion does not stop the council, which must give reasons'),
  givenOn: civilDate.describe('Day of the opinion'),
  reasons: freeText.optional().describe('Reasons of the opinion'),
  onAmendment: z.boolean().optional().describe('True when it is about an amendment of the council'),
}).describe('Records an opinion on the proposal');

export const ResubmitProposal = z.strictObject({
  sentAt: instant.describe('When the certified mail was sent'),
  template: Template.optional().describe('A new text; not said: the same'),
}).describe('Sends the proposal again after a rejection');

export const AllowFurtherAttempt = z.strictObject({
  reasons: freeText.describe('Why one more attempt is allowed'),
}).describe('Allows one more attempt after the last was rejected');
