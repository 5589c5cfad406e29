import type { FastifyRequest } from 'fastify';
import { decodeJwt } from 'jose';
import type { Sessions } from '../../db/sessions.ts';
import { sessionIdOf, type Cookies } from './cookies.ts';
import { refuseForeign } from './csrf.ts';
import { unauthenticated, type StillHolds, type Verified, type VerifyToken } from './verify.ts';

/** Who sends a request; throws Problem when nobody is proved. */
export type FindCaller = (request: FastifyRequest) => Promise<Verified & { readonly stillHolds: StillHolds }>;

/** Sent by a page that brings itself up to date. */
const REFRESH_HEADER = 'x-refresh';
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * By the bearer token where the request has one, also when that proves nothing: a cookie never helps it out. Else by
 * the session of the browser, which does nothing unsafe for a page of others.
 */
export function callerFinder(verify: VerifyToken, sessions: Sessions, cookies: () => Cookies, consoleOrigin: string | null): FindCaller {
  return async (request) => {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const token = bearerToken(authorization);
      const verified = await verify(token);
      return { ...verified, stillHolds: async () => (decodeJwt(token).exp ?? 0) * 1_000 > Date.now() };
    }
    const id = sessionIdOf(request, cookies());
    const caller = id === undefined ? undefined : await sessions.find(id, isByItself(request));
    if (id === undefined || caller === undefined) throw unauthenticated();
    if (!SAFE.has(request.method) && !asksToDecode(request, consoleOrigin)) refuseForeign(request, cookies().origin);
    return { caller, stillHolds: async () => await sessions.find(id, true) !== undefined };
  };
}

/** What a page asks for while nobody touches it: a session without a person ends all the same. */
function isByItself({ routeOptions, headers }: FastifyRequest): boolean {
  return routeOptions.config.staysOpen === true || headers[REFRESH_HEADER] !== undefined;
}

/** Temporal's console asks for payloads in clear by POST; nothing is changed by it, and no other page is let in. */
function asksToDecode({ routeOptions, headers }: FastifyRequest, consoleOrigin: string | null): boolean {
  return routeOptions.url === '/codec/decode' && consoleOrigin !== null && headers.origin === consoleOrigin;
}

function bearerToken(header: string): string {
  const token = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(header)?.[1];
  if (token === undefined) throw unauthenticated();
  return token;
}
