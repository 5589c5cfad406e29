import { z } from 'zod';
import { says } from '../../shared/says.ts';

const scalar = z.union([z.string().max(200), z.number(), z.boolean(), z.null()]);
const MAX_PARAMETERS = 50;

/** Parameters of a plan, before its JSON Schema has its say: flat and bounded, since they stay in events. */
export const parametersSchema = z.record(z.string().min(1).max(100), z.union([scalar, z.array(scalar).max(MAX_PARAMETERS)]))
  .refine((parameters) => Object.keys(parameters).length <= MAX_PARAMETERS, says(`può avere al massimo ${MAX_PARAMETERS} parametri`, `must have at most ${MAX_PARAMETERS} parameters`));
