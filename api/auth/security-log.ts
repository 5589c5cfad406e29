import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Problem } from '../problems.ts';

/** Why a request stands in the security log, beside the code of its answer. */
type Ground =
  | 'NO_TOKEN' | 'TOKEN_REJECTED' | 'NOT_PERMITTED' | 'OTHER_BODY'
  /** A page of another origin made a browser send it. */
  | 'CSRF'
  /** A private address that opens nothing: made up, revoked or expired. */
  | 'PRIVATE_ADDRESS'
  /** A sign-on that did not end as it began, or of who may not be here. */
  | 'SIGN_ON'
  /** A known Idempotency-Key came with another content. */
  | 'OTHER_CONTENT'
  /** Bytes that no program sends by mistake. */
  | 'MALFORMED';

/** What somebody did that an auditor will ask for. */
const DONE = { SIGNED_ON: 'signed on', SIGNED_OFF: 'signed off', PAYLOADS_DECODED: 'payloads decoded' } as const;

const SIGN_ON_CODES: ReadonlySet<string> = new Set(['SIGN_ON_FAILED', 'SIGN_ON_REFUSED', 'ACR_TOO_LOW']);
/** Answers to what is malformed in itself, wherever it was noticed. */
const MALFORMED_CODES: ReadonlySet<string> = new Set(['DUPLICATE_KEY', 'PAYLOAD_TOO_LARGE', 'HEADERS_TOO_LARGE', 'REQUEST_TIMEOUT']);

/**
 * The log of who was let in, who was refused for who he is, and who tried what no program does by mistake. Its lines hold codes,
 * ids of ours and the route's template; of what the caller typed not a letter, so that nothing can be planted in it.
 */
export class SecurityLog {
  private readonly log: Logger;

  constructor(log: Logger) {
    this.log = log.child({ log: 'security' });
  }

  /** Notes what was done; `facts` are ids and counts of ours. */
  note(event: keyof typeof DONE, { id: correlationId }: FastifyRequest, facts: Readonly<Record<string, string | number | null>>): void {
    this.log.info({ event, ...facts, correlationId }, DONE[event]);
  }

  /** Notes a refusal, if it is one of these. */
  refused(request: FastifyRequest, problem: Problem): void {
    const ground = groundOf(request, problem);
    if (ground === undefined) return;
    const { caller, id: correlationId, routeOptions: { url: route }, method } = request;
    const atSignOn = ground === 'SIGN_ON';
    this.log.warn({
      event: atSignOn ? 'SIGN_ON_REFUSED' : undefined, code: problem.code, why: codeOf(problem.options.cause), correlationId, status: problem.status, ground, method, route,
      subject: caller?.subject, role: caller?.role, body: caller?.body,
    }, atSignOn ? 'sign-on refused' : 'request refused');
  }

  /** Notes what came on a bare connection and could not be read as a request. */
  unreadable({ code, status }: Problem, correlationId: string): void {
    this.log.warn({ code, correlationId, status, ground: 'MALFORMED' satisfies Ground }, 'request refused');
  }
}

/** One line for each request that was refused on one of the grounds, whoever answers it: the interface, or a page. */
export function registerSecurityLog(app: FastifyInstance, security: SecurityLog): void {
  // A problem that a page's own handler passes on comes by here twice.
  const noted = new WeakSet<Error>();
  app.addHook('onError', async (request, _reply, error) => {
    if (noted.has(error)) return;
    noted.add(error);
    const problem = error instanceof Problem ? error : problemOfFramework(error);
    if (problem !== undefined) security.refused(request, problem);
  });
}

/** What the framework refuses by itself before a route is asked. */
function problemOfFramework(error: Error): Problem | undefined {
  return 'code' in error && error.code === 'FST_ERR_CTP_BODY_TOO_LARGE' ? Problem.of('PAYLOAD_TOO_LARGE') : undefined;
}

function groundOf({ headers, routeOptions }: FastifyRequest, { status, code, options }: Problem): Ground | undefined {
  if (status === 401) return headers.authorization === undefined && headers.cookie === undefined ? 'NO_TOKEN' : 'TOKEN_REJECTED';
  if (code === 'CSRF_REFUSED') return 'CSRF';
  if (SIGN_ON_CODES.has(code) || (status === 403 && routeOptions.url === '/oidc/callback')) return 'SIGN_ON';
  if (status === 403) return 'NOT_PERMITTED';
  if (code === 'IDEMPOTENCY_MISMATCH') return 'OTHER_CONTENT';
  if (status === 404 && routeOptions.config.isSecret === true) return 'PRIVATE_ADDRESS';
  if (options.ofAnotherBody === true) return 'OTHER_BODY';
  return options.hostile === true || MALFORMED_CODES.has(code) ? 'MALFORMED' : undefined;
}

/** Which check a token or a sign-on failed, by the library's own constant; its words may hold a whole token. */
function codeOf(cause: unknown): string | undefined {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : undefined;
}
