import type { FastifyInstance } from 'fastify';
import type { VNode } from 'preact';
import { requireFormToken } from '../../api/auth/csrf.ts';
import { callerOf } from '../../api/auth/hook.ts';
import { showCredentials } from '../../api/cases/credentials.ts';
import type { Context } from '../../api/context.ts';
import { formOf } from '../../api/pages/forms.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import type { Bilingual, Language } from '../../domain/shared/bilingual.ts';
import { crumbsOf } from '../case/form-case.ts';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { sayInstant } from '../words/dates.ts';
import { readMigration } from './reading.ts';

const WORDS = {
  title: { it: "Credenziali dell'istanza", en: 'Credentials of the instance' },
  warning: {
    it: 'Si mostrano una volta sola: poi qui non sono più conservate, e per averne altre serve una rotazione. Che le avete viste resta registrato. Aprite la pagina solo se potete metterle subito al sicuro.',
    en: 'They are shown once: they are not kept here afterwards, and a rotation is needed for others. That you saw them is recorded. Open the page only if you can put them in a safe place at once.',
  },
  show: { it: 'Mostra le credenziali, una volta sola', en: 'Show the credentials, once' },
  copy: { it: 'Copiatele ora: chiusa questa pagina non si vedono più.', en: 'Copy them now: once this page is closed they cannot be seen again.' },
  expires: { it: 'Scadono il', en: 'They expire on' },
  back: { it: 'Torna al servizio', en: 'Back to the service' },
} as const satisfies Readonly<Record<string, Bilingual>>;

/** The button that shows the credentials of a migration, with what that means. */
export function CredentialsButton({ path, csrf, language }: { readonly path: string; readonly csrf: string; readonly language: Language }): VNode {
  return (
    <form method="post" action={`${path}/credenziali`} class="notice warn no-print">
      <input type="hidden" name="csrf" value={csrf} />
      <p>{WORDS.warning[language]}</p>
      <button type="submit" class="btn btn-outline-primary">{WORDS.show[language]}</button>
    </form>
  );
}

/** Shows them in the answer to a form: no address leads to them, no cache keeps them. */
export function credentialPages(app: FastifyInstance, context: Context, visits: Visits): void {
  app.post('/migrazioni/:id/credenziali', HIDDEN, async (request, reply) => {
    requireFormToken(context.keys, visits.sessionId(request) ?? '', formOf(request));
    const reading = await readMigration(context, request);
    const visit = await visits.of(request);
    const { language } = visit;
    const { credentials, endpoints, expiresAt } = await showCredentials(context, callerOf(request), reading.id, 'POST /migrazioni/:id/credenziali');
    return sendPage(reply, visit, {
      title: WORDS.title[language], crumbs: crumbsOf(reading, language),
      main: (
        <>
          <div class="notice warn" role="status"><p><strong>{WORDS.copy[language]}</strong></p></div>
          <pre class="code">{JSON.stringify({ credentials, ...(endpoints === undefined ? {} : { endpoints }) }, null, 2)}</pre>
          {expiresAt === null ? null : <p>{WORDS.expires[language]} {sayInstant(expiresAt, language)}.</p>}
          <p class="actions"><a class="btn btn-outline-primary" href={reading.path}>{WORDS.back[language]}</a></p>
        </>
      ),
    });
  });
}
