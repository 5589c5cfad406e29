import { z } from 'zod';
import { freeText } from '../../adhesion/schemas/fields.ts';
import { says } from '../../shared/says.ts';
import { parametersSchema } from '../schemas/parameters.ts';
import type { CHANGES_COMMANDS } from './catalogue.ts';

const UpdateService = z.strictObject({
  plan: z.string().min(1).max(100).optional().describe('Plan that the service is to have; not said: the one that it has'),
  parameters: parametersSchema.optional().describe("All parameters that it is to have, by the plan's JSON Schema; not said: those that it has"),
}).refine(({ plan, parameters }) => plan !== undefined || parameters !== undefined, says('deve dire il piano, o i parametri', 'must say the plan, or the parameters'))
  .describe('Changes plan or parameters of a service in operation at its broker');

const RevertUpdate = z.strictObject({
  reasons: freeText.describe('Why it is taken back'),
}).describe('Asks the broker for the plan and the parameters from before an update that failed');

const RotateCredentials = z.strictObject({}).describe('Has the broker give new credentials; the former ones are good until they are revoked');

const RevokeFormerCredentials = z.strictObject({}).describe('Ends a rotation: the new credentials are in use, the broker revokes the former ones');

/** The schema of every command of this area. */
export const CHANGES_SCHEMAS = { UpdateService, RevertUpdate, RotateCredentials, RevokeFormerCredentials } as const satisfies Readonly<Record<keyof typeof CHANGES_COMMANDS, z.ZodType>>;
