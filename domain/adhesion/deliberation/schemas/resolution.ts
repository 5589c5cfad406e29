import { z } from 'zod';
import { actNumber, civilDate, freeText, instant } from '../../schemas/fields.ts';

export const DecideAmendment = z.strictObject({
  decision: z.enum(['ACCEPT_AS_FORMAL', 'RESUBMIT']).describe('Take the amended text, or send the proposal again'),
  reasons: freeText.describe('Reasons of the decision'),
}).describe('Decides on a text that the council amended');

export const RecordPublication = z.strictObject({
  noticeBoardNo: actNumber.describe('Number on the notice board'),
  firstDay: civilDate.describe('First day on the notice board'),
}).describe('Records the publication on the notice board (art. 124 TUEL)');

export const RecordBoardOutage = z.strictObject({
  day: civilDate.describe('Day on which the notice board was down'),
  // A day of 25 hours comes once a year.
  hoursDown: z.number().gt(0).max(25).meta({ format: 'double', examples: [12.5] }).describe('For how many hours; under 12 the day moves nothing'),
}).describe('Records an outage of the notice board during the publication');

export const CertifyExecutivity = z.strictObject({
  executiveOn: civilDate.describe('Day on which the act became executive, by the certificate'),
  certifiedOn: civilDate.describe('Day of the certificate'),
}).describe("Records the secretary's certificate of executivity");

export const TransmitResolution = z.strictObject({
  deliveredAt: instant.describe('When the copy reached the Agency by certified mail'),
}).describe('Records the transmission of the resolution to the Agency');

export const AcceptResolution = z.strictObject({
  overrideReason: freeText.optional().describe('Why the act is accepted in spite of what is flagged'),
}).describe('Accepts the resolution');

export const ReturnResolution = z.strictObject({
  reasons: freeText.describe('What is to be mended'),
}).describe('Returns the resolution to the comune');
