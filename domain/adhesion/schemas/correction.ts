import { z } from 'zod';
import { says } from '../../shared/says.ts';
import { freeText, versionNumber } from './fields.ts';

export const CorrectFact = z.strictObject({
  version: versionNumber.describe('Version of the event that is corrected'),
  data: z.record(z.string().min(1).max(50), z.unknown()).describe('The data of the command that recorded it, as they should have been'),
  reasons: freeText.optional().describe('Why it is corrected'),
}).describe('Corrects a fact recorded earlier by a new event that names it');

export const WithdrawFact = z.strictObject({
  commandId: z.string().regex(/^[A-Za-z0-9._-]{1,128}$/, says('deve essere il commandId di un fatto', 'must be the commandId of a fact')).describe('Command that brought the parked fact'),
}).describe('Takes back a fact that waits for its turn');
