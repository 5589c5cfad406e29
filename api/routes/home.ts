import type { FastifyPluginAsync } from 'fastify';
import type { Sessions } from '../../db/sessions.ts';
import { sessionIdOf, type Cookies } from '../auth/cookies.ts';
import { formToken } from '../auth/csrf.ts';
import type { Keys } from '../auth/keys.ts';
import type { RelyingParty } from '../auth/relying-party.ts';
import type { Caller } from '../auth/verify.ts';
import type { Bodies } from '../bodies.ts';
import { html, sendPage } from '../pages/page.ts';
import { answerPages, HIDDEN } from './sign-on.ts';

export interface HomeOptions {
  readonly party: RelyingParty;
  readonly keys: Keys;
  readonly sessions: Sessions;
  readonly bodies: Bodies;
  readonly cookies: () => Cookies;
}

/** How a role is called in the offices. */
export const ROLE_NAMES = { operator: "Operatore dell'Agenzia", member: 'Segretario comunale', auditor: 'Revisore' } as const;

/** The first page: who is signed on, and the way out; who is not is led to the sign-on. */
export function homeRoutes({ party, keys, sessions, bodies, cookies }: HomeOptions): FastifyPluginAsync {
  return async (app) => {
    answerPages(app);
    app.get('/', HIDDEN, async (request, reply) => {
      const id = sessionIdOf(request, cookies());
      const person = id === undefined ? undefined : await sessions.find(id);
      if (id === undefined || person === undefined) return reply.redirect('/login', 302);
      const elsewhere = await party.endSessionUrl(`${cookies().origin}/`);
      return sendPage(reply, 200, {
        title: 'Accesso effettuato',
        formTargets: elsewhere === undefined ? [] : [elsewhere.origin],
        main: html`<dl>
<dt>Ruolo</dt><dd>${ROLE_NAMES[person.role]}</dd>
${person.role === 'member' ? html`<dt>Ente</dt><dd>${bodyName(person, bodies)}</dd>` : html``}
</dl>
<ul>
<li><a href="/openapi.json">Descrizione dell'interfaccia (OpenAPI)</a></li>
<li><a href="/status">Stato del servizio</a></li>
</ul>
<form method="post" action="/logout">
<input type="hidden" name="csrf" value="${formToken(keys, id)}">
<button type="submit">Esci</button>
</form>`,
      });
    });
  };
}

function bodyName({ body }: Pick<Caller, 'body'>, bodies: Bodies): string {
  const comune = bodies.find(body ?? '');
  return comune === undefined ? (body ?? '') : `Comune di ${comune.name} (${comune.ipaCode})`;
}
