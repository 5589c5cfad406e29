import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problems.ts';
import { ACCESS, bodyOfCase, type Access } from './access.ts';
import { unauthenticated, type Caller, type VerifyToken } from './verify.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Null on public routes only. */
    caller: Caller | null;
  }
}

/**
 * Who may, before anything of the request is read: 401, then 404 for another body's case, then 403 for the role. The
 * data come after (400), and last the process.
 */
export function registerAccess(app: FastifyInstance, verify: VerifyToken): void {
  app.decorateRequest('caller', null);
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) {
      if (accessOf(one, url) === undefined) throw new Error(`${one} ${url} has no line in the table of access`);
    }
  });
  app.addHook('onRequest', async (request) => {
    const { url } = request.routeOptions;
    // No route: the answer is 404 or 405 for everyone.
    if (url === undefined) return;
    const access = accessOf(request.method, url);
    if (access === undefined) throw Problem.of('FORBIDDEN');
    if (access.roles === 'public') return;
    const caller = await verify(bearerToken(request.headers.authorization));
    request.caller = caller;
    // A subject's body is known to the store alone: its routes ask there.
    if (access.scope !== undefined && access.scope !== 'subject') checkSees(caller, bodyOfCase(access.scope, pathId(request)));
    if (!access.roles.includes(caller.role)) throw Problem.of('FORBIDDEN');
  });
}

/** The caller of a route that is not public. */
export function callerOf(request: Pick<FastifyRequest, 'caller'>): Caller {
  if (request.caller === null) throw unauthenticated();
  return request.caller;
}

/** A member sees what is its own body's; the others see everything. */
function sees(caller: Caller, body: string | undefined): boolean {
  return body !== undefined && (caller.role !== 'member' || caller.body === body);
}

/** Throws the 404 of what is not there, or is another body's: the answer is the same. */
export function checkSees(caller: Caller, body: string | undefined): void {
  if (!sees(caller, body)) throw Problem.of('NOT_FOUND', { ofAnotherBody: body !== undefined });
}

function accessOf(method: string, url: string): Access | undefined {
  return ACCESS[`${method === 'HEAD' ? 'GET' : method} ${url}`];
}

function bearerToken(header: string | undefined): string {
  const token = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(header ?? '')?.[1];
  if (token === undefined) throw unauthenticated();
  return token;
}

function pathId({ params }: FastifyRequest): string {
  return typeof params === 'object' && params !== null && 'id' in params && typeof params.id === 'string' ? params.id : '';
}
