import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problems.ts';
import { registerTurns } from './turns.ts';

/** Callers kept in mind, the latest. */
const CALLERS = 50_000;

/**
 * So many requests a minute for each caller, by its subject whatever its token, else by its address; 0: no limit. To be
 * registered after who calls is known and before anything else is done for him: a refusal costs next to nothing.
 */
export async function registerRateLimit(app: FastifyInstance, perMinute: number): Promise<void> {
  if (perMinute === 0) return;
  await app.register(rateLimit, {
    global: false, max: perMinute, timeWindow: 60_000, cache: CALLERS, keyGenerator: nameOf,
  });
  const count = app.createRateLimit();
  app.addHook('onRequest', async (request, reply) => {
    // Who is asked for its health each second must not be taken for ill.
    if (request.routeOptions.url === '/status') return;
    const state = await count(request);
    if (state.isAllowed) return;
    const reset = String(state.ttlInSeconds);
    reply.headers({ 'X-RateLimit-Limit': String(perMinute), 'X-RateLimit-Remaining': String(state.remaining), 'X-RateLimit-Reset': reset });
    if (state.isExceeded) throw Problem.of('TOO_MANY_REQUESTS', { headers: { 'Retry-After': reset } });
  });
  registerTurns(app, nameOf);
}

function nameOf({ caller, ip }: FastifyRequest): string {
  return caller === null ? `address ${ip}` : `subject ${caller.subject}`;
}
