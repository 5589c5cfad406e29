import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { badRequest, BrokerError } from './errors.ts';

/** How a plan behaves here, beside what the catalogue says of it. */
export interface Plan {
  readonly id: string;
  readonly name: string;
  /** Its changes are carried out asynchronously only. */
  readonly asyncOnly: boolean;
  /** Connections to the database of an instance; null: the service has none. */
  readonly connections: number | null;
  readonly isRotatable: boolean;
  readonly parameters: z.ZodType<Parameters>;
}

export interface Service {
  readonly id: string;
  readonly kind: ServiceKind;
  readonly plans: readonly Plan[];
}

export type ServiceKind = 'hosting' | 'identity';
export type Parameters = Readonly<Record<string, unknown>>;

/** What changes in how instances are set up counts this up, and nothing else does. */
export const MAINTENANCE_VERSION = '1.0.0';
/** Seconds after which a platform gives up an operation: all here take a few. */
const MAXIMUM_POLLING_S = 120;

interface Offer {
  readonly id: string;
  readonly name: string;
  /** The project's entry whose plans and schemas these are. */
  readonly entry: string;
  readonly isRotatable: boolean;
  readonly tags: readonly string[];
  readonly plans: Readonly<Record<string, Pick<Plan, 'id' | 'asyncOnly' | 'connections'> & { readonly description: string }>>;
}

/** Identifiers are for good: platforms know services and plans by them and by nothing else. */
const OFFERS: Readonly<Record<ServiceKind, Offer>> = {
  hosting: {
    id: '6f1c6f0e-6c3d-4b0c-9a53-2f6f1c1d7a10', name: 'app-hosting', entry: 'APP_HOSTING', isRotatable: true, tags: ['postgresql', 'relational'],
    plans: {
      small: { id: 'b7d8a5f2-0a4f-4d07-8f0e-4a6f4bb0c1e1', asyncOnly: false, connections: 5, description: 'A database with 5 connections' },
      large: { id: 'd2b1f4c8-5a39-4f7e-9c26-90a7d6e4f3b2', asyncOnly: true, connections: 50, description: 'A database with 50 connections' },
    },
  },
  identity: {
    id: '0c5e2a9d-3f74-4f5b-8a1e-7b9d5c2e6f33', name: 'identity', entry: 'IDENTITY', isRotatable: false, tags: ['openid-connect'],
    plans: {
      standard: { id: '9e4f7a16-1c2b-4d8e-b3a5-6d0f8c7e2a44', asyncOnly: false, connections: null, description: 'A client of the OpenID provider' },
    },
  },
};

const Entry = z.object({
  description: z.object({ en: z.string() }),
  plans: z.array(z.object({ id: z.string(), parameters: z.record(z.string(), z.unknown()) })),
});

/** What a binding takes: nothing, and says so. */
const NO_PARAMETERS = { type: 'object', properties: {}, additionalProperties: false };
const DRAFT_4 = { $schema: 'http://json-schema.org/draft-04/schema#' };

/** The catalogue: what is offered, as rules and as the body of `GET /v2/catalog`. */
export class Catalogue {
  readonly #services: readonly Service[];
  /** The body, as sent. */
  readonly body: string;
  /** Strong: of the bytes of the body. */
  readonly etag: string;

  /** Reads the project's entries of `kinds` in a folder. */
  constructor(folder: string, kinds: readonly ServiceKind[]) {
    const loaded = kinds.map((kind) => load(folder, kind));
    this.#services = loaded.map(({ service }) => service);
    this.body = JSON.stringify({ services: loaded.map(({ offering }) => offering) });
    this.etag = `"${createHash('sha256').update(this.body).digest('base64url')}"`;
  }

  /** Connections that a plan allows to the database of an instance. */
  connections(planId: string): number {
    const limit = this.#services.flatMap(({ plans }) => plans).find(({ id }) => id === planId)?.connections ?? null;
    if (limit === null) throw new Error(`the plan ${planId} has no database`);
    return limit;
  }

  /** Throws 400 for a service that is not offered. */
  service(id: string): Service {
    const service = this.#services.find((offered) => offered.id === id);
    if (service === undefined) throw badRequest('service_id is not in the catalog of this broker.');
    return service;
  }

  /** Throws 400 for a plan that is not one of the service's. */
  plan(service: Service, id: string): Plan {
    const plan = service.plans.find((offered) => offered.id === id);
    if (plan === undefined) throw badRequest('plan_id is not a plan of this service.');
    return plan;
  }
}

/** The parameters, as the plan's schema has them; throws 400 with what is wrong with them. */
export function checkParameters({ parameters }: Pick<Plan, 'parameters'>, given: unknown): Parameters {
  const parsed = parameters.safeParse(given);
  if (parsed.success) return parsed.data;
  const reasons = parsed.error.issues.map(({ path, message }) => `${['parameters', ...path].join('.')}: ${message}`);
  throw badRequest(reasons.join('; ').slice(0, 1000));
}

/** Throws 422 for maintenance information that is not the catalogue's. */
export function checkMaintenance(given: { version: string } | undefined): void {
  if (given === undefined || given.version === MAINTENANCE_VERSION) return;
  throw new BrokerError(422, 'MaintenanceInfoConflict', 'The maintenance information for the requested Service Plan has changed.');
}

export const BINDING_PARAMETERS: Pick<Plan, 'parameters'> = { parameters: compile(NO_PARAMETERS) };

function load(folder: string, kind: ServiceKind): { service: Service; offering: object } {
  const offer = OFFERS[kind];
  const entry = Entry.parse(JSON.parse(readFileSync(join(folder, `${offer.entry}.json`), 'utf8')));
  const described = entry.plans.map(({ id: name, parameters }) => {
    const rule = offer.plans[name];
    if (rule === undefined) throw new Error(`${offer.entry} has a plan ${name} that this broker does not know`);
    const { description, ...behaviour } = rule;
    return { plan: { ...behaviour, name, isRotatable: offer.isRotatable, parameters: compile(parameters) }, offering: planOffering(offer, rule, name, description, parameters) };
  });
  return {
    service: { id: offer.id, kind, plans: described.map(({ plan }) => plan) },
    offering: {
      name: offer.name, id: offer.id, description: entry.description.en, tags: offer.tags, bindable: true, instances_retrievable: true, bindings_retrievable: true,
      allow_context_updates: true, plan_updateable: described.length > 1, plans: described.map(({ offering }) => offering),
    },
  };
}

function planOffering(offer: Offer, { id }: { id: string }, name: string, description: string, parameters: object): object {
  const schema = { parameters: { ...DRAFT_4, ...parameters } };
  return {
    id, name, description, free: true, bindable: true, binding_rotatable: offer.isRotatable,
    schemas: { service_instance: { create: schema, update: schema }, service_binding: { create: { parameters: { ...DRAFT_4, ...NO_PARAMETERS } } } },
    maximum_polling_duration: MAXIMUM_POLLING_S,
    maintenance_info: { version: MAINTENANCE_VERSION, description: 'The set-up of instances of this version' },
  };
}

function compile(schema: object): z.ZodType<Parameters> {
  return z.fromJSONSchema(structuredClone(schema) as z.core.JSONSchema.JSONSchema) as z.ZodType<Parameters>;
}
