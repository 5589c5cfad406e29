import type { FastifyPluginAsync } from 'fastify';
import type { Logger } from 'pino';
import type { ClaimMapping } from '../../config.ts';
import type { Identities } from '../../db/identities.ts';
import type { Sessions } from '../../db/sessions.ts';
import { openAttempt, sealAttempt, type Attempt } from '../auth/attempt.ts';
import { levelsFrom, standingOf, sufficesFor } from '../auth/claims.ts';
import { sessionIdOf, type Cookies } from '../auth/cookies.ts';
import { refuseForeign, requireFormToken } from '../auth/csrf.ts';
import type { Keys } from '../auth/keys.ts';
import type { RelyingParty } from '../auth/relying-party.ts';
import { SecurityLog } from '../auth/security-log.ts';
import { ownSubject, type Caller } from '../auth/verify.ts';
import { acceptForms, formOf } from '../pages/forms.ts';
import { HIDDEN, ownPath } from '../pages/pages.ts';
import { Problem } from '../problems.ts';

export interface SignOnOptions {
  readonly party: RelyingParty;
  /** The name under which the provider's subjects are kept. */
  readonly issuer: string;
  readonly claims: ClaimMapping;
  readonly keys: Keys;
  readonly identities: Identities;
  readonly sessions: Sessions;
  readonly cookies: () => Cookies;
  /** True when the address is the one we listen on: then it has one spelling, and the browser is sent there. */
  readonly isListeningAddress: boolean;
  readonly log: Logger;
}

export const CALLBACK = '/oidc/callback';
/** Sign-on and sign-off of people, by browser. */
export function signOnRoutes(options: SignOnOptions): FastifyPluginAsync {
  const { party, keys, sessions, cookies } = options;
  const security = new SecurityLog(options.log);
  return async (app) => {
    acceptForms(app);

    app.get('/login', HIDDEN, async (request, reply) => {
      const { origin, attempt: name, options: cookie } = cookies();
      const query = new URL(request.url, origin).searchParams;
      if (options.isListeningAddress && request.host !== new URL(origin).host) return reply.redirect(`${origin}/login?${query.toString()}`, 302);
      const { url, attempt } = await party.begin(`${origin}${CALLBACK}`, levelsFrom(query.get('acr') ?? undefined, options.claims.acr));
      reply.setCookie(name, await sealAttempt(keys, { ...attempt, to: ownPath(query.get('to')) }), cookie);
      return reply.redirect(url.href, 302);
    });

    app.get(CALLBACK, HIDDEN, async (request, reply) => {
      const { origin, attempt: name, session, options: cookie } = cookies();
      const sealed = request.cookies[name];
      reply.clearCookie(name, cookie);
      const attempt = sealed === undefined ? undefined : await openAttempt(keys, sealed);
      if (attempt === undefined) throw Problem.of('SIGN_ON_FAILED', { detail: { it: 'Questo accesso non è stato iniziato in questo browser, o più di dieci minuti fa: si ricominci.', en: 'This sign-on was not begun in this browser, or more than ten minutes ago: begin again.' } });
      const person = await personOf(new URL(request.url, origin), attempt, options);
      reply.setCookie(session, await sessions.begin(person, sessionIdOf(request, cookies())), cookie);
      security.note('SIGNED_ON', request, { subject: person.subject, role: person.role });
      return reply.redirect(attempt.to, 303);
    });

    app.post('/logout', HIDDEN, async (request, reply) => {
      const { origin, session, options: cookie } = cookies();
      const id = sessionIdOf(request, cookies());
      const person = id === undefined ? undefined : await sessions.find(id);
      if (id === undefined || person === undefined) return reply.clearCookie(session, cookie).redirect('/', 303);
      refuseForeign(request, origin);
      requireFormToken(keys, id, formOf(request));
      await sessions.end(id);
      reply.clearCookie(session, cookie);
      security.note('SIGNED_OFF', request, { subject: person.subject });
      const elsewhere = await party.endSessionUrl(`${origin}/`);
      return reply.redirect(elsewhere?.href ?? '/', 303);
    });
  };
}

/** Who came back, as we know them. Throws Problem when they are nobody here, or signed on by too little. */
async function personOf(current: URL, attempt: Attempt, { party, issuer, claims: mapping, keys, identities }: SignOnOptions): Promise<Caller> {
  const claims = await party.finish(current, attempt);
  const standing = standingOf(claims, mapping);
  if (!sufficesFor(standing.role, claims['acr'], mapping.acr)) {
    const level = mapping.acr.required[standing.role] ?? '';
    throw Problem.of('ACR_TOO_LOW', {
      detail: {
        it: `Questo ruolo richiede un accesso di livello ${level} o superiore; si ricominci con quello.`,
        en: `This role needs a sign-on of level ${level} or higher; begin again with it.`,
      },
      extra: { signOn: `/login?${new URLSearchParams({ acr: level, to: attempt.to }).toString()}` },
    });
  }
  return { subject: await ownSubject(keys, identities, issuer, { sub: claims.sub ?? '' }), ...standing };
}
