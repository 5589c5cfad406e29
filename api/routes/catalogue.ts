import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { changeOf, currentServices, findService } from '../../domain/catalogue/catalogue.ts';
import { ServiceEntry } from '../../domain/catalogue/schemas.ts';
import { SERVICE_ID } from '../../domain/adhesion/bounds.ts';
import { actorOf, callerOf } from '../auth/hook.ts';
import { reviseService, revisionConflict, type Revised } from '../cases/revising.ts';
import { idempotencyKey, ifMatch } from '../cases/request.ts';
import type { Context } from '../context.ts';
import { hasAlready, sendTagged, sendUnchanged } from '../http/conditional.ts';
import { decodeCursor, DEFAULT_LIMIT, pageOf, paging, queryNumber } from '../http/paging.ts';
import { page, Preparation, problems, Service, ServiceVersion, type Documented } from '../openapi/schemas.ts';
import { Problem } from '../problems.ts';

const PATH = '/v1/catalogue';
const PREPARATIONS = '/v1/catalogue-preparations';
const tags = ['catalogue'];
const noQuery = z.strictObject({});
/** Of a version that no person made here. */
const SHIPPED = { changedAt: null, changedBy: null, preparedBy: null };
const params = z.strictObject({ service: z.string().max(60).describe('Name of the service, e.g. TRAINING') });

/** The services that comuni may request, and how an operator changes them. */
export function catalogueRoutes(context: Context): FastifyPluginAsyncZod {
  const { catalogue } = context;
  const One: Documented = Service;
  const Version: Documented = ServiceVersion;
  const Prepared: Documented = Preparation;

  return async (app) => {
    app.get(PATH, {
      schema: { tags, operationId: 'catalogue-list', summary: 'Services of the catalogue', querystring: z.strictObject({ ...paging }), response: { 200: page(Service), ...problems(400, 503) } },
    }, async (request, reply) => {
      const { limit = DEFAULT_LIMIT, cursor } = request.query;
      const after = decodeCursor(cursor, SERVICE_ID);
      const services = currentServices(await catalogue.current());
      return sendTagged(request, reply, pageOf(services.filter(({ service }) => after === undefined || service > after).slice(0, limit + 1), limit, ({ service }) => service, (service) => service));
    });

    app.get(`${PATH}/:service`, {
      schema: {
        tags, operationId: 'catalogue-get', summary: 'A service of the catalogue, as it stands or at a version', params,
        querystring: z.strictObject({ version: queryNumber(1, 1_000_000).optional().describe('Version of the service; default: the newest') }), response: { 200: Version, ...problems(400, 404, 503) },
      },
    }, async (request, reply) => {
      const known = await catalogue.current();
      const service = findService(known, request.params.service, request.query.version);
      if (service === undefined) throw Problem.of('NOT_FOUND');
      const tag = `"${service.version}"`;
      reply.header('ETag', tag);
      return hasAlready(request, tag) ? sendUnchanged(reply) : reply.send({ ...service, ...(changeOf(known, service) ?? SHIPPED) });
    });

    app.put(`${PATH}/:service`, {
      schema: {
        tags, operationId: 'catalogue-put', params, querystring: noQuery, body: ServiceEntry,
        summary: 'Changes a service, or adds one; where it takes two persons, the first prepares it (202) and another sends the same to approve it',
        response: { 200: One, 201: One, 202: Prepared, ...problems(400, 404, 409, 412, 413, 415, 503) },
      },
    }, async (request, reply) => {
      const { service } = request.params;
      // An address that no service can have.
      if (!SERVICE_ID.test(service)) throw Problem.of('NOT_FOUND');
      const answer = await reviseService(context, { service, entry: request.body, caller: callerOf(request), key: idempotencyKey(request), ifMatch: ifMatch(request) });
      const { status, version, body } = answerOf(answer);
      return reply.code(status).headers({ ETag: `"${version}"`, ...(status === 200 ? {} : { Location: `${status === 202 ? PREPARATIONS : PATH}/${service}` }) }).send(body);
    });

    app.get(PREPARATIONS, {
      schema: { tags, operationId: 'catalogue-preparations-list', summary: 'Changes of the catalogue that wait for another person', querystring: z.strictObject({ ...paging }), response: { 200: page(Preparation), ...problems(400, 503) } },
    }, async (request) => {
      const { limit = DEFAULT_LIMIT, cursor } = request.query;
      const after = decodeCursor(cursor, SERVICE_ID);
      const { prepared } = await catalogue.current();
      const found = [...prepared.values()].filter(({ service }) => after === undefined || service > after).toSorted((a, b) => (a.service < b.service ? -1 : 1));
      return pageOf(found.slice(0, limit + 1), limit, ({ service }) => service, (one) => one);
    });

    app.get(`${PREPARATIONS}/:service`, {
      schema: { tags, operationId: 'catalogue-preparation-get', summary: 'The change of a service that waits for another person', params, querystring: noQuery, response: { 200: Prepared, ...problems(404, 503) } },
    }, async (request, reply) => {
      const preparation = (await catalogue.current()).prepared.get(request.params.service);
      if (preparation === undefined) throw Problem.of('NOT_FOUND');
      return reply.header('ETag', `"${preparation.preparedAt}"`).send(preparation);
    });

    app.delete(`${PREPARATIONS}/:service`, {
      schema: { tags, operationId: 'catalogue-preparation-withdraw', summary: 'Takes back a change that waits for another person', params, querystring: noQuery, response: { 204: z.null().describe('Taken back'), ...problems(404, 412, 503) } },
    }, async (request, reply) => {
      const outcome = await catalogue.withdraw(request.params.service, { actor: actorOf(callerOf(request)), commandId: `withdraw/${randomUUID()}`, ifMatch: ifMatch(request) });
      if (outcome === 'NONE') throw Problem.of('NOT_FOUND');
      if (outcome === 'OTHER') throw revisionConflict();
      return reply.code(204).send(null);
    });
  };
}

function answerOf(answer: Revised): { readonly status: 200 | 201 | 202; readonly version: number; readonly body: object } {
  if (answer.outcome === 'PREPARED') return { status: 202, version: answer.preparation.preparedAt, body: answer.preparation };
  const { service, outcome } = answer;
  return { status: outcome === 'REVISED' && service.version === 1 ? 201 : 200, version: service.version, body: service };
}
