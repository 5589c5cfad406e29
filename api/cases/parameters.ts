import { z } from 'zod';
import { findService, type ServicePlan } from '../../domain/migration/index.ts';
import { Problem } from '../problems.ts';
import { parse } from '../http/validation.ts';

const schemas = new Map<ServicePlan, z.ZodType>();

/** Parameters of a requested service against the JSON Schema of its plan; what the catalogue does not know is the process's to refuse. */
export function checkParameters(data: object): void {
  const service = 'service' in data && typeof data.service === 'string' ? findService(data.service) : undefined;
  const wanted = 'plan' in data ? data.plan : undefined;
  const plan = wanted === undefined ? service?.plans[0] : service?.plans.find(({ id }) => id === wanted);
  if (plan === undefined) return;
  const parsed = parse(schemaOf(plan), 'parameters' in data ? (data.parameters ?? {}) : {}, 'parameters');
  if ('reasons' in parsed) throw Problem.refused('PARAMETERS_INVALID', parsed.reasons);
}

function schemaOf(plan: ServicePlan): z.ZodType {
  const present = schemas.get(plan);
  if (present !== undefined) return present;
  const schema = z.fromJSONSchema(structuredClone(plan.parameters));
  schemas.set(plan, schema);
  return schema;
}
