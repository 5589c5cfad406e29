import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import { CORRELATION_HEADER } from './correlation.ts';

/** Nothing from elsewhere, nothing inline, no frame, no form to elsewhere: for answers to programs and for pages of ours alike. */
const POLICY = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'self'"], baseUri: ["'none'"], objectSrc: ["'none'"], frameAncestors: ["'none'"], formAction: ["'self'"],
    scriptSrc: ["'self'"], scriptSrcAttr: ["'none'"], styleSrc: ["'self'"], imgSrc: ["'self'", 'data:'], fontSrc: ["'self'", 'data:'], connectSrc: ["'self'"],
  },
};

/** What every answer carries: never framed, sniffed or kept by a cache, and its correlation id. No other site is let in (CORS stays off). */
export async function registerSecurityHeaders(app: FastifyInstance): Promise<void> {
  await app.register(helmet, { contentSecurityPolicy: POLICY, xFrameOptions: { action: 'deny' }, referrerPolicy: { policy: 'no-referrer' } });
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'Cache-Control': 'no-store', [CORRELATION_HEADER]: request.id });
  });
}

/** The same where no hook is run: a request that cannot be read as one is answered without a page. */
export const BARE_HEADERS: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
};
