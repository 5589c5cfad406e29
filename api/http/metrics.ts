import type { FastifyInstance } from 'fastify';
import { httpSeconds } from '../../telemetry/metrics.ts';

/** Every request, by the template of its route: an address would make a series of its own for each case. */
export function registerMetrics(app: FastifyInstance): void {
  app.addHook('onResponse', async ({ method, routeOptions: { url = 'unknown' } }, reply) => {
    httpSeconds.observe({ method, route: url, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
}
