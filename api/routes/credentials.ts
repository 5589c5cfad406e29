import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { callerOf } from '../auth/hook.ts';
import { showCredentials } from '../cases/credentials.ts';
import type { Context } from '../context.ts';
import { BindingCredentials } from '../openapi/broker-schemas.ts';
import { problems, type Documented } from '../openapi/schemas.ts';

const params = z.strictObject({ id: z.string().max(100).describe('Id of the migration') });
const ROUTE = '/v1/migrations/:id/credentials';

/** What uses the instance of a migration: told once to who may, and gone from here then. */
export function credentialRoutes(context: Context): FastifyPluginAsyncZod {
  const Answer: Documented = BindingCredentials;
  return async (app) => {
    app.post(ROUTE, {
      schema: {
        tags: ['migrations'], operationId: 'migration-credentials', summary: 'Shows the credentials of the newest binding, once; a rotation makes new ones', params, querystring: z.strictObject({}), body: z.strictObject({}).nullish(),
        response: { 200: Answer, ...problems(400, 404, 410, 413, 415, 503) },
      },
    }, async (request) => showCredentials(context, callerOf(request), request.params.id, `POST ${ROUTE}`));
  };
}
