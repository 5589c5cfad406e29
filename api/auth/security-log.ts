import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { problemOf } from '../http/problem-of.ts';
import { isPlainUrl } from '../http/text.ts';
import type { Problem } from '../problems.ts';
import { EntryBound } from './entry-bound.ts';
import type { Ground } from './grounds.ts';

/** What somebody did that an auditor will ask for. */
const DONE = { SIGNED_ON: 'signed on', SIGNED_OFF: 'signed off', PAYLOADS_DECODED: 'payloads decoded' } as const;

/** Entries a minute and caller; ten times as many for all who prove nothing. */
const PER_MINUTE = 300;

/**
 * The log of who was let in and of every request that the edge refused: which code has an entry, and on which ground, is a column
 * of the table of problems. Its lines hold codes, ids of ours and the route's template; of what the caller typed not a letter, so
 * that nothing can be planted in it.
 */
export class SecurityLog {
  private readonly log: Logger;
  private readonly bound: EntryBound;

  /** `perMinute`: entries of refusals for each caller; 0: no bound. */
  constructor(log: Logger, perMinute = PER_MINUTE) {
    this.log = log.child({ log: 'security' });
    this.bound = new EntryBound(perMinute, (leftOut) => {
      for (const [subject, count] of leftOut) this.log.warn({ event: 'ENTRIES_LEFT_OUT', subject: subject ?? undefined, count }, 'entries left out');
    });
  }

  /** Notes what was done; `facts` are ids and counts of ours. */
  note(event: keyof typeof DONE, { id: correlationId }: FastifyRequest, facts: Readonly<Record<string, string | number | null>>): void {
    this.log.info({ event, ...facts, correlationId }, DONE[event]);
  }

  /** Notes a refusal, if it is one. */
  refused(request: FastifyRequest, problem: Problem): void {
    const ground = groundOf(request, problem);
    const { caller, id: correlationId, routeOptions: { url: route }, method, ip } = request;
    if (ground === null || !this.bound.takes(caller?.subject ?? null, ip)) return;
    const atSignOn = ground === 'SIGN_ON';
    this.log.warn({
      event: atSignOn ? 'SIGN_ON_REFUSED' : 'REQUEST_REFUSED', code: problem.code, why: whyOf(problem), correlationId, status: problem.status, ground, method, route,
      subject: caller?.subject, role: caller?.role, body: caller?.body,
    }, atSignOn ? 'sign-on refused' : 'request refused');
  }

  /** Notes what came on a bare connection and could not be read as a request. */
  unreadable({ code, status }: Problem, correlationId: string, address = ''): void {
    if (!this.bound.takes(null, address)) return;
    this.log.warn({ event: 'REQUEST_REFUSED', code, correlationId, status, ground: 'MALFORMED' satisfies Ground }, 'request refused');
  }

  /** Tells what was left out so far; the log may end then. */
  end(): void {
    this.bound.endMinute();
  }
}

/** One line for each request that was refused, whoever answers it: the interface, or a page. */
export function registerSecurityLog(app: FastifyInstance, security: SecurityLog): void {
  // A problem that a page's own handler passes on comes by here twice.
  const noted = new WeakSet<Error>();
  app.addHook('onError', async (request, _reply, error) => {
    if (noted.has(error)) return;
    noted.add(error);
    security.refused(request, problemOf(error));
  });
  app.addHook('onClose', async () => { security.end(); });
}

/** What the table of problems says, but for what only the request tells. */
function groundOf({ headers, routeOptions, url }: FastifyRequest, { status, code, ground }: Problem): Ground | null {
  if (status === 401 && headers.authorization === undefined && headers.cookie === undefined) return 'NO_TOKEN';
  if (code === 'FORBIDDEN' && routeOptions.url === '/oidc/callback') return 'SIGN_ON';
  if (status === 404 && routeOptions.config.isSecret === true) return 'PRIVATE_ADDRESS';
  return ground === 'NOT_THERE' && !isPlainUrl(url) ? 'MALFORMED' : ground;
}

/** Which check failed, by a constant of ours or of a library; words may hold what was typed, or a whole token. */
function whyOf({ options: { cause, reasons } }: Problem): string | undefined {
  const code = cause instanceof Error && 'code' in cause ? cause.code : reasons?.[0]?.code;
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : undefined;
}
