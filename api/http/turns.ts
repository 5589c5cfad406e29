import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Requests of one caller that are at work at once: reads, and what changes something. Those that come meanwhile wait in his own line. */
const AT_WORK = { reads: 2, changes: 8 } as const;

interface Line {
  atWork: number;
  readonly waiting: (() => void)[];
}

/**
 * Turns among callers: who sends many requests at once waits for himself, and not the others for him. The rate says how many a
 * minute; without turns they would come in its first seconds, before everybody else's. To be registered after the rate.
 */
export function registerTurns(app: FastifyInstance, callerOf: (request: FastifyRequest) => string): void {
  const lines = new Map<string, Line>();
  const leaving = new WeakMap<FastifyRequest, () => void>();
  app.addHook('onRequest', async (request, reply) => {
    const { staysOpen, takesNoTurn } = request.routeOptions.config;
    if (staysOpen === true || takesNoTurn === true) return;
    const kind = request.method === 'GET' || request.method === 'HEAD' ? 'reads' : 'changes';
    const name = `${kind} ${callerOf(request)}`;
    const line = lines.get(name) ?? { atWork: 0, waiting: [] };
    lines.set(name, line);
    if (line.atWork < AT_WORK[kind]) line.atWork += 1;
    else await new Promise<void>((resolve) => { line.waiting.push(resolve); });
    let left = false;
    const leave = (): void => {
      if (left) return;
      left = true;
      const next = line.waiting.shift();
      // Handed over: the place stays taken.
      if (next !== undefined) next();
      else if (--line.atWork === 0) lines.delete(name);
    };
    leaving.set(request, leave);
    // Who went away while he waited leaves no place taken.
    if (reply.raw.closed || reply.raw.destroyed) leave();
    else reply.raw.once('close', leave);
  });
  app.addHook('onResponse', async (request) => { leaving.get(request)?.(); });
}
