import { z } from 'zod';
import { says } from '../../shared/says.ts';
import { serviceId } from '../schemas/fields.ts';
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

/** The schema of every command of the services. */
export const SERVICES_SCHEMAS = {
  RequestMigration,
} as const satisfies Readonly<Record<keyof typeof SERVICES_COMMANDS, z.ZodType>>;
