import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { pathOf } from './methods.ts';

/** One line a request: who by its random id, what by its path; no query, body, token or header. */
export function registerRequestLog(app: FastifyInstance, log: Logger): void {
  app.addHook('onResponse', async (request, reply) => {
    const { url, config } = request.routeOptions;
    // Who is asked for its health each second would fill the log.
    const level = url === '/status' ? 'debug' : 'info';
    log[level]({
      correlationId: request.id, method: request.method, path: config.isSecret === true ? url : pathOf(request.url), route: url, status: reply.statusCode,
      ms: Math.round(reply.elapsedTime), subject: request.caller?.subject, role: request.caller?.role,
      ...(request.voucher === null ? {} : { voucher: request.voucher }),
    }, 'request');
  });
}
