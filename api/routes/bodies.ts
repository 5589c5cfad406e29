import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { decodeCursor, DEFAULT_LIMIT, pageOf, paging } from '../http/paging.ts';
import { Body, page, problems, type Documented } from '../openapi/schemas.ts';
import { Problem } from '../problems.ts';

/** The comuni of the territory. */
export function bodyRoutes({ bodies }: Context): FastifyPluginAsyncZod {
  const One: Documented = Body;
  return async (app) => {
    app.get('/v1/bodies', {
      schema: {
        tags: ['bodies'], operationId: 'bodies-list', summary: 'Comuni of the territory',
        querystring: z.strictObject({ q: z.string().trim().min(1).max(100).optional().describe('Part of the name or of a code'), ...paging }),
        response: { 200: page(Body), ...problems(400) },
      },
    }, async (request) => {
      const { q, limit = DEFAULT_LIMIT, cursor } = request.query;
      const after = decodeCursor(cursor, /^c_[a-z]\d{3}$/);
      const found = (q === undefined ? bodies.all : bodies.search(q)).filter(({ ipaCode }) => after === undefined || ipaCode > after);
      return pageOf(found, limit, ({ ipaCode }) => ipaCode, (body) => body);
    });

    app.get('/v1/bodies/:ipaCode', {
      schema: {
        tags: ['bodies'], operationId: 'body-get', summary: 'A comune',
        params: z.strictObject({ ipaCode: z.string().max(100).describe('IPA code, e.g. c_a010') }), querystring: z.strictObject({}),
        response: { 200: One, ...problems(404) },
      },
    }, async (request) => {
      const body = bodies.find(request.params.ipaCode);
      if (body === undefined) throw Problem.of('NOT_FOUND');
      return body;
    });
  };
}
