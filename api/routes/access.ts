import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findCase } from '../../db/queries/cases.ts';
import { callerOf } from '../auth/hook.ts';
import { ADHESION, streamOf } from '../cases/kinds.ts';
import type { Context } from '../context.ts';
import { decodeCursor, DEFAULT_LIMIT, pageOf, paging } from '../http/paging.ts';
import { page, problems, RecordedRead } from '../openapi/schemas.ts';
import { Problem } from '../problems.ts';

/** Who has looked at a case: for the comune concerned, and for those who look themselves. */
export function accessRoutes(context: Context): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(`${ADHESION.path}/:id/access`, {
      schema: {
        tags: ['adhesions'], operationId: 'adhesion-access', summary: 'Recorded reads of the case by operators and auditors, newest first',
        params: z.strictObject({ id: z.string().max(100).describe('Id of the adhesion') }), querystring: z.strictObject(paging),
        response: { 200: page(RecordedRead), ...problems(400, 404, 503) },
      },
    }, async (request) => {
      const { id } = request.params;
      const { limit = DEFAULT_LIMIT, cursor } = request.query;
      if ((await findCase(context.as(callerOf(request)).db, streamOf(ADHESION, id))) === undefined) throw Problem.of('NOT_FOUND');
      const before = decodeCursor(cursor, /^\d{1,15}$/);
      const rows = await context.reads.readsOf(id, before === undefined ? undefined : Number(before), limit + 1);
      return pageOf(rows, limit, ({ position }) => String(position), ({ position: _position, ...read }) => read);
    });
  };
}
