import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { civilDate } from '../../domain/adhesion/schemas/fields.ts';
import { civilDateOf } from '../../domain/shared/civil-date.ts';
import { ChangeCorrection, ChangeWithdrawal, TerritoryChange } from '../../domain/territory/schemas.ts';
import { findChange } from '../../domain/territory/journal.ts';
import { withdrawnAlready } from '../../domain/territory/mend.ts';
import { bodiesOn, type KnownChange, type WithdrawnChange } from '../../domain/territory/territory.ts';
import { callerOf } from '../auth/hook.ts';
import { idempotencyKey } from '../cases/request.ts';
import type { Context } from '../context.ts';
import { decodeCursor, DEFAULT_LIMIT, pageOf, paging } from '../http/paging.ts';
import { page, problems, type Documented } from '../openapi/schemas.ts';
import { TerritoryChangeOne, TerritoryChangeView, TerritoryPreview, TerritoryView } from '../openapi/territory-schemas.ts';
import { Problem } from '../problems.ts';
import type { TerritoryAsk } from '../territory/ask.ts';
import { joinCases, joinedCases } from '../territory/joining.ts';
import { previewOf } from '../territory/preview.ts';
import { enterAsk } from '../territory/recording.ts';

const PATH = '/v1/territory/changes';
const tags = ['territory'];
const noQuery = z.strictObject({});
const ID = /^\d{4}-\d{2}-\d{2}\.[a-z][a-z0-9_]{1,29}(?:\.\d{1,4})?$/;
const dryRun = z.boolean().optional().describe('True: nothing is recorded');

/** How comuni merge, split and are renamed, and how other bodies come in. */
export function territoryRoutes(context: Context): FastifyPluginAsyncZod {
  const { territory } = context;
  const One: Documented = TerritoryChangeOne;
  const Previewed: Documented = TerritoryPreview;
  const Whole: Documented = TerritoryView;

  const changeOf = async (id: string): Promise<KnownChange | WithdrawnChange> => {
    const change = findChange(await territory.current(), id);
    if (change === undefined) throw Problem.of('NOT_FOUND');
    return change;
  };
  const viewWithCases = async (change: KnownChange | WithdrawnChange): Promise<object> => ({ ...viewChange(change), cases: 'withdrawal' in change ? [] : await joinedCases(context, change.data) });
  /** What would be done, or was. */
  const answer = async (request: FastifyRequest, reply: FastifyReply, ask: TerritoryAsk, isDry = false): Promise<FastifyReply> => {
    const key = idempotencyKey(request);
    if (ask.type !== 'RecordChange') await changeOf(ask.data.id);
    if (isDry) return reply.code(200).send(await previewOf(context, ask));
    const change = await enterAsk(context, ask, callerOf(request), key);
    return reply.code(201).header('Location', `${PATH}/${change.data.id}`).send(await viewWithCases(change));
  };

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
      schema: { tags, operationId: 'territory-changes-list', summary: 'Changes of the territory that stand, by their day', querystring: z.strictObject({ withdrawn: z.enum(['true', 'false']).optional().describe('true: those that were withdrawn too'), ...paging }), response: { 200: page(TerritoryChangeView), ...problems(400, 503) } },
    }, async (request) => {
      const { limit = DEFAULT_LIMIT, cursor, withdrawn: too } = request.query;
      const after = decodeCursor(cursor, ID);
      const known = await territory.current();
      const changes = [...known.changes, ...(too === 'true' ? known.withdrawn : [])].map(viewChange).toSorted((a, b) => (a.id < b.id ? -1 : 1));
      return pageOf(changes.filter(({ id }) => after === undefined || id > after), limit, ({ id }) => id, (change) => change);
    });

    app.get(`${PATH}/:id`, {
      schema: { tags, operationId: 'territory-change-get', summary: 'A change of the territory', params, querystring: noQuery, response: { 200: One, ...problems(404, 503) } },
    }, async (request) => {
      const change = await changeOf(request.params.id);
      return callerOf(request).role === 'member' ? viewChange(change) : viewWithCases(change);
    });

    app.post(PATH, {
      schema: {
        tags, operationId: 'territory-change-record', summary: 'Records a change of the territory; with dryRun only says what it would do', querystring: noQuery,
        body: TerritoryChange.extend({ dryRun }), response: { 200: Previewed, 201: One, ...problems(400, 409, 413, 415, 503) },
      },
    }, async (request, reply) => {
      const { dryRun: isDry, ...data } = request.body;
      return answer(request, reply, { type: 'RecordChange', data }, isDry);
    });

    app.post(`${PATH}/:id/corrections`, {
      schema: {
        tags, operationId: 'territory-change-correct', params, querystring: noQuery, body: ChangeCorrection.extend({ dryRun }), response: { 200: Previewed, 201: One, ...problems(400, 404, 409, 413, 415, 503) },
        summary: 'Corrects a change that was recorded wrongly, as long as no running case was joined because of it and no later change rests on it; with dryRun only says what it would do',
      },
    }, async (request, reply) => {
      const { dryRun: isDry, reason, basis, ...instead } = request.body;
      return answer(request, reply, { type: 'CorrectChange', data: { id: request.params.id, reason, basis, instead } }, isDry);
    });

    app.post(`${PATH}/:id/withdrawals`, {
      schema: {
        tags, operationId: 'territory-change-withdraw', params, querystring: noQuery, body: ChangeWithdrawal.extend({ dryRun }), response: { 200: Previewed, 201: One, ...problems(400, 404, 409, 413, 415, 503) },
        summary: 'Withdraws a change that should not have been recorded, under the same conditions; with dryRun only says what it would do',
      },
    }, async (request, reply) => {
      const { dryRun: isDry, ...mending } = request.body;
      return answer(request, reply, { type: 'WithdrawChange', data: { id: request.params.id, ...mending } }, isDry);
    });

    app.post(`${PATH}/:id/joinings`, {
      schema: {
        tags, operationId: 'territory-change-join', params, querystring: noQuery, body: z.strictObject({}), response: { 200: One, ...problems(400, 404, 409, 413, 415, 503) },
        summary: 'Joins the running cases that the change ends to those of the successors, where that is not done yet; servers do it by themselves from the day of the change on',
      },
    }, async (request) => {
      const change = await changeOf(request.params.id);
      if ('withdrawal' in change) {
        const { code, reasons } = withdrawnAlready(change.data.id);
        throw Problem.refused(code, reasons);
      }
      await joinCases(context, change.data);
      return viewWithCases(change);
    });
  };
}

function viewChange(change: KnownChange | WithdrawnChange) {
  const { type, data: { id, on, act, predecessors, successors }, corrections } = change;
  return { id, type, on, act, predecessors, successors, corrections, withdrawal: 'withdrawal' in change ? change.withdrawal : null };
}
