import { z } from 'zod';
import { serviceId, versionNumber } from './fields.ts';

const MAX_PARAMETERS = 50;
const scalar = z.union([z.string().max(200), z.number(), z.boolean(), z.null()]);

export const RequestMigration = z.strictObject({
  service: serviceId.describe('Service of the catalogue'),
  plan: z.string().min(1).max(100).optional().describe('Plan of that service; not said: the first'),
  parameters: z.record(z.string().min(1).max(100), z.union([scalar, z.array(scalar).max(MAX_PARAMETERS)]))
    .refine((parameters) => Object.keys(parameters).length <= MAX_PARAMETERS, `At most ${MAX_PARAMETERS} parameters`)
    .optional().describe("Parameters by the plan's JSON Schema"),
}).describe('Requests a service');

export const CorrectFact = z.strictObject({
  version: versionNumber.describe('Version of the event that is corrected'),
  data: z.record(z.string().min(1).max(50), z.unknown()).describe('The data of the command that recorded it, as they should have been'),
}).describe('Corrects a fact recorded earlier by a new event that names it');

export const WithdrawFact = z.strictObject({
  commandId: z.string().regex(/^[A-Za-z0-9._-]{1,128}$/, 'Must be a commandId').describe('Command that brought the parked fact'),
}).describe('Takes back a fact that waits for its turn');
