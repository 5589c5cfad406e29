import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { callerOf } from '../auth/hook.ts';
import { namesInventory } from '../cases/beside.ts';
import { inventoryIn } from '../cases/inventories.ts';
import { ADHESION, streamOf } from '../cases/kinds.ts';
import type { Context } from '../context.ts';
import { Inventory, problems, type Documented } from '../openapi/schemas.ts';
import { Problem } from '../problems.ts';
import { receiptPath } from './erasures.ts';

/** Inventories of a recognition: its event names them by `documentId`. */
export function inventoryRoutes(context: Context): FastifyPluginAsyncZod {
  const path = `${ADHESION.path}/:id/inventories/:documentId`;
  const Records: Documented = Inventory;
  const params = z.strictObject({ id: z.string().max(100).describe('Id of the adhesion'), documentId: z.string().max(60).describe('documentId of an event') });
  return async (app) => {
    app.get(path, {
      schema: {
        tags: ['inventories'], operationId: 'inventory-get', summary: 'An inventory of applications or of sites', params, querystring: z.strictObject({}),
        response: { 200: Records, ...problems(404, 503) },
      },
    }, async (request) => {
      const { id, documentId } = request.params;
      const content = namesInventory(documentId) ? await context.as(callerOf(request)).texts.find(streamOf(ADHESION, id), documentId) : undefined;
      if (content === undefined) throw Problem.of('NOT_FOUND');
      return { id: documentId, ...inventoryIn(content) };
    });

    app.delete(path, {
      schema: {
        tags: ['inventories'], operationId: 'inventory-erase', summary: 'Erases an inventory for good and leaves a receipt', params, querystring: z.strictObject({}),
        response: { 204: z.null().describe('Erased; Location names the receipt'), ...problems(404, 503) },
      },
    }, async (request, reply) => {
      const { id, documentId } = request.params;
      const caller = callerOf(request);
      const erased = namesInventory(documentId) && await context.as(caller).texts.erase(streamOf(ADHESION, id), documentId, caller);
      if (!erased) throw Problem.of('NOT_FOUND');
      return reply.code(204).header('Location', receiptPath(documentId)).send(null);
    });
  };
}
