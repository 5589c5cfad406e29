import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { says } from '../../domain/shared/says.ts';
import { MOST_VIEWS } from '../../db/views.ts';
import { callerOf } from '../auth/hook.ts';
import type { Context } from '../context.ts';
import { tooManyViews } from '../personal.ts';
import { problems, SavedView, VIEW_NAME, ViewFilter, type Documented } from '../openapi/schemas.ts';
import { Problem } from '../problems.ts';

const PATH = '/v1/views';
const tags = ['personal'];
const noQuery = z.strictObject({});
const params = z.strictObject({ name: z.string().max(60).describe('Name of the view: small letters, digits and hyphens') });
const NewView = z.strictObject({
  title: z.string().trim().min(1, says('manca', 'is missing')).max(60, says('ha più di 60 caratteri', 'has more than 60 characters')).describe('What the person calls it'),
  filter: ViewFilter,
});

/** Filters of the territory's list that a person keeps; each sees its own. */
export function viewRoutes({ views }: Pick<Context, 'views'>): FastifyPluginAsyncZod {
  const One: Documented = SavedView;
  return async (app) => {
    app.get(PATH, {
      schema: { tags, operationId: 'views-list', summary: "The caller's saved filters of the list of comuni", querystring: noQuery, response: { 200: z.object({ items: z.array(One).max(MOST_VIEWS) }), ...problems(400, 503) } },
    }, async (request) => ({ items: await views.list(callerOf(request).subject) }));

    app.get(`${PATH}/:name`, {
      schema: { tags, operationId: 'view-get', summary: 'A saved filter', params, querystring: noQuery, response: { 200: One, ...problems(404, 503) } },
    }, async (request) => {
      const view = await views.find(callerOf(request).subject, request.params.name);
      if (view === undefined) throw Problem.of('NOT_FOUND');
      return view;
    });

    app.put(`${PATH}/:name`, {
      schema: {
        tags, operationId: 'view-put', summary: 'Keeps a filter under a name, in place of the one that had it', params, querystring: noQuery, body: NewView,
        response: { 200: One, ...problems(400, 404, 409, 413, 415, 503) },
      },
    }, async (request) => {
      const view = { name: request.params.name, ...request.body };
      // An address that no view can have.
      if (!VIEW_NAME.test(view.name)) throw Problem.of('NOT_FOUND');
      if (!await views.put(callerOf(request).subject, view)) throw tooManyViews();
      return view;
    });

    app.delete(`${PATH}/:name`, {
      schema: { tags, operationId: 'view-remove', summary: 'Removes a saved filter', params, querystring: noQuery, response: { 204: z.null().describe('Removed'), ...problems(404, 503) } },
    }, async (request, reply) => {
      if (!await views.remove(callerOf(request).subject, request.params.name)) throw Problem.of('NOT_FOUND');
      return reply.code(204).send(null);
    });
  };
}
