import type { FastifyInstance } from 'fastify';
import { pathOf } from './methods.ts';

/** Headers that Temporal's console sends. */
const HEADERS = 'Authorization, Content-Type, X-Namespace';

/**
 * Lets the pages of one origin, Temporal's console, call the codec from the browser, with cookie or token. No other path
 * and no other origin is ever named in a CORS header. To be registered before whatever refuses, so that the console
 * reads the refusal.
 */
export function registerCodecOrigin(app: FastifyInstance, consoleUrl: string | null): void {
  if (consoleUrl === null) return;
  const { origin } = new URL(consoleUrl);
  app.addHook('onRequest', async (request, reply) => {
    if (!pathOf(request.url).startsWith('/codec/')) return;
    reply.header('Vary', 'Origin');
    if (request.headers.origin !== origin) return;
    reply.headers({ 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Credentials': 'true' });
    if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] !== 'POST') return;
    await reply.status(204).headers({ 'Access-Control-Allow-Methods': 'POST', 'Access-Control-Allow-Headers': HEADERS, 'Access-Control-Max-Age': '600' }).send();
  });
}
