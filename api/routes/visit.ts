import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { LastVisit } from '../../db/visits.ts';
import { callerOf } from '../auth/hook.ts';
import type { Context } from '../context.ts';
import { feedCursor, parseFeedCursor, writeFeedCursor } from '../http/feed-cursor.ts';
import { Visit, problems, type Documented } from '../openapi/schemas.ts';

const PATH = '/v1/visit';
const tags = ['personal'];
const noQuery = z.strictObject({});

/** Up to where the caller has read the feed: what comes after is news to it. */
export function visitRoutes({ visits }: Pick<Context, 'visits'>): FastifyPluginAsyncZod {
  const One: Documented = Visit;
  return async (app) => {
    app.get(PATH, {
      schema: { tags, operationId: 'visit-get', summary: 'Up to where the caller has read the events', querystring: noQuery, response: { 200: One, ...problems(400, 503) } },
    }, async (request) => shown(await visits.find(callerOf(request).subject)));

    app.put(PATH, {
      schema: {
        tags, operationId: 'visit-put', summary: 'Everything up to a position has been read', querystring: noQuery, body: z.strictObject({ cursor: feedCursor }),
        response: { 200: One, ...problems(400, 413, 415, 503) },
      },
    }, async (request) => shown(await visits.note(callerOf(request).subject, parseFeedCursor(request.body.cursor, 'cursor'))));
  };
}

function shown(visit: LastVisit | undefined): object {
  return { cursor: visit === undefined ? null : writeFeedCursor(visit), readAt: visit?.readAt ?? null };
}
