import { randomUUID } from 'node:crypto';
import { afterAll, assert, beforeAll, expect } from 'vitest';
import { Client, type Reply } from './client.ts';
import { startReferenceBroker, type ReferenceBroker } from './support.ts';

export interface Plan {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly bindable?: boolean;
  readonly binding_rotatable?: boolean;
  readonly plan_updateable?: boolean;
  readonly maximum_polling_duration?: number;
  readonly maintenance_info?: { readonly version: string };
  readonly schemas?: { readonly service_instance?: { readonly create?: Schema; readonly update?: Schema }; readonly service_binding?: { readonly create?: Schema } };
}
export interface Schema { readonly parameters?: JsonSchema }
export interface JsonSchema { readonly $schema?: string; readonly type?: string; readonly enum?: readonly unknown[]; readonly properties?: Record<string, JsonSchema>; readonly required?: readonly string[]; readonly items?: JsonSchema }
export interface Service {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly bindable: boolean;
  readonly plan_updateable?: boolean;
  readonly plans: readonly Plan[];
}
export interface Offer { readonly service: Service; readonly plan: Plan }

/** The broker that is judged: the one at BROKER_CONFORMANCE_URL, or the reference broker, started for it. */
export class Target {
  readonly client: Client;
  /** null: one elsewhere, whose pace nobody here can change. */
  readonly reference: ReferenceBroker | null;
  services: readonly Service[] = [];
  /** Identifiers of plans that answered AsyncRequired. */
  asyncOnly = new Set<string>();

  constructor(client: Client, reference: ReferenceBroker | null) {
    this.client = client;
    this.reference = reference;
  }

  get offers(): Offer[] { return this.services.flatMap((service) => service.plans.map((plan) => ({ service, plan }))); }

  /** A plan that also answers synchronously, else any. */
  get offer(): Offer { return this.#find(({ plan }) => !this.asyncOnly.has(plan.id)) ?? this.#first(); }

  /** A plan that is carried out asynchronously only; null: there is none. */
  get asyncOffer(): Offer | null { return this.#find(({ plan }) => this.asyncOnly.has(plan.id)) ?? null; }

  body({ service, plan }: Offer): Record<string, unknown> {
    const schema = plan.schemas?.service_instance?.create?.parameters;
    return {
      service_id: service.id, plan_id: plan.id, organization_guid: '5b0f0b0e-0000-4000-8000-000000000001', space_guid: '5b0f0b0e-0000-4000-8000-000000000002',
      context: { platform: 'conformance' }, ...(schema === undefined ? {} : { parameters: example(schema) }),
    };
  }

  ids({ service, plan }: Offer): Record<string, string> { return { service_id: service.id, plan_id: plan.id }; }

  /** A ready instance of the offer; answers its path. */
  async provisioned(offer: Offer = this.offer): Promise<string> {
    const path = instancePath();
    const reply = await this.client.settled(path, await this.client.put(path, { query: ASYNC, body: this.body(offer) }));
    assert([200, 201].includes(reply.status), `${path} is not provisioned: ${reply.text}`);
    return path;
  }

  /** Deletes an instance for good, from whatever state it is in. */
  async removed(path: string, offer: Offer = this.offer): Promise<Reply> {
    for (;;) {
      const reply = await this.client.delete(path, { query: { ...this.ids(offer), ...ASYNC } });
      if (reply.status !== 422) return this.client.settled(path, reply);
    }
  }

  /** With operations that take a while, where that can be had. */
  async slowly(work: () => Promise<void>): Promise<void> {
    this.reference?.order({ kind: 'slow', name: 'slowly', on: ['provision', 'update', 'deprovision', 'bind', 'unbind'], ms: 600 });
    await work();
    this.reference?.order();
  }

  #find(matches: (offer: Offer) => boolean): Offer | undefined {
    const all = this.offers.filter(matches);
    return all.find(({ service, plan }) => plan.bindable ?? service.bindable) ?? all[0];
  }

  #first(): Offer {
    const [first] = this.offers;
    if (first === undefined) throw new Error('the broker offers nothing');
    return first;
  }
}

export const ASYNC = { accepts_incomplete: 'true' };
export const instancePath = (): string => `/v2/service_instances/${randomUUID()}`;
export const bindingPath = (instance: string): string => `${instance}/service_bindings/${randomUUID()}`;

/** The target of a file of tests. */
export function useTarget(): () => Target {
  let target: Target | undefined;
  beforeAll(async () => {
    const given = process.env['BROKER_CONFORMANCE_URL'];
    const reference = given === undefined ? await startReferenceBroker() : null;
    target = new Target(reference?.client ?? clientOf(given ?? ''), reference);
    target.services = (await target.client.get('/v2/catalog')).body['services'] as Service[];
    for (const offer of target.offers) {
      const path = instancePath();
      const reply = await target.client.put(path, { body: target.body(offer) });
      if (reply.body['error'] === 'AsyncRequired') target.asyncOnly.add(offer.plan.id);
      else await target.removed(path, offer);
    }
  });
  afterAll(async () => { await target?.reference?.stop(); });
  return () => {
    if (target === undefined) throw new Error('no broker is there');
    return target;
  };
}

function clientOf(address: string): Client {
  const url = new URL(address);
  return new Client(`${url.origin}${url.pathname}`, decodeURIComponent(url.username), decodeURIComponent(url.password));
}

/** The least that a schema takes, of those that catalogues have: choices, texts, numbers, lists. */
export function example(schema: JsonSchema): unknown {
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.type === 'array') return schema.items === undefined ? [] : [example(schema.items)];
  if (schema.type === 'integer' || schema.type === 'number') return 1;
  if (schema.type === 'boolean') return true;
  if (schema.type === 'string') return 'example';
  return Object.fromEntries((schema.required ?? []).map((name) => [name, example(schema.properties?.[name] ?? {})]));
}

/** Section Service Broker Errors: what every refusal looks like. */
export function expectRefusal(reply: Reply, status: number, error?: string): void {
  expect({ status: reply.status, body: reply.body }).toMatchObject({ status, body: error === undefined ? {} : { error } });
  if (reply.body['error'] !== undefined) expect(reply.body['error']).toMatch(/^[A-Za-z]+$/);
  if (reply.body['description'] !== undefined) expect(reply.body['description']).toMatch(/./);
}
