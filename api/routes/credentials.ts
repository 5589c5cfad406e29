import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actorOf, callerOf } from '../auth/hook.ts';
import type { Context } from '../context.ts';
import { BindingCredentials } from '../openapi/broker-schemas.ts';
import { problems, type Documented } from '../openapi/schemas.ts';
import { Problem } from '../problems.ts';

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
    }, async (request) => {
      const { id } = request.params;
      const caller = callerOf(request);
      const { credentials } = context.as(caller);
      const newest = await credentials.newest(id);
      if (newest === undefined) throw Problem.of('NOT_FOUND');
      if (newest.isShown) throw shownBefore();
      // Entered before they are told: what can't be recorded is not shown. A comune's own reading counts here too.
      await context.reads.enterReading({ case: `migration/${id}`, route: `POST ${ROUTE}`, item: newest.bindingId }, true, actorOf(caller));
      const given = await credentials.showOnce(newest.bindingId);
      if (given === undefined) throw shownBefore();
      const { metadata, ...beside } = given;
      return { binding: newest.binding, bindingId: newest.bindingId, ...beside, expiresAt: metadata?.expires_at ?? null, renewBefore: metadata?.renew_before ?? null };
    });
  };
}

function shownBefore(): Problem {
  return Problem.of('CREDENTIALS_SHOWN', {
    detail: { it: 'Le credenziali sono già state mostrate e non sono più conservate: se ne chiedano di nuove con una rotazione.', en: 'The credentials were shown before and are not kept any more: a rotation makes new ones.' },
  });
}
