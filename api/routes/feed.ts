import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { START } from '../../db/event-store/read.ts';
import { says } from '../../domain/shared/says.ts';
import { cloudEvent } from '../../feed/cloud-event.ts';
import { feedPage, readCursorText, writeCursor } from '../../feed/pages.ts';
import { actorOf, callerOf } from '../auth/hook.ts';
import { isRecorded } from '../cases/recorded-reads.ts';
import type { Context } from '../context.ts';
import { DEFAULT_LIMIT, paging } from '../http/paging.ts';
import { CloudEvent, problems, type Documented } from '../openapi/schemas.ts';
import { Problem } from '../problems.ts';

/** What a client sends back to go on: `nextCursor` of the page before. */
export const feedCursor = z.string().min(1).max(60).regex(/^[A-Za-z0-9_-]+$/, says('deve essere il nextCursor di una pagina', 'must be the nextCursor of a page')).describe('nextCursor of the page before');

/** Throws Problem for a text that the feed did not give. */
export function parseFeedCursor(text: string, path = 'after') {
  const cursor = readCursorText(text);
  if (cursor === undefined) {
    const message = { it: 'Questo cursore non viene dal flusso degli eventi.', en: 'This cursor was not given by the feed.' };
    throw Problem.validation([{ code: 'CURSOR_INVALID', message, path }]);
  }
  return cursor;
}

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
