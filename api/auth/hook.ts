import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Actor } from '../../domain/shared/actor.ts';
import { Problem } from '../problems.ts';
import { ACCESS, bodyOfCase, faultOfLine, isOfAgency } from './access.ts';
import type { Access } from './access-kinds.ts';
import type { FindCaller } from './caller.ts';
import { unauthenticated, type Caller, type StillHolds, type Voucher } from './verify.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Null on public routes, and where who calls has proved nothing. */
    caller: Caller | null;
    /** What the caller's voucher of PDND says of itself, where it came with one. */
    voucher: Voucher | null;
    /** Asked by answers that stay open. */
    stillHolds: StillHolds;
    /** Why the caller is not believed, to be said when its turn comes. */
    unproved: unknown;
  }
  interface FastifyContextConfig {
    /** Answers for as long as somebody listens: it has bounds of its own, and says nothing of who sits before the page. */
    staysOpen?: boolean;
    /** This server asks it of itself while it answers a sign-on: who waits for that answer must not stand before it in the line. */
    takesNoTurn?: boolean;
    /** What stands in its path opens something, and is for no log. */
    isSecret?: boolean;
  }
}

/** Who calls, known before its requests are counted; one that proves nothing is refused only after it was counted. */
export function registerAuthentication(app: FastifyInstance, findCaller: FindCaller): void {
  app.decorateRequest('caller', null);
  app.decorateRequest('voucher', null);
  app.decorateRequest('unproved', null);
  app.decorateRequest('stillHolds', async () => false);
  app.addHook('onRequest', async (request) => {
    const { url } = request.routeOptions;
    if (url === undefined || accessOf(request.method, url)?.roles === 'public') return;
    try {
      const { caller, voucher = null, stillHolds } = await findCaller(request);
      request.caller = caller;
      request.voucher = voucher;
      request.stillHolds = stillHolds;
    } catch (error) {
      request.unproved = error;
    }
  });
}

/**
 * Who may, before anything of the request is read: 401, then 404 for another body's case, then 403 for the role. The
 * data come after (400), and last the process.
 */
export function registerAccess(app: FastifyInstance, lineage: Lineage): void {
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) {
      const fault = faultOfLine(`${one} ${url}`, accessOf(one, url));
      if (fault !== undefined) throw new Error(fault);
    }
  });
  app.addHook('onRequest', async (request) => {
    const { url } = request.routeOptions;
    // No route: the answer is 404 or 405 for everyone.
    if (url === undefined) return;
    const access = accessOf(request.method, url);
    if (access === undefined) throw Problem.of('FORBIDDEN');
    if (access.roles === 'public' || (access.orLoopback === true && isOfThisMachine(request))) return;
    const { caller } = request;
    if (caller === null) {
      if (access.keepsForm !== undefined && isFormOfBrowser(request, access.keepsForm)) return;
      throw request.unproved;
    }
    // A subject's body is known to the store alone: its routes ask there. What is the Agency's is no other body's: the role alone says who may.
    if (access.scope !== undefined && access.scope !== 'subject' && !isOfAgency(access.scope)) {
      const body = bodyOfCase(access.scope, pathId(request));
      const heir = access.scope === 'migration' || isSafe(request) ? heirOf(lineage, caller, body) : null;
      if (heir === null) checkSees(caller, body);
      else request.caller = heir;
    }
    if (caller.role === 'member' && !isSafe(request) && !lineage.isInBeing(caller.body ?? '')) throw bodyEnded(caller.body ?? '');
    if (!access.roles.includes(caller.role)) throw Problem.forbidden(access.roles);
    if (access.scope !== undefined && isOfAgency(access.scope)) checkSees(caller, bodyOfCase(access.scope, pathId(request)));
  });
}

/** The caller of a route that is not public. */
export function callerOf(request: Pick<FastifyRequest, 'caller'>): Caller {
  if (request.caller === null) throw unauthenticated();
  return request.caller;
}

/** What the records keep of a caller. */
export function actorOf({ subject, role, body }: Caller): Actor {
  return { subject, role, body };
}

/** A member sees what is its own body's; the others see everything. */
function sees(caller: Caller, body: string | undefined): boolean {
  return body !== undefined && (caller.role !== 'member' || caller.body === body);
}

/** What the access of members asks of the territory. */
export interface Lineage {
  readonly isInBeing: (body: string) => boolean;
  /** The bodies whose place a body took. */
  readonly ancestorsOf: (body: string) => readonly string[];
}

/**
 * Who acts for a body that took the place of another stands where that one stood: reads its cases and its persons, and goes on with its services,
 * which keep their ids. Null for anybody else. The store is then asked as that body, one at a time: its own rules stay as they are.
 */
function heirOf({ ancestorsOf, isInBeing }: Lineage, caller: Caller, body: string | undefined): Caller | null {
  const { role, body: own } = caller;
  if (role !== 'member' || own === null || body === undefined || body === own || !isInBeing(own)) return null;
  return ancestorsOf(own).includes(body) && !isInBeing(body) ? { ...caller, body } : null;
}

/** As whom a caller reads what is of a body: of one whose place its own took as that one. */
export function readerOf(lineage: Lineage, caller: Caller, body: string | undefined): Caller {
  return heirOf(lineage, caller, body) ?? caller;
}

function isSafe({ method }: FastifyRequest): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** A body that is no more does nothing: its secretary reads what there was. */
function bodyEnded(body: string): Problem {
  const detail = { it: `L'ente ${body} non esiste più: agisce chi gli è succeduto.`, en: `The body ${body} is no more: its successor acts.` };
  return Problem.of('BODY_ENDED', { detail });
}

/** A form that was filled in while the session ended: its page answers with what was typed, and does nothing else. */
function isFormOfBrowser({ headers }: FastifyRequest, kind: 'file' | true): boolean {
  const type = headers['content-type'] ?? '';
  const isForm = type.startsWith('application/x-www-form-urlencoded') || (kind === 'file' && type.startsWith('multipart/form-data'));
  return headers.authorization === undefined && isForm && /text\/html/.test(headers.accept ?? '');
}

/** What a proxy on this machine passes on comes from elsewhere, and says so. */
function isOfThisMachine({ ip, headers }: FastifyRequest): boolean {
  const passedOn = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => headers[name] !== undefined);
  return !passedOn && headers.authorization === undefined && /^(?:127\.|::1$|::ffff:127\.)/.test(ip);
}

/** Throws the 404 of what is not there, or is another body's: the answer is the same. */
export function checkSees(caller: Caller, body: string | undefined): void {
  if (!sees(caller, body)) throw Problem.of('NOT_FOUND', { ofAnotherBody: body !== undefined });
}

function accessOf(method: string, url: string): Access | undefined {
  return ACCESS[`${method === 'HEAD' ? 'GET' : method} ${url}`];
}

function pathId({ params }: FastifyRequest): string {
  return typeof params === 'object' && params !== null && 'id' in params && typeof params.id === 'string' ? params.id : '';
}
