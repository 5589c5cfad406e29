import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problems.ts';
import type { Keys } from './keys.ts';

/**
 * Refuses what a page of another origin made a browser send. Browsers say where a request comes from in Sec-Fetch-Site
 * or Origin; one that says neither is no browser we can trust with a session. Throws Problem CSRF_REFUSED.
 */
export function refuseForeign({ headers }: Pick<FastifyRequest, 'headers'>, origin: string): void {
  const { origin: from } = headers;
  const site = headers['sec-fetch-site'];
  const isOwn = (site === undefined || site === 'same-origin') && (from === undefined || from === origin) && (site !== undefined || from !== undefined);
  if (!isOwn) throw Problem.of('CSRF_REFUSED');
}

/** The token that forms of a session carry: who does not know the session's id cannot make it. */
export function formToken(keys: Keys, sessionId: string): string {
  return keys.digest('form', sessionId);
}

/** Throws Problem CSRF_REFUSED unless a form came with the token of its session. */
export function requireFormToken(keys: Keys, sessionId: string, form: URLSearchParams): void {
  const [given, ...more] = form.getAll('csrf');
  const wanted = Buffer.from(formToken(keys, sessionId));
  const got = Buffer.from(given ?? '');
  if (more.length > 0 || got.length !== wanted.length || !timingSafeEqual(got, wanted)) throw Problem.of('CSRF_REFUSED');
}
