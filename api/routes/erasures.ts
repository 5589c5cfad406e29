import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { callerOf, checkSees } from '../auth/hook.ts';
import type { Context } from '../context.ts';
import { Erasure, problems, type Documented } from '../openapi/schemas.ts';
import { Problem } from '../problems.ts';

/** Where the receipt of an erasure is read. */
export function receiptPath(id: string): string {
  return `/v1/erasures/${id}`;
}

/** What stays of persons, texts, inventories and documents that were erased. */
export function erasureRoutes({ receipts }: Context): FastifyPluginAsyncZod {
  const One: Documented = Erasure;
  const params = z.strictObject({ id: z.string().max(64).describe('Id of what was erased: of a subject, a text, an inventory, a document') });
  return async (app) => {
    app.get(receiptPath(':id'), {
      schema: {
        tags: ['erasures'], operationId: 'erasure-get', summary: 'The receipt of an erasure: who, when, and until when backups may hold it',
        params, querystring: z.strictObject({}), response: { 200: One, ...problems(404, 503) },
      },
    }, async (request) => {
      const receipt = await receipts.find(request.params.id);
      checkSees(callerOf(request), receipt?.body);
      if (receipt === undefined) throw Problem.of('NOT_FOUND');
      return { ...receipt, kind: receipt.kind.toUpperCase() };
    });
  };
}
