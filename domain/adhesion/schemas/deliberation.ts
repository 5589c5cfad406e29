import { z } from 'zod';
import { actNumber, civilDate, freeText, headCount, instant, sha256, versionNumber } from './fields.ts';

const Template = z.strictObject({
  id: z.string().trim().min(1).max(100).describe('Id of the draft convention').meta({ examples: ['convenzione-cst'] }),
  version: versionNumber.describe('Its version'),
  sha256: sha256.describe('Digest of its text'),
}).describe('The text that every council must approve unchanged');

const Votes = {
  for: headCount.describe('Votes in favour'),
  against: headCount.describe('Votes against'),
  abstained: headCount.describe('Abstentions'),
};

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

export const ConveneCouncil = z.strictObject({
  call: z.literal([1, 2]).meta({ format: 'int32' }).describe('First or second call'),
  urgency: z.enum(['ORDINARY', 'EXTRAORDINARY', 'URGENT']).describe('Kind of session, which decides the notice'),
  noticeDeliveredAt: instant.describe('When the notice reached the last councillor'),
  sessionAt: instant.describe('When the session begins'),
}).describe('Records the notice of a session');

export const RecordSession = z.strictObject({
  organ: z.enum(['COUNCIL', 'COMMISSIONER', 'BOARD']).describe('Who resolved; the board is not competent (art. 42 TUEL)'),
  heldOn: civilDate.describe('Day of the session'),
  outcome: z.enum(['VOTED', 'POSTPONED', 'ITEM_WITHDRAWN', 'NOT_REACHED', 'NO_QUORUM']).describe('What became of the item'),
  resolutionNo: actNumber.optional().describe('Number of the resolution; needed when it was approved'),
  councillorsPresent: headCount.optional().describe('Councillors present, the mayor not counted; needed for a vote of the council'),
  mayorPresent: z.boolean().optional().describe('Whether the mayor was present; not said: no'),
  votes: z.strictObject(Votes).optional().describe('Votes on the resolution; needed for a vote of the council'),
  textSha256: sha256.optional().describe('Digest of the approved text; not said: that of the template'),
  immediate: z.strictObject({ ...Votes, reasons: freeText.describe('Reasons of the urgency') }).optional()
    .describe('Separate vote on immediate executability (art. 134 c.4 TUEL)'),
  urgencyReasons: freeText.optional().describe('Why the act could not wait (art. 38 c.5 TUEL)'),
  councilReasons: freeText.optional().describe('Reasons of the council; needed against an unfavourable opinion'),
}).describe('Records what happened to the item in a session');

export const ResubmitProposal = z.strictObject({
  sentAt: instant.describe('When the certified mail was sent'),
  template: Template.optional().describe('A new text; not said: the same'),
}).describe('Sends the proposal again after a rejection');

export const AllowFurtherAttempt = z.strictObject({
  reasons: freeText.describe('Why one more attempt is allowed'),
}).describe('Allows one more attempt after the last was rejected');

export const DecideAmendment = z.strictObject({
  decision: z.enum(['ACCEPT_AS_FORMAL', 'RESUBMIT']).describe('Take the amended text, or send the proposal again'),
  reasons: freeText.describe('Reasons of the decision'),
}).describe('Decides on a text that the council amended');
