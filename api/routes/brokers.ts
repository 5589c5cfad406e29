import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { BrokerPreparation as Preparation, Registered, Registration } from '../../brokers/register.ts';
import { actorOf, callerOf } from '../auth/hook.ts';
import { askBroker } from '../cases/brokers.ts';
import { brokerChange, otherContent, registerBroker } from '../cases/registering-broker.ts';
import { idempotencyKey } from '../cases/request.ts';
import type { Context } from '../context.ts';
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
  const { brokers } = context;
  const One: Documented = Broker;
  const Prepared: Documented = BrokerPreparation;
  const Checked: Documented = BrokerCheck;

  const get = async (name: string): Promise<Registered> => {
    const found = (await brokers.current()).brokers.get(name);
    if (found === undefined) throw Problem.of('NOT_FOUND');
    return found;
  };
  const show = async (broker: Registered) => ({ ...shown(broker), by: broker.by, at: broker.at, instances: await brokers.inUse(broker.broker), contact: await brokers.contact(broker.broker) });

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
      const { name } = request.body;
      const done = await registerBroker(context, request.body, callerOf(request), idempotencyKey(request));
      if (done.outcome === 'PREPARED') return reply.code(202).header('Location', `${PREPARATIONS}/${name}`).send(preparation(done.preparation));
      return reply.code(201).header('Location', `${PATH}/${name}`).send(await show(done.broker));
    });

    app.delete(`${PATH}/:name`, {
      schema: {
        tags, operationId: 'broker-remove', params, querystring: noQuery, summary: 'Removes a broker that holds no instance; where it takes two persons, the first prepares it (202) and another sends the same',
        response: { 202: Prepared, 204: z.null().describe('Removed'), ...problems(404, 409, 503) },
      },
    }, async (request, reply) => {
      const { name } = request.params;
      await get(name);
      const done = await brokers.remove(name, brokerChange(context, 'RemoveBroker', { name }, callerOf(request), idempotencyKey(request))).catch(otherContent);
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
