import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { callerOf } from '../auth/hook.ts';
import { namesText } from '../cases/beside.ts';
import { streamOf, type CaseKind } from '../cases/kinds.ts';
import type { Context } from '../context.ts';
import { FreeText, problems, type Documented } from '../openapi/schemas.ts';
import { Problem } from '../problems.ts';
import { receiptPath } from './erasures.ts';

/** Free texts of a case: events name them by `textId`. */
export function textRoutes(kind: CaseKind, context: Context): FastifyPluginAsyncZod {
  const path = `${kind.path}/:id/texts/:textId`;
  const Text: Documented = FreeText;
  const params = z.strictObject({ id: z.string().max(100).describe('Id of the case'), textId: z.string().max(60).describe('textId of an event') });
  return async (app) => {
    app.get(path, {
      schema: {
        tags: ['texts'], operationId: `${kind.name}-text-get`, summary: 'A free text', params, querystring: z.strictObject({}),
        response: { 200: Text, ...problems(404, 503) },
      },
    }, async (request) => {
      const { id, textId } = request.params;
      const text = namesText(textId) ? await context.as(callerOf(request)).texts.find(streamOf(kind, id), textId) : undefined;
      if (text === undefined) throw Problem.of('NOT_FOUND');
      return { id: textId, text };
    });

    app.delete(path, {
      schema: {
        tags: ['texts'], operationId: `${kind.name}-text-erase`, summary: 'Erases a free text for good and leaves a receipt', params, querystring: z.strictObject({}),
        response: { 204: z.null().describe('Erased; Location names the receipt'), ...problems(404, 503) },
      },
    }, async (request, reply) => {
      const { id, textId } = request.params;
      const caller = callerOf(request);
      const erased = namesText(textId) && await context.as(caller).texts.erase(streamOf(kind, id), textId, caller);
      if (!erased) throw Problem.of('NOT_FOUND');
      return reply.code(204).header('Location', receiptPath(textId)).send(null);
    });
  };
}
