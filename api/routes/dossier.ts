import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { readLogVerifiers } from '../../db/log/keys.ts';
import { dossierOf } from '../../dossier/export.ts';
import { gather, type NoDossier } from '../../dossier/gather.ts';
import { streamOf, type CaseKind } from '../cases/kinds.ts';
import { archiveNewestHistories } from '../cases/newest-histories.ts';
import type { Context } from '../context.ts';
import { queryNumber } from '../http/paging.ts';
import { problems, type Documented } from '../openapi/schemas.ts';
import { Problem } from '../problems.ts';
import { notSequenced } from './log.ts';

/** What proves a case by itself, for who has nothing else of us (docs/dossier.md). */
export function dossierRoutes(kind: CaseKind, context: Context): FastifyPluginAsyncZod {
  const { whole: { db }, archive, keys, log } = context;
  const Zip: Documented = z.string().max(4_294_967_295).meta({ format: 'binary' });
  return async (app) => {
    app.get(`${kind.path}/:id/dossier`, {
      schema: {
        tags: ['log'], operationId: `${kind.name}-dossier`, summary: 'The case as one file that proves itself: events, histories, bundles, proofs, and a page that verifies them',
        description: 'For: operator, auditor. The same case at the same size of the tree gives the same bytes. It holds what was in the transparency log of that size: of runs what was archived by then. Without treeSize the runs are archived first as they stand, also those that are open.',
        params: z.strictObject({ id: z.string().max(100).describe('Id of the case') }),
        querystring: z.strictObject({ treeSize: queryNumber(1, 2_147_483_647).optional().describe('Leaves of a tree that was signed; default: of the newest') }),
        response: { 200: { description: 'The dossier', content: { 'application/zip': { schema: Zip } } }, ...problems(400, 404, 503) },
      },
    }, async (request, reply) => {
      const { id } = request.params;
      const { treeSize } = request.query;
      if (treeSize === undefined) await archiveNewestHistories(context, kind, id);
      const gathered = await gather(db, id, treeSize);
      if ('missing' in gathered) throw await refusal(gathered, async () => isKnown(id));
      // Nothing of a caller's stands in the header: of this id there are records.
      const verifiers = await readLogVerifiers(keys.folder);
      const bytes = Readable.from(await dossierOf(gathered, archive, verifiers), { objectMode: false });
      // What breaks off is no dossier to whoever reads it: its end is missing.
      bytes.on('error', (error) => { log.error({ err: error }, 'a dossier broke off'); });
      return reply.type('application/zip').header('Content-Disposition', `attachment; filename="${id}-${gathered.size}.zip"`).send(bytes);
    });
  };

  async function isKnown(id: string): Promise<boolean> {
    return await db.selectFrom('events').select('version').where('stream', '=', streamOf(kind, id)).limit(1).executeTakeFirst() !== undefined;
  }
}

/** A case that is not there is not found, whatever the size. */
async function refusal(none: NoDossier, isKnown: () => Promise<boolean>): Promise<Problem> {
  if (!(await isKnown())) return Problem.of('NOT_FOUND');
  switch (none.missing) {
    case 'NOT_SEQUENCED': return notSequenced();
    case 'CASE_NOT_IN_TREE': return Problem.of('CASE_NOT_IN_TREE');
    case 'TREE_NOT_SIGNED': {
      const sizes = [none.below, none.above].filter((size) => size !== null);
      return Problem.of('TREE_NOT_SIGNED', { detail: { it: `Le dimensioni firmate più vicine sono: ${sizes.join(', ')}.`, en: `The nearest sizes that were signed are: ${sizes.join(', ')}.` } });
    }
  }
}
