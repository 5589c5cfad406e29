import { z } from 'zod';
import { says } from '../../shared/says.ts';
import { civilDate, serviceId } from '../schemas/fields.ts';
import type { SERVICES_COMMANDS } from './catalogue.ts';

const MAX_PARAMETERS = 50;
const scalar = z.union([z.string().max(200), z.number(), z.boolean(), z.null()]);

const RequestMigration = z.strictObject({
  service: serviceId.describe('Service of the catalogue'),
  plan: z.string().min(1).max(100).optional().describe('Plan of that service; not said: the first'),
  parameters: z.record(z.string().min(1).max(100), z.union([scalar, z.array(scalar).max(MAX_PARAMETERS)]))
    .refine((parameters) => Object.keys(parameters).length <= MAX_PARAMETERS, says(`può avere al massimo ${MAX_PARAMETERS} parametri`, `must have at most ${MAX_PARAMETERS} parameters`))
    .optional().describe("Parameters by the plan's JSON Schema"),
}).describe('Requests a service');

const NoteCouncilSession = z.strictObject({
  sessionOn: civilDate.describe('Day of the session, today or later'),
}).describe("Notes a day on which the council will sit: services of the council's work are not cut over on it");

const WithdrawCouncilSession = z.strictObject({
  sessionOn: civilDate.describe('Day that was noted'),
}).describe('Takes back a day on which the council will not sit after all');

/** The schema of every command of the services. */
export const SERVICES_SCHEMAS = {
  RequestMigration,
  NoteCouncilSession,
  WithdrawCouncilSession,
} as const satisfies Readonly<Record<keyof typeof SERVICES_COMMANDS, z.ZodType>>;
