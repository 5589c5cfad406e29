import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isTemporalAway } from '../../engine/runs.ts';
import { streamOf, type CaseKind } from '../cases/kinds.ts';
import type { Context } from '../context.ts';
import { History, problems, Runs, type Documented } from '../openapi/schemas.ts';
import { Problem } from '../problems.ts';

/** The runs of a case's workflow and their histories, for those who look behind the record. */
export function runRoutes(kind: CaseKind, { runs }: Context): FastifyPluginAsyncZod {
  const tags = [`${kind.name}s`];
  const HistoryBody: Documented = History;
  const RunsBody: Documented = Runs;
  return async (app) => {
    app.get(`${kind.path}/:id/runs`, {
      schema: {
        tags, operationId: `${kind.name}-runs`, summary: 'Runs of the workflow that hosts the case, oldest first',
        params: z.strictObject({ id: z.string().max(100).describe('Id of the case') }), querystring: z.strictObject({}),
        response: { 200: RunsBody, ...problems(404, 503) },
      },
    }, async (request) => {
      const items = await ask(() => runs.list(streamOf(kind, request.params.id)));
      if (items.length === 0) throw Problem.of('NOT_FOUND');
      return { items };
    });

    app.get(`${kind.path}/:id/runs/:runId/history`, {
      schema: {
        tags, operationId: `${kind.name}-run-history`, summary: "History of a run, in the JSON of Temporal's own tools",
        params: z.strictObject({ id: z.string().max(100).describe('Id of the case'), runId: z.string().max(60).describe('Id of the run') }),
        querystring: z.strictObject({}), response: { 200: HistoryBody, ...problems(404, 503) },
      },
    }, async (request, reply) => {
      const { id, runId } = request.params;
      const history = z.uuid().lowercase().safeParse(runId).success ? await ask(() => runs.history(streamOf(kind, id), runId)) : undefined;
      if (history === undefined) throw Problem.of('NOT_FOUND');
      return reply.type('application/json; charset=utf-8').serializer(String).send(history);
    });
  };
}

async function ask<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (cause) {
    throw isTemporalAway(cause) ? Problem.of('ENGINE_UNAVAILABLE', { cause }) : cause;
  }
}
