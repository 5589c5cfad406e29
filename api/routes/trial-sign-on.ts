import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { errors, type Provider } from 'oidc-provider';
import type { Cookies } from '../auth/cookies.ts';
import { refuseForeign } from '../auth/csrf.ts';
import type { Keys } from '../auth/keys.ts';
import { searchPersons, trialPersons } from '../auth/trial-persons.ts';
import { trialProvider, TRIAL_PATHS } from '../auth/trial-provider.ts';
import type { Bodies } from '../bodies.ts';
import { sendPage } from '../../console/frame/page.tsx';
import type { Visits } from '../../console/frame/visits.ts';
import { PersonsPage } from '../../console/sign-on/persons.tsx';
import { acceptForms, formOf } from '../pages/forms.ts';
import { Problem } from '../problems.ts';
import { HIDDEN } from '../pages/pages.ts';
import { CALLBACK } from './sign-on.ts';

export interface TrialOptions {
  readonly keys: Keys;
  readonly bodies: Bodies;
  readonly cookies: () => Cookies;
  readonly visits: Visits;
  /** With which clients may be registered; null: none may. */
  readonly registrationToken: string | null;
}

/** The trial provider, served by ourselves, and its page on which one says who one is. */
export function trialSignOnRoutes({ keys, bodies, cookies, visits, registrationToken }: TrialOptions): FastifyPluginAsync {
  const persons = trialPersons(bodies);
  let made: Provider | null = null;
  // The address is known once we listen.
  const provider = (): Provider => (made ??= trialProvider(keys, persons, cookies(), `${cookies().origin}${CALLBACK}`, registrationToken));

  return async (app) => {
    await app.register(async (raw) => {
      // The provider reads its requests itself.
      raw.removeAllContentTypeParsers();
      raw.addContentTypeParser('*', (_request, _payload, done) => { done(null); });
      const serve = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
        reply.hijack();
        for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) reply.raw.setHeader(name, value);
        sayWhereWeAre(request, cookies().origin);
        await provider().callback()(request.raw, reply.raw);
      };
      raw.get(TRIAL_PATHS.authorization, HIDDEN, async (request, reply) => {
        // Whoever was chosen before: each sign-on begins with nobody.
        delete request.raw.headers.cookie;
        return serve(request, reply);
      });
      raw.get(TRIAL_PATHS.resume, HIDDEN, serve);
      raw.post(TRIAL_PATHS.token, { ...HIDDEN, config: { takesNoTurn: true } }, serve);
      raw.post(TRIAL_PATHS.registration, HIDDEN, serve);
      for (const method of ['GET', 'PUT', 'DELETE'] as const) raw.route({ method, url: TRIAL_PATHS.client, exposeHeadRoute: false, ...HIDDEN, handler: serve });
    });

    await app.register(async (pages) => {
      acceptForms(pages);
      pages.get(`${TRIAL_PATHS.persons}/:uid`, HIDDEN, async (request, reply) => {
        await underWay(provider(), request, reply);
        const { pathname, searchParams } = new URL(request.url, cookies().origin);
        const wanted = (searchParams.get('q') ?? '').slice(0, 100);
        const visit = { ...await visits.of(request), language: 'it' as const, person: null };
        return sendPage(reply, visit, { title: 'Accesso di prova', main: PersonsPage({ path: pathname, wanted, persons: searchPersons(persons, bodies, wanted) }) });
      });

      pages.post(`${TRIAL_PATHS.persons}/:uid`, HIDDEN, async (request, reply) => {
        await underWay(provider(), request, reply);
        refuseForeign(request, cookies().origin);
        const chosen = formOf(request).getAll('person');
        const person = persons.find(({ id }) => chosen.length === 1 && chosen[0] === id);
        if (person === undefined) throw Problem.of('VALIDATION', { detail: { it: 'In questa prova non vi è questa persona.', en: 'There is no such person in this trial.' } });
        sayWhereWeAre(request, cookies().origin);
        const next = await provider().interactionResult(request.raw, reply.raw, { login: { accountId: person.id, remember: false } }, { mergeWithLastSubmission: false });
        return reply.redirect(next, 303);
      });
    });
  };
}

/** The provider makes its addresses of what a request says; so each says the truth, whatever the client sent. */
function sayWhereWeAre({ raw: { headers } }: FastifyRequest, origin: string): void {
  const { host, protocol } = new URL(origin);
  headers.host = host;
  headers['x-forwarded-host'] = host;
  headers['x-forwarded-proto'] = protocol.slice(0, -1);
  delete headers['x-forwarded-for'];
}

/** Throws Problem SIGN_ON_FAILED unless this browser began the sign-on that the path names. */
async function underWay(provider: Provider, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { uid } = request.params as { uid: string };
  try {
    const found = await provider.interactionDetails(request.raw, reply.raw);
    if (found.uid === uid) return;
  } catch (cause) {
    if (!(cause instanceof errors.SessionNotFound)) throw cause;
  }
  throw Problem.of('SIGN_ON_FAILED', { detail: { it: 'Questo accesso non è stato iniziato in questo browser, o più di dieci minuti fa: si ricominci.', en: 'This sign-on was not begun in this browser, or more than ten minutes ago: begin again.' } });
}
