import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../problems.ts';

const WINDOW_MS = 60_000;
/** Callers kept in mind; beyond it the window begins anew for all, which only errs to their good. */
const MAX_CALLERS = 50_000;

/** So many requests a minute for each caller (by its token, else its address) and server; 0: no limit. */
export function registerRateLimit(app: FastifyInstance, perMinute: number): void {
  if (perMinute === 0) return;
  let windowEnds = Date.now() + WINDOW_MS;
  const used = new Map<string, number>();

  const count = (request: FastifyRequest, reply: FastifyReply): void => {
    const now = Date.now();
    if (now >= windowEnds || used.size > MAX_CALLERS) {
      used.clear();
      windowEnds = now + WINDOW_MS;
    }
    const key = request.caller?.subject ?? request.ip;
    const requests = (used.get(key) ?? 0) + 1;
    used.set(key, requests);
    const reset = String(Math.ceil((windowEnds - now) / 1000));
    reply.headers({
      'X-RateLimit-Limit': String(perMinute), 'X-RateLimit-Remaining': String(Math.max(0, perMinute - requests)), 'X-RateLimit-Reset': reset,
    });
    if (requests > perMinute) throw Problem.of('TOO_MANY_REQUESTS', { headers: { 'Retry-After': reset } });
  };

  app.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.url !== '/status') count(request, reply);
  });
}
