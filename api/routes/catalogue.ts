import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findService, LIGHT_SERVICES, type Service } from '../../domain/migration/index.ts';
import { decodeCursor, DEFAULT_LIMIT, pageOf, paging } from '../http/paging.ts';
import { page, problems, Service as ServiceBody, type Documented } from '../openapi/schemas.ts';
import { Problem } from '../problems.ts';

/** The services that a comune may request. */
export function catalogueRoutes(): FastifyPluginAsyncZod {
  const One: Documented = ServiceBody;
  return async (app) => {
    app.get('/v1/catalogue', {
      schema: {
        tags: ['catalogue'], operationId: 'catalogue-list', summary: 'Services of the catalogue', querystring: z.strictObject({ ...paging }),
        response: { 200: page(ServiceBody), ...problems(400) },
      },
    }, async (request) => {
      const { limit = DEFAULT_LIMIT, cursor } = request.query;
      const after = decodeCursor(cursor, /^[A-Z][A-Z0-9_]*$/);
      const found = LIGHT_SERVICES.toSorted((a, b) => (a.id < b.id ? -1 : 1)).filter(({ id }) => after === undefined || id > after);
      return pageOf(found, limit, ({ id }) => id, entryOf);
    });

    app.get('/v1/catalogue/:service', {
      schema: {
        tags: ['catalogue'], operationId: 'catalogue-get', summary: 'A service of the catalogue',
        params: z.strictObject({ service: z.string().max(60).describe('Name of the service, e.g. TRAINING') }), querystring: z.strictObject({}),
        response: { 200: One, ...problems(404) },
      },
    }, async (request) => {
      const service = findService(request.params.service);
      if (service === undefined) throw Problem.of('NOT_FOUND');
      return entryOf(service);
    });
  };
}

function entryOf({ id, ...rest }: Service): object {
  return { service: id, ...rest };
}
