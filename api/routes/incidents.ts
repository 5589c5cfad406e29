import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { SERVICE_ID } from '../../domain/adhesion/bounds.ts';
import { civilDateOf } from '../../domain/shared/civil-date.ts';
import { says } from '../../domain/shared/says.ts';
import { actorOf, callerOf } from '../auth/hook.ts';
import { INCIDENT_KINDS, incidentsIn } from '../cases/incidents.ts';
import { MIGRATION, streamOf } from '../cases/kinds.ts';
import { isRecorded } from '../cases/recorded-reads.ts';
import type { Context } from '../context.ts';
import { decodeCursor, DEFAULT_LIMIT, pageOf, paging } from '../http/paging.ts';
import { Incident } from '../openapi/incident-schemas.ts';
import { ipaCode, page, problems } from '../openapi/schemas.ts';

const query = z.strictObject({
  kind: z.enum(INCIDENT_KINDS).optional().describe('Only migrations with an incident of this kind'),
  service: z.string().max(50).regex(SERVICE_ID, says('deve essere un servizio del catalogo, ad esempio FIBRE', 'must be a service of the catalogue, like FIBRE')).optional().describe('Of this service'),
  body: ipaCode.optional(),
  ...paging,
});

/** What is wrong with migrations now, over all of them. */
export function incidentRoutes(context: Context): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/incidents', {
      schema: {
        tags: ['migrations'], operationId: 'incidents-list', summary: 'Migrations with a call to a broker that failed or is under way, an open defect of severity 1, something overdue; a member sees its own only',
        querystring: query, response: { 200: page(Incident), ...problems(400, 503) },
      },
    }, async (request) => {
      const { kind, service, body, limit = DEFAULT_LIMIT, cursor } = request.query;
      const caller = callerOf(request);
      const after = decodeCursor(cursor, /^[a-z][\w.-]{1,90}$/);
      const now = new Date().toISOString();
      const isOther = caller.role === 'member' && body !== undefined && body !== caller.body;
      const all = isOther ? [] : await incidentsIn(context.as(caller).db, { body: caller.role === 'member' ? caller.body : (body ?? null), service, kind, today: civilDateOf(now) }, now);
      const rows = all.filter(({ id }) => after === undefined || id > after).slice(0, limit + 1);
      if (isRecorded(caller)) await context.reads.enterList(rows.slice(0, limit).map(({ id }) => streamOf(MIGRATION, id)), actorOf(caller));
      return pageOf(rows, limit, ({ id }) => id, (row) => row);
    });
  };
}
