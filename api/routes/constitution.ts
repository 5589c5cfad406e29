import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { callerOf } from '../auth/hook.ts';
import { CONSTITUTION } from '../cases/kinds.ts';
import { idempotencyKey } from '../cases/request.ts';
import { startConstitution } from '../constitution/starting.ts';
import type { Context } from '../context.ts';
import { answerLanguage, inLanguage } from '../http/language.ts';
import { looseBody } from '../http/validation.ts';
import { ConstitutionRequest } from '../openapi/constitution-schemas.ts';
import { Constitution, problems, type Documented } from '../openapi/schemas.ts';

/** What starts the path to the constitution; the rest of its routes are those of every kind of case. */
export function constitutionRoutes(context: Context): FastifyPluginAsyncZod {
  const View: Documented = Constitution;
  return async (app) => {
    app.setValidatorCompiler(looseBody);
    app.post(CONSTITUTION.path, {
      schema: {
        tags: ['constitutions'], operationId: 'constitutions-start', summary: 'Starts the path to the constitution of the Agency, by the published programme unless it is said otherwise', querystring: z.strictObject({}),
        body: ConstitutionRequest, response: { 201: View, ...problems(400, 409, 415, 503) },
      },
    }, async (request, reply) => {
      const received: unknown = request.body;
      const { id, answer: { version, view } } = await startConstitution(context, received, callerOf(request), idempotencyKey(request));
      return reply.code(201).headers({ Location: `${CONSTITUTION.path}/${id}`, ETag: `"${version}"` })
        .send(inLanguage(view, answerLanguage(request, reply)));
    });
  };
}
