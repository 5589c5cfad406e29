import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Problem } from '../problems.ts';

/** What an entry of the security log says of the attempt, beside the code of its answer. */
type Ground = 'NO_TOKEN' | 'TOKEN_REJECTED' | 'NOT_PERMITTED' | 'OTHER_BODY';

/**
 * One line for each request that was refused for who asked: 401, 403, and the 404 of what is another body's. It holds
 * codes, ids of ours and the route's template; of what the caller typed not a letter, so that nothing can be planted in it.
 */
export function registerSecurityLog(app: FastifyInstance, log: Logger): void {
  const security = log.child({ log: 'security' });
  app.addHook('onError', async (request, _reply, error) => {
    if (!(error instanceof Problem)) return;
    const ground = groundOf(request, error);
    if (ground === undefined) return;
    const { caller, id: correlationId, routeOptions: { url: route }, method } = request;
    security.warn({
      code: error.code, status: error.status, ground, why: codeOf(error.options.cause), method, route, correlationId,
      subject: caller?.subject, role: caller?.role, body: caller?.body,
    }, 'request refused');
  });
}

function groundOf({ headers }: FastifyRequest, { status, options }: Problem): Ground | undefined {
  if (status === 401) return headers.authorization === undefined && headers.cookie === undefined ? 'NO_TOKEN' : 'TOKEN_REJECTED';
  if (status === 403) return 'NOT_PERMITTED';
  return options.ofAnotherBody === true ? 'OTHER_BODY' : undefined;
}

/** Which check a token failed, by the library's own constant. */
function codeOf(cause: unknown): string | undefined {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : undefined;
}
