import { z } from 'zod';
import { actNumber, civilDate, freeText, headCount, instant, sha256 } from '../../schemas/fields.ts';

const Votes = {
  for: headCount.describe('Votes in favour'),
  against: headCount.describe('Votes against'),
  abstained: headCount.describe('Abstentions'),
};

export const RequestSession = z.strictObject({
  by: z.enum(['MAYOR', 'ONE_FIFTH']).describe('Who asks: the mayor, or a fifth of the councillors'),
  on: civilDate.describe('Day of the request; the session is due within 20 days (art. 39 c.2 TUEL)'),
}).describe('Records that a session of the council was asked for');

export const ConveneCouncil = z.strictObject({
  call: z.literal([1, 2]).meta({ format: 'int32' }).describe('First or second call'),
  urgency: z.enum(['ORDINARY', 'EXTRAORDINARY', 'URGENT']).describe('Kind of session, which decides the notice'),
  noticeDeliveredAt: instant.describe('When the notice reached the last councillor'),
  sessionAt: instant.describe('When the session begins'),
}).describe('Records the notice of a session');

export const RecordSession = z.strictObject({
  organ: z.enum(['COUNCIL', 'COMMISSIONER', 'BOARD', 'ASSEMBLY', 'BOARD_OF_DIRECTORS']).describe('Who resolved: of a comune its council, its board is not competent (art. 42 TUEL); of a consortium its assembly, of a special company its board of directors'),
  heldOn: civilDate.describe('Day of the session'),
  outcome: z.enum(['VOTED', 'POSTPONED', 'ITEM_WITHDRAWN', 'NOT_REACHED', 'NO_QUORUM']).describe('What became of the item'),
  newSessionOn: civilDate.optional().describe('Day to which the item was moved, where one was set; only with POSTPONED, ITEM_WITHDRAWN or NOT_REACHED'),
  resolutionNo: actNumber.optional().describe('Number of the resolution; needed when it was approved'),
  councillorsPresent: headCount.optional().describe('Members of the organ present, who presides it not counted; needed for a vote'),
  mayorPresent: z.boolean().optional().describe('Whether the mayor was present; not said: no'),
  votes: z.strictObject(Votes).optional().describe('Votes on the resolution; needed for a vote of the council'),
  textSha256: sha256.optional().describe('Digest of the approved text; not said: that of the template'),
  immediate: z.strictObject({ ...Votes, reasons: freeText.describe('Reasons of the urgency') }).optional()
    .describe('Separate vote on immediate executability (art. 134 c.4 TUEL)'),
  urgencyReasons: freeText.optional().describe('Why the act could not wait (art. 38 c.5 TUEL)'),
  councilReasons: freeText.optional().describe('Reasons of the council; needed against an unfavourable opinion'),
}).describe('Records what happened to the item in a session');
