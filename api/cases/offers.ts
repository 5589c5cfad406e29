import { z } from 'zod';
import type { CatalogueStore } from '../../db/catalogue.ts';
import { isDatabaseAway } from '../../db/unavailable.ts';
import { findService, type Catalogue } from '../../domain/catalogue/catalogue.ts';
import { offerOf } from '../../domain/catalogue/offer.ts';
import type { Service } from '../../domain/catalogue/schemas.ts';
import type { CaseAt } from '../../db/queries/cases.ts';
import type { MigrationState } from '../../domain/migration/index.ts';
import { parse } from '../http/validation.ts';
import { Problem } from '../problems.ts';

type Plan = Service['plans'][number];

const schemas = new WeakMap<Plan, z.ZodType>();

/**
 * The data of a request of a service with what the catalogue says of it now, which the case keeps: later changes are not its
 * own. Throws Problem for parameters that break the JSON Schema of the plan; what the catalogue does not know is the process's to
 * refuse. A fact that may not be lost (`isFact`) goes by the catalogue as it was seen last while the database is away.
 */
export async function withOffer(catalogue: CatalogueStore, data: object, isFact: boolean): Promise<object> {
  const current = await catalogue.current().catch((error: unknown) => {
    const seen = isFact && isDatabaseAway(error) ? catalogue.lastSeen() : undefined;
    if (seen === undefined) throw error;
    return seen;
  });
  const service = serviceIn(current, data);
  if (service === undefined) return data;
  checkParameters(service, data);
  return { ...data, offered: offerOf(service) };
}

/**
 * The data of an update of a service with the plans that there were at the version which its migration goes by. Throws Problem for
 * parameters that break the JSON Schema of the plan that it is to have.
 */
export async function withPlans(catalogue: CatalogueStore, data: object, migration: Pick<CaseAt, 'state'> | undefined): Promise<object> {
  // The state comes from the fold of this very process.
  const standing = (migration?.state as MigrationState | undefined)?.migration ?? null;
  const service = standing === null ? undefined : findService(await catalogue.current(), standing.service, standing.catalogueVersion);
  if (standing === null || service === undefined) return data;
  checkParameters(service, { plan: standing.plan, parameters: standing.parameters, ...data });
  return { ...data, offered: { plans: service.plans.map(({ id }) => id) } };
}

function serviceIn(catalogue: Catalogue, data: object): Service | undefined {
  return 'service' in data && typeof data.service === 'string' ? findService(catalogue, data.service) : undefined;
}

function checkParameters({ plans }: Service, data: object): void {
  const wanted = 'plan' in data ? data.plan : undefined;
  const plan = wanted === undefined ? plans[0] : plans.find(({ id }) => id === wanted);
  if (plan === undefined) return;
  const parsed = parse(schemaOf(plan), 'parameters' in data ? (data.parameters ?? {}) : {}, 'parameters');
  if ('reasons' in parsed) throw Problem.refused('PARAMETERS_INVALID', parsed.reasons);
}

function schemaOf(plan: Plan): z.ZodType {
  const present = schemas.get(plan);
  if (present !== undefined) return present;
  const schema = z.fromJSONSchema(structuredClone(plan.parameters) as Parameters<typeof z.fromJSONSchema>[0]);
  schemas.set(plan, schema);
  return schema;
}
