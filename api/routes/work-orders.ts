import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { listWorkOrders } from '../../db/queries/work-orders.ts';
import { WORK_ROLES } from '../../domain/catalogue/schemas.ts';
import { civilDateOf } from '../../domain/shared/civil-date.ts';
import { says } from '../../domain/shared/says.ts';
import { actorOf, callerOf } from '../auth/hook.ts';
import { MIGRATION, streamOf } from '../cases/kinds.ts';
import { isRecorded } from '../cases/recorded-reads.ts';
import { cursorOf, placeIn } from '../cases/work-orders.ts';
import type { Context } from '../context.ts';
import { DEFAULT_LIMIT, pageOf, paging } from '../http/paging.ts';
import { ipaCode, page, problems, WorkOrder } from '../openapi/schemas.ts';

const query = z.strictObject({
  role: z.enum(WORK_ROLES).optional().describe('Whose work it is'),
  overdue: z.enum(['true', 'false']).optional().describe('Whether the day on which it is due is past'),
  body: ipaCode.optional(),
  service: z.string().max(50).regex(/^[A-Z][A-Z0-9_]*$/, says('deve essere un servizio del catalogo, ad esempio FIBRE', 'must be a service of the catalogue, like FIBRE')).optional().describe('Of this service'),
  ...paging,
});

/** What people have to do in migrations now, over all of them. */
export function workOrderRoutes(context: Context): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/work-orders', {
      schema: {
        tags: ['migrations'], operationId: 'work-orders-list', summary: 'Work items that can be done now, those due first at the top; a member sees its own only', querystring: query,
        response: { 200: page(WorkOrder), ...problems(400) },
      },
    }, async (request) => {
      const { role, overdue, body, service, limit = DEFAULT_LIMIT, cursor } = request.query;
      const caller = callerOf(request);
      const today = civilDateOf(new Date().toISOString());
      const rows = await listWorkOrders(context.as(caller).db, {
        body: caller.role === 'member' ? caller.body : (body ?? null), role, service, overdue: overdue === undefined ? undefined : overdue === 'true', today, limit, after: placeIn(cursor),
      });
      const mine = caller.role !== 'member' || body === undefined || body === caller.body ? rows : [];
      if (isRecorded(caller)) await context.reads.enterList([...new Set(mine.slice(0, limit).map(({ id }) => streamOf(MIGRATION, id)))], actorOf(caller));
      return pageOf(mine, limit, cursorOf, ({ id, dueOn, ...row }) => ({ migration: id, ...row, dueOn, overdue: dueOn !== null && dueOn < today }));
    });
  };
}
