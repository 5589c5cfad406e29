import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { Registry } from 'prom-client';
import { z } from 'zod';
import { storeFigures } from '../../db/queries/figures.ts';
import { registry } from '../../telemetry/metrics.ts';
import { routineMetrics } from '../../telemetry/routine-metrics.ts';
import { storeMetrics } from '../../telemetry/store-metrics.ts';
import type { Context } from '../context.ts';
import { problems, type Documented } from '../openapi/schemas.ts';

/** Figures for Prometheus: of this process, and of the store. */
export function metricsRoutes({ whole: { db }, runs }: Context): FastifyPluginAsyncZod {
  const Text: Documented = z.string().max(1_000_000).describe('Exposition format 0.0.4');
  return async (app) => {
    app.get('/metrics', {
      schema: {
        tags: ['status'], operationId: 'metrics', summary: 'Figures for Prometheus', querystring: z.strictObject({}),
        description: 'Open to a caller on the same machine, and with a token of an operator or auditor.',
        response: { 200: { description: 'Figures', content: { 'text/plain': { schema: Text } } }, ...problems(401, 403) },
      },
    }, async (_request, reply) => {
      const [figures, idle] = await Promise.all([storeFigures(db).catch(() => undefined), runs.idleRoutines().catch(() => [])]);
      return reply.type(Registry.PROMETHEUS_CONTENT_TYPE).send(await Registry.merge([registry, storeMetrics(figures), routineMetrics(idle)]).metrics());
    });
  };
}
