import type { FastifyInstance } from 'fastify';
import { endRequest, startRequest, withinRequest, type RequestSpan } from '../../telemetry/requests.ts';

declare module 'fastify' {
  interface FastifyRequest {
    span: RequestSpan | null;
  }
}

/**
 * A span for each request, by route: what it does below (Update, SQL) hangs on it. Own hooks rather than @fastify/otel, which
 * writes whole addresses and messages of errors into the span, and so what people typed.
 */
export function registerTracing(app: FastifyInstance): void {
  app.decorateRequest('span', null);
  app.addHook('onRequest', (request, _reply, done) => {
    request.span = startRequest(request.method, request.routeOptions.url, request.headers);
    withinRequest(request.span, done);
  });
  // Reading the body leaves the context of the request: it is entered again before the handler.
  app.addHook('preHandler', (request, _reply, done) => { withinRequest(request.span, done); });
  app.addHook('onResponse', async ({ span }, reply) => { endRequest(span, reply.statusCode); });
  app.addHook('onRequestAbort', async ({ span }) => { endRequest(span, 499); });
}
