import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { START } from '../../db/event-store/read.ts';
import { cloudEvent } from '../../feed/cloud-event.ts';
import { feedPage, writeCursor } from '../../feed/pages.ts';
import { actorOf, callerOf } from '../auth/hook.ts';
import { isRecorded } from '../cases/recorded-reads.ts';
import type { Context } from '../context.ts';
import { feedCursor, parseFeedCursor } from '../http/feed-cursor.ts';
import { DEFAULT_LIMIT, paging } from '../http/paging.ts';
import { CloudEvent, problems, type Documented } from '../openapi/schemas.ts';

/** Every event that the caller may see, in one order, for programs that follow along. */
export function feedRoutes(context: Context): FastifyPluginAsyncZod {
  const Item: Documented = CloudEvent;
  return async (app) => {
    app.get('/v1/events', {
      schema: {
        tags: ['events'], operationId: 'events-feed', summary: 'Events of all cases that the caller may see, as CloudEvents, in the order of the store',
        description: 'nextCursor is given always: ask again with it as `after`, also when the page is empty, and nothing is missed or repeated.',
        querystring: z.strictObject({ after: feedCursor.optional(), limit: paging.limit }),
        response: { 200: z.object({ items: z.array(Item).max(100), nextCursor: z.string().max(60) }), ...problems(400, 503) },
      },
    }, async (request) => {
      const { after, limit = DEFAULT_LIMIT } = request.query;
      const caller = callerOf(request);
      const from = after === undefined ? START : parseFeedCursor(after);
      const rows = await feedPage(context.as(caller).db, { body: caller.role === 'member' ? caller.body : null, types: [] }, from, limit);
      if (isRecorded(caller)) await context.reads.enterList([...new Set(rows.map(({ stream }) => stream))], actorOf(caller));
      return { items: rows.map(cloudEvent), nextCursor: writeCursor(rows.at(-1) ?? from) };
    });
  };
}
