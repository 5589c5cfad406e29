import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { answerLanguage } from '../http/language.ts';
import { PROBLEM_JSON } from '../problems.ts';
import { Status, type Documented } from '../openapi/schemas.ts';

const PATIENCE_MS = 2_500;
const TITLES = {
  200: { it: 'Il servizio è attivo', en: 'The service is up' },
  503: { it: 'Il servizio non è attivo', en: 'The service is not up' },
} as const;

/** Health of the service, by the convention of AgID: problem+json also when all is well. */
export function statusRoutes({ whole: { db }, engine }: Context): FastifyPluginAsyncZod {
  const database = (): Promise<boolean> => Promise.race([
    sql`SELECT 1`.execute(db).then(() => true, () => false), delay(PATIENCE_MS, false, { ref: false }),
  ]);
  const Body: Documented = Status;
  const answer = (description: string) => ({ description, content: { 'application/problem+json': { schema: Body } } });
  return async (app) => {
    app.get('/status', {
      schema: {
        tags: ['status'], operationId: 'status', summary: 'Whether the service is up', querystring: z.strictObject({}),
        response: { 200: answer('Up'), 503: answer('Not up; Retry-After says when to ask again') },
      },
    }, async (request, reply) => {
      const [reachable, { temporal, worker }] = await Promise.all([database(), engine.health()]);
      const status = reachable && temporal && worker ? 200 : 503;
      const language = answerLanguage(request, reply);
      const missing = Object.entries({ database: reachable, temporal, worker }).filter(([, up]) => !up).map(([name]) => name);
      const title = TITLES[status][language];
      const body = {
        type: 'about:blank', title, status, detail: missing.length === 0 ? title : `${title}: ${missing.join(', ')}`, instance: '/status',
        ...(status === 503 ? { code: 'NOT_READY' } : {}), checks: { database: reachable, temporal, worker },
      };
      if (status === 503) reply.header('Retry-After', '2');
      return reply.code(status).type(PROBLEM_JSON).send(body);
    });
  };
}
