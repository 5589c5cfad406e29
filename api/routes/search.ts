import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { callerOf } from '../auth/hook.ts';
import { searchCases, searchQuery } from '../cases/search.ts';
import type { Context } from '../context.ts';
import { problems, SearchResult, type Documented } from '../openapi/schemas.ts';

/** One box for whatever somebody has in hand. */
export function searchRoutes(context: Context): FastifyPluginAsyncZod {
  const Result: Documented = SearchResult;
  return async (app) => {
    app.get('/v1/searches', {
      schema: {
        tags: ['search'], operationId: 'cases-search', summary: 'Cases by name or code of the comune, number of an act, id or digest', querystring: searchQuery,
        response: { 200: Result, ...problems(400, 503) },
      },
    }, async (request) => searchCases(context, callerOf(request), request.query.q));
  };
}
