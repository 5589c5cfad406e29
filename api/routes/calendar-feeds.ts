import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { MOST_FEEDS } from '../../db/calendar-feeds.ts';
import { turnsOf } from '../../db/queries/agenda.ts';
import { actorOf, callerOf } from '../auth/hook.ts';
import { ADHESION, streamOf } from '../cases/kinds.ts';
import { isRecorded } from '../cases/recorded-reads.ts';
import { idempotencyKey } from '../cases/request.ts';
import type { Context } from '../context.ts';
import { contentTag, hasAlready, sendUnchanged } from '../http/conditional.ts';
import { calendarOf } from '../calendar-file.ts';
import { CalendarFeed, instant, problems, type Documented } from '../openapi/schemas.ts';
import { makeCalendarFeed } from '../personal.ts';
import { HIDDEN } from '../pages/pages.ts';
import { Problem } from '../problems.ts';

const PATH = '/v1/calendar-feeds';
const tags = ['personal'];
const noQuery = z.strictObject({});
const FILE = /^([A-Za-z0-9_-]{43})\.ics$/;
/** More deadlines than a person looks at in a calendar; the nearest are given. */
const MOST_DEADLINES = 1_000;

/** Deadlines in the calendars that people use: private addresses, and what stands at them. */
export function calendarFeedRoutes(context: Context, origin: () => string): FastifyPluginAsyncZod {
  const One: Documented = CalendarFeed;
  const { calendarFeeds, bodies } = context;

  return async (app) => {
    app.post(PATH, {
      schema: {
        tags, operationId: 'calendar-feeds-add', summary: "Makes a private address of the caller's deadlines as iCalendar", querystring: noQuery, body: z.strictObject({}),
        description: `The address is in this answer only; who knows it needs nothing else. It ends after a year, when it is revoked, or when its owner signs on with another role. At most ${MOST_FEEDS}.`,
        response: {
          201: z.object({ id: z.string().max(64), createdAt: instant, expiresAt: instant, url: z.string().max(500).meta({ format: 'uri' }).describe('Shown once') }), ...problems(400, 403, 409, 413, 415, 503),
        },
      },
    }, async (request, reply) => {
      const made = await makeCalendarFeed(context, callerOf(request), idempotencyKey(request) ?? randomUUID(), origin());
      return reply.code(201).header('Location', `${PATH}/${made.id}`).send(made);
    });

    app.get(PATH, {
      schema: { tags, operationId: 'calendar-feeds-list', summary: "The caller's private addresses, without the addresses themselves", querystring: noQuery, response: { 200: z.object({ items: z.array(One).max(MOST_FEEDS) }), ...problems(400, 503) } },
    }, async (request) => ({ items: await calendarFeeds.list(callerOf(request).subject) }));

    app.delete(`${PATH}/:id`, {
      schema: { tags, operationId: 'calendar-feed-revoke', summary: 'Revokes a private address', params: z.strictObject({ id: z.string().max(64).describe('Id of the address') }), querystring: noQuery, response: { 204: z.null().describe('Revoked'), ...problems(404, 503) } },
    }, async (request, reply) => {
      if (!await calendarFeeds.revoke(callerOf(request).subject, request.params.id)) throw Problem.of('NOT_FOUND');
      return reply.code(204).send(null);
    });

    app.get('/calendario/:file', { ...HIDDEN, config: { isSecret: true } }, async (request, reply) => {
      const [, token] = FILE.exec((request.params as { readonly file: string }).file) ?? [];
      const owner = token === undefined ? undefined : await calendarFeeds.ownerOf(token);
      // The security log has it: such an address is never asked for by mistake.
      if (owner === undefined) throw Problem.of('NOT_FOUND');
      const { db } = context.as(owner);
      const turns = await turnsOf(db, { who: owner.role === 'operator' ? 'OPERATOR' : 'MEMBER', body: owner.role === 'member' ? owner.body : null, processes: ['adhesion'], limit: MOST_DEADLINES });
      const dated = turns.items.filter(({ on }) => on !== null);
      const content = calendarOf(dated, (body) => bodies.find(body)?.name ?? body, origin());
      const tag = contentTag(content);
      reply.headers({ ETag: tag, 'Cache-Control': 'private, max-age=900' });
      if (hasAlready(request, tag)) return sendUnchanged(reply);
      if (isRecorded(owner)) await context.reads.enterList([...new Set(dated.map(({ id }) => streamOf(ADHESION, id)))], actorOf(owner));
      return reply.type('text/calendar; charset=utf-8').serializer(String).send(content);
    });
  };
}
