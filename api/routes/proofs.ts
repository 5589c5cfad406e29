import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { leafOfEvent, newestCheckpoint, proveInclusion } from '../../db/log/store.ts';
import { recordOf } from '../../db/queries/events.ts';
import { callerOf } from '../auth/hook.ts';
import { streamOf, type CaseKind } from '../cases/kinds.ts';
import type { Context } from '../context.ts';
import { queryNumber } from '../http/paging.ts';
import { problems, type Documented } from '../openapi/schemas.ts';
import { Problem } from '../problems.ts';
import { hashes, int32, note, notSequenced } from './log.ts';

const Proof: Documented = z.object({
  record: z.string().max(80_000).describe('Base64 of the bytes that are the leaf'), leafIndex: int32(0), treeSize: int32(1), hashes, checkpoint: note,
}).meta({ id: 'EventProof', description: 'Proves an event to be in the transparency log: the hashes lead from its record to the root in the checkpoint (RFC 6962)' });

/** Proofs that events of a kind of case are in the log. */
export function proofRoutes(kind: CaseKind, context: Context): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(`${kind.path}/:id/events/:version/proof`, {
      schema: {
        tags: ['log'], operationId: `${kind.name}-event-proof`, summary: 'Proves an event to be in the transparency log, as the newest checkpoint has it',
        description: 'An event is provable within two seconds of being stored; before that 404 NOT_SEQUENCED, with Retry-After.',
        params: z.strictObject({ id: z.string().max(100).describe('Id of the case'), version: queryNumber(1, 2_147_483_647).describe('Version of the event') }),
        querystring: z.strictObject({}), response: { 200: Proof, ...problems(400, 404) },
      },
    }, async (request) => {
      const { id, version } = request.params;
      const stream = streamOf(kind, id);
      const record = await recordOf(context.as(callerOf(request)).db, stream, version);
      if (record === undefined) throw Problem.of('NOT_FOUND');
      const { whole: { db } } = context;
      const [leafIndex, checkpoint] = await Promise.all([leafOfEvent(db, stream, version), newestCheckpoint(db)]);
      if (leafIndex === undefined || checkpoint === undefined || leafIndex >= checkpoint.size) throw notSequenced();
      const proof = await proveInclusion(db, leafIndex, checkpoint.size);
      return {
        record: record.toString('base64'), leafIndex, treeSize: checkpoint.size, hashes: proof.map((hash) => hash.toString('base64')), checkpoint: checkpoint.note,
      };
    });
  };
}
