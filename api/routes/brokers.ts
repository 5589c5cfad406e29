import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { mismatches } from '../../brokers/mismatches.ts';
import type { BrokerPreparation as Preparation, Registered, Registration } from '../../brokers/register.ts';
import type { BrokerAnswer } from '../../brokers/store.ts';
import type { Failure } from '../../brokers/verdict.ts';
import { findService } from '../../domain/catalogue/catalogue.ts';
import type { Reason } from '../../domain/shared/reason.ts';
import { OtherContent } from '../../db/journal.ts';
import { actorOf, callerOf } from '../auth/hook.ts';
import { askBroker } from '../cases/brokers.ts';
import { idempotencyKey } from '../cases/request.ts';
import type { Context } from '../context.ts';
import { checkAddress } from '../http/address.ts';
import { decodeCursor, DEFAULT_LIMIT, pageOf, paging } from '../http/paging.ts';
import { Broker, BROKER_NAME, BrokerCheck, BrokerPreparation, NewBroker } from '../openapi/broker-schemas.ts';
import { page, problems, type Documented } from '../openapi/schemas.ts';
import { Problem } from '../problems.ts';

const PATH = '/v1/brokers';
const PREPARATIONS = '/v1/broker-preparations';
const tags = ['brokers'];
const noQuery = z.strictObject({});
const params = z.strictObject({ name: z.string().max(60).describe('Name of the broker') });

/** Who provides services by the Open Service Broker API, and how an operator changes that. */
export function brokerRoutes(context: Context): FastifyPluginAsyncZod {
  const { brokers, brokerCatalogs, catalogue, keys, whole: { way }, twoPersons } = context;
  const One: Documented = Broker;
  const Prepared: Documented = BrokerPreparation;
  const Checked: Documented = BrokerCheck;

  const get = async (name: string): Promise<Registered> => {
    const found = (await brokers.current()).brokers.get(name);
    if (found === undefined) throw Problem.of('NOT_FOUND');
    return found;
  };
  const show = async (broker: Registered) => ({ ...shown(broker), by: broker.by, at: broker.at, instances: await brokers.inUse(broker.broker) });
  /** Who asks for a change, once for each key. */
  const change = (request: FastifyRequest, type: string, content: unknown) => {
    const caller = callerOf(request);
    const key = idempotencyKey(request);
    // A key is its caller's own: who approves sends the same as who prepares, and means something else.
    return { actor: actorOf(caller), twoPersons, commandId: `${type}/${key === undefined ? randomUUID() : keys.digest('brokers', type, caller.subject, key)}`, requestHash: way.requestHash(type, content) };
  };
  /** What our catalogue does not have. */
  const unknownHere = async (services: Registration['services']): Promise<readonly Reason[]> => {
    const current = await catalogue.current();
    return Object.entries(services).flatMap(([service, { planIds }]) => {
      const found = findService(current, service);
      if (found === undefined) return [{ code: 'UNKNOWN_SERVICE', message: { it: `Il catalogo non ha il servizio ${service}.`, en: `The catalogue has no service ${service}.` }, path: `services.${service}` }];
      return Object.keys(planIds).filter((plan) => !found.plans.some(({ id }) => id === plan))
        .map((plan) => ({ code: 'UNKNOWN_PLAN', message: { it: `Il servizio ${service} non ha il piano ${plan}.`, en: `The service ${service} has no plan ${plan}.` }, path: `services.${service}.planIds.${plan}` }));
    });
  };

  return async (app) => {
    app.get(PATH, {
      schema: { tags, operationId: 'brokers-list', summary: 'Brokers that are registered', querystring: z.strictObject({ ...paging }), response: { 200: page(Broker), ...problems(400, 503) } },
    }, async (request) => {
      const { limit = DEFAULT_LIMIT, cursor } = request.query;
      const rows = after([...(await brokers.current()).brokers.values()], decodeCursor(cursor, BROKER_NAME), limit);
      const { items, nextCursor } = pageOf(rows, limit, ({ broker }) => broker, show);
      return { items: await Promise.all(items), nextCursor };
    });

    app.get(`${PATH}/:name`, {
      schema: { tags, operationId: 'broker-get', summary: 'A broker', params, querystring: noQuery, response: { 200: One, ...problems(404, 503) } },
    }, async (request) => show(await get(request.params.name)));

    app.get(`${PATH}/:name/catalogue`, {
      schema: { tags, operationId: 'broker-check', summary: "Asks a broker for its catalogue now, and holds it against what is registered", params, querystring: noQuery, response: { 200: Checked, ...problems(404, 503) } },
    }, async (request) => {
      const registered = await get(request.params.name);
      const { code, mismatches: missing, services } = await askBroker(context, registered);
      return {
        name: registered.broker, reachable: code === null, code, mismatches: missing.map(({ code: reason, message, path }) => ({ code: reason, message: message.en, path })),
        services: services.map(({ id, name, plans }) => ({ id, name, plans: plans.map((plan) => ({ id: plan.id, name: plan.name })) })),
      };
    });

    app.post(PATH, {
      schema: {
        tags, operationId: 'brokers-add', querystring: noQuery, body: NewBroker,
        summary: 'Registers a broker, or changes it; its catalogue is fetched first. Where it takes two persons, the first prepares it (202) and another sends the same to approve it',
        response: { 201: One, 202: Prepared, ...problems(400, 409, 413, 415, 502, 503) },
      },
    }, async (request, reply) => {
      const { name: broker, username, password, url, local, services } = request.body;
      checkAddress(url, local);
      const registration: Registration = { broker, url: withoutSlash(url), local, services };
      const asked = change(request, 'RegisterBroker', request.body);
      const unknown = await unknownHere(services);
      if (unknown.length > 0) throw Problem.validation(unknown);
      await brokers.current();
      const answer = await brokerCatalogs.fetch({ name: broker, url: registration.url, local, username, password });
      if (answer.kind === 'FAILED') throw unreachable(answer.failure);
      const wrong = mismatches(answer.catalog, registration);
      if (wrong.length > 0) throw Problem.refused('BROKER_CATALOGUE_MISMATCH', wrong);
      const done = await brokers.register(registration, { username, password }, asked).catch(otherContent);
      if (done.outcome === 'PREPARED') return reply.code(202).header('Location', `${PREPARATIONS}/${broker}`).send(preparation(done.preparation));
      return reply.code(201).header('Location', `${PATH}/${broker}`).send(await show(registered(done)));
    });

    app.delete(`${PATH}/:name`, {
      schema: {
        tags, operationId: 'broker-remove', params, querystring: noQuery, summary: 'Removes a broker that holds no instance; where it takes two persons, the first prepares it (202) and another sends the same',
        response: { 202: Prepared, 204: z.null().describe('Removed'), ...problems(404, 409, 503) },
      },
    }, async (request, reply) => {
      const { name } = request.params;
      await get(name);
      const done = await brokers.remove(name, change(request, 'RemoveBroker', { name })).catch(otherContent);
      if (done.outcome === 'REFUSED') throw Problem.refused(done.refused.code, done.refused.reasons);
      if (done.outcome === 'PREPARED') return reply.code(202).header('Location', `${PREPARATIONS}/${name}`).send(preparation(done.preparation));
      return reply.code(204).send(null);
    });

    app.get(PREPARATIONS, {
      schema: { tags, operationId: 'broker-preparations-list', summary: 'Changes of the brokers that wait for another person', querystring: z.strictObject({ ...paging }), response: { 200: page(BrokerPreparation), ...problems(400, 503) } },
    }, async (request) => {
      const { limit = DEFAULT_LIMIT, cursor } = request.query;
      const rows = after([...(await brokers.current()).prepared.values()], decodeCursor(cursor, BROKER_NAME), limit);
      return pageOf(rows, limit, ({ broker }) => broker, preparation);
    });

    app.get(`${PREPARATIONS}/:name`, {
      schema: { tags, operationId: 'broker-preparation-get', summary: 'The change of a broker that waits for another person', params, querystring: noQuery, response: { 200: Prepared, ...problems(404, 503) } },
    }, async (request) => {
      const found = (await brokers.current()).prepared.get(request.params.name);
      if (found === undefined) throw Problem.of('NOT_FOUND');
      return preparation(found);
    });

    app.delete(`${PREPARATIONS}/:name`, {
      schema: { tags, operationId: 'broker-preparation-withdraw', summary: 'Takes back a change that waits for another person', params, querystring: noQuery, response: { 204: z.null().describe('Taken back'), ...problems(404, 503) } },
    }, async (request, reply) => {
      const isWithdrawn = await brokers.withdraw(request.params.name, { actor: actorOf(callerOf(request)), commandId: `withdraw/${randomUUID()}` });
      if (!isWithdrawn) throw Problem.of('NOT_FOUND');
      return reply.code(204).send(null);
    });
  };
}

/** By name, those after one of them; one more than the page has. */
function after<One extends { readonly broker: string }>(all: readonly One[], name: string | undefined, limit: number): readonly One[] {
  return all.filter(({ broker }) => name === undefined || broker > name).toSorted((a, b) => (a.broker < b.broker ? -1 : 1)).slice(0, limit + 1);
}

function shown({ broker: name, url, local, services }: Registration) {
  return { name, url, local, services };
}

function preparation({ broker: name, registration, by, at }: Preparation) {
  return { name, kind: registration === null ? 'REMOVE' : 'REGISTER', registration: registration === null ? null : shown(registration), by, at };
}

/** Throws Problem for a registration that is refused. */
function registered(answer: BrokerAnswer): Registered {
  if (answer.outcome === 'REFUSED') throw Problem.refused(answer.refused.code, answer.refused.reasons);
  // Removed by another at this very moment.
  if (answer.outcome !== 'REGISTERED') throw Problem.of('NOT_FOUND');
  return answer.broker;
}

function unreachable({ code, status }: Failure): Problem {
  const said = status === null ? code : `${code}, HTTP ${status}`;
  const message = { it: `Il catalogo del broker non si legge (${said}).`, en: `The broker's catalogue can't be read (${said}).` };
  return Problem.of('BROKER_UNREACHABLE', { detail: message, reasons: [{ code, message, path: 'url' }] });
}

function otherContent(error: unknown): never {
  if (!(error instanceof OtherContent)) throw error;
  throw Problem.refused('IDEMPOTENCY_MISMATCH', [{ code: 'IDEMPOTENCY_MISMATCH', message: { it: "Con questa Idempotency-Key è stata inviata un'altra modifica dei broker: usarne una nuova.", en: 'This Idempotency-Key sent another change of the brokers; use a new one.' } }]);
}

/** An address to which paths are put: `https://broker.example/` and the same without the slash are one. */
function withoutSlash(url: string): string {
  return url.endsWith('/') ? withoutSlash(url.slice(0, -1)) : url;
}
