import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Archive, ArchivedHistory } from '../../db/archive.ts';
import { archivedJson } from '../../engine/archive/encoding.ts';
import { isTemporalAway, type Run } from '../../engine/runs.ts';
import { streamOf, type CaseKind } from '../cases/kinds.ts';
import type { Context } from '../context.ts';
import { History, problems, Runs, type Documented } from '../openapi/schemas.ts';
import { Problem } from '../problems.ts';

/** The runs of a case's workflow and their histories, for those who look behind the record. */
export function runRoutes(kind: CaseKind, { runs, archive }: Context): FastifyPluginAsyncZod {
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
      const stream = streamOf(kind, request.params.id);
      const items = withArchived(await ask(() => runs.list(stream)), await archive.runsOf(stream));
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
      if (!z.uuid().lowercase().safeParse(runId).success) throw Problem.of('NOT_FOUND');
      const stream = streamOf(kind, id);
      const history = await ask(() => runs.history(stream, runId)) ?? await archived(archive, stream, runId);
      if (history === undefined) throw Problem.of('NOT_FOUND');
      return reply.type('application/json; charset=utf-8').serializer(String).send(history);
    });
  };
}

/** Those of Temporal, and those that only the archive has any more, oldest first. */
function withArchived(runs: readonly Run[], kept: readonly ArchivedHistory[]): (Run & { archived: boolean; bundleHash?: string })[] {
  const archivedRuns = new Map(kept.map((run) => [run.runId, run]));
  const gone = kept.filter(({ runId }) => !runs.some((run) => run.runId === runId))
    .map(({ runId, startedAt, closedAt, state }) => ({ runId, startedAt, ...(closedAt === null ? {} : { closedAt }), state }));
  return [...runs, ...gone].toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1)).map((run) => {
    const inArchive = archivedRuns.get(run.runId);
    const bundleHash = inArchive?.bundles.at(-1);
    // A run that has closed since is archived when its end is.
    return { ...run, archived: inArchive !== undefined && inArchive.state === run.state, ...(bundleHash === undefined ? {} : { bundleHash }) };
  });
}

async function archived(archive: Archive, stream: string, runId: string): Promise<string | undefined> {
  const known = await archive.known(stream, runId);
  return known === undefined ? undefined : archivedJson(await archive.bytesOf(known));
}

async function ask<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (cause) {
    throw isTemporalAway(cause) ? Problem.of('ENGINE_UNAVAILABLE', { cause }) : cause;
  }
}
