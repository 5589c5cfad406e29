import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { civilDate } from '../../domain/adhesion/schemas/fields.ts';
import { civilDateOf } from '../../domain/shared/civil-date.ts';
import { TerritoryChange } from '../../domain/territory/schemas.ts';
import { bodiesOn, type Change, type ChangeType, type TerritoryEvent } from '../../domain/territory/territory.ts';
import { callerOf } from '../auth/hook.ts';
import { idempotencyKey } from '../cases/request.ts';
import type { Context } from '../context.ts';
import { decodeCursor, DEFAULT_LIMIT, pageOf, paging } from '../http/paging.ts';
import { page, problems, type Documented } from '../openapi/schemas.ts';
import { TerritoryChangeOne, TerritoryChangeView, TerritoryPreview, TerritoryView } from '../openapi/territory-schemas.ts';
import { Problem } from '../problems.ts';
import { joinCases, joinedCases } from '../territory/joining.ts';
import { previewOf } from '../territory/preview.ts';
import { recordChange } from '../territory/recording.ts';

const PATH = '/v1/territory/changes';
const tags = ['territory'];
const noQuery = z.strictObject({});
const ID = /^\d{4}-\d{2}-\d{2}\.[a-z][a-z0-9_]{1,29}$/;

/** How comuni merge, split and are renamed, and how other bodies come in. */
export function territoryRoutes(context: Context): FastifyPluginAsyncZod {
  const { territory } = context;
  const One: Documented = TerritoryChangeOne;
  const Previewed: Documented = TerritoryPreview;
  const Whole: Documented = TerritoryView;

  const params = z.strictObject({ id: z.string().max(100).describe('Its id, e.g. 2019-02-08.c_m424') });
  return async (app) => {
    app.get('/v1/territory', {
      schema: {
        tags, operationId: 'territory-get', summary: 'How many comuni there are on a day, and how many people live in them',
        querystring: z.strictObject({ at: civilDate.optional().describe('Default: today') }), response: { 200: Whole, ...problems(400, 503) },
      },
    }, async (request) => {
      const { at = civilDateOf(new Date().toISOString()) } = request.query;
      const known = await territory.current();
      const all = bodiesOn(known, at);
      const comuni = all.filter(({ bodyType }) => bodyType === 'COMUNE');
      return { at, comuni: comuni.length, population: comuni.reduce((sum, { population }) => sum + population, 0), others: all.length - comuni.length, changes: known.changes.length };
    });

    app.get(PATH, {
      schema: { tags, operationId: 'territory-changes-list', summary: 'Changes of the territory, by their day', querystring: z.strictObject({ ...paging }), response: { 200: page(TerritoryChangeView), ...problems(400, 503) } },
    }, async (request) => {
      const { limit = DEFAULT_LIMIT, cursor } = request.query;
      const after = decodeCursor(cursor, ID);
      const changes = (await territory.current()).changes.map(viewChange).toSorted((a, b) => (a.id < b.id ? -1 : 1));
      return pageOf(changes.filter(({ id }) => after === undefined || id > after), limit, ({ id }) => id, (change) => change);
    });

    app.get(`${PATH}/:id`, {
      schema: { tags, operationId: 'territory-change-get', summary: 'A change of the territory', params, querystring: noQuery, response: { 200: One, ...problems(404, 503) } },
    }, async (request) => {
      const change = (await territory.current()).changes.find(({ data }) => data.id === request.params.id);
      if (change === undefined) throw Problem.of('NOT_FOUND');
      return callerOf(request).role === 'member' ? viewChange(change) : { ...viewChange(change), cases: await joinedCases(context, change.data) };
    });

    app.post(PATH, {
      schema: {
        tags, operationId: 'territory-change-record', summary: 'Records a change of the territory; with dryRun only says what it would do', querystring: noQuery,
        body: TerritoryChange.extend({ dryRun: z.boolean().optional().describe('True: nothing is recorded') }),
        response: { 200: Previewed, 201: One, ...problems(400, 409, 413, 415, 503) },
      },
    }, async (request, reply) => {
      const { dryRun = false, ...change } = request.body;
      const caller = callerOf(request);
      const key = idempotencyKey(request);
      if (dryRun) return reply.code(200).send(await previewOf(context, change));
      const event = await recordChange(context, change, caller, key);
      return reply.code(201).header('Location', `${PATH}/${event.data.id}`).send({ ...viewChange(event), cases: await joinedCases(context, event.data) });
    });

    app.post(`${PATH}/:id/joinings`, {
      schema: {
        tags, operationId: 'territory-change-join', params, querystring: noQuery, body: z.strictObject({}), response: { 200: One, ...problems(400, 404, 409, 413, 415, 503) },
        summary: 'Joins the running cases that the change ends to those of the successors, where that is not done yet; servers do it by themselves from the day of the change on',
      },
    }, async (request) => {
      const change = (await territory.current()).changes.find(({ data }) => data.id === request.params.id);
      if (change === undefined) throw Problem.of('NOT_FOUND');
      await joinCases(context, change.data);
      return { ...viewChange(change), cases: await joinedCases(context, change.data) };
    });
  };
}

function viewChange({ type, data: { id, on, act, predecessors, successors } }: TerritoryEvent): Change & { readonly type: ChangeType } {
  return { id, type, on, act, predecessors, successors };
}
