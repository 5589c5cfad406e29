import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requireFormToken } from '../../api/auth/csrf.ts';
import { callerOf } from '../../api/auth/hook.ts';
import type { Context } from '../../api/context.ts';
import { isPlainText } from '../../api/http/text.ts';
import { formOf } from '../../api/pages/forms.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import { Problem } from '../../api/problems.ts';
import { tooManyViews } from '../../api/personal.ts';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { TERRITORY } from '../words/territory.ts';
import { filterOf, kept, queryOf } from './list.ts';
import { nameOfTitle, ViewsPage } from './views.tsx';

const SAID = { salvata: TERRITORY.viewSaved, rinominata: TERRITORY.viewRenamed, eliminata: TERRITORY.viewRemoved } as const;

/** Saved views of the territory: each sent form leads on, so that no reload sends it again. */
export function viewPages(app: FastifyInstance, { keys, views }: Context, visits: Visits): void {
  const formIn = (request: FastifyRequest): URLSearchParams => {
    const form = formOf(request);
    requireFormToken(keys, visits.sessionId(request) ?? '', form);
    return form;
  };
  /** The title that was typed, and the name that follows from it; null where it makes none. */
  const titleIn = (form: URLSearchParams): { readonly title: string; readonly name: string | null } => {
    const title = (form.get('title') ?? '').trim();
    return { title, name: isPlainText(title) ? nameOfTitle(title) : null };
  };
  const answer = async (request: FastifyRequest, reply: FastifyReply, fault: Parameters<typeof ViewsPage>[0]['fault'], status = 200): Promise<FastifyReply> => {
    const visit = await visits.of(request);
    const { language, person } = visit;
    const { fatto } = request.query as { readonly fatto?: unknown };
    const said = fatto === 'salvata' || fatto === 'rinominata' || fatto === 'eliminata' ? SAID[fatto][language] : null;
    const list = await views.list(callerOf(request).subject);
    return sendPage(reply, visit, {
      title: TERRITORY.views[language], section: 'territory', crumbs: [{ href: '/territorio', text: TERRITORY.title[language] }], status,
      main: <>{said === null ? null : <div class="notice done" role="status"><p>{said}</p></div>}{ViewsPage({ views: list, csrf: person?.csrf ?? '', language, fault })}</>,
    });
  };

  app.get('/territorio/viste', HIDDEN, async (request, reply) => answer(request, reply, null));

  app.post('/territorio/viste', HIDDEN, async (request, reply) => {
    const filter = filterOf(request.query);
    const { title, name } = titleIn(formIn(request));
    const here = `/territorio${queryOf(filter)}`;
    if (name === null) return reply.redirect(`${here}${here.includes('?') ? '&' : '?'}vista=nome#viste`, 303);
    if (!await views.put(callerOf(request).subject, { name, title, filter: kept(filter) })) throw tooManyViews();
    return reply.redirect(`${here}#viste`, 303);
  });

  app.post('/territorio/viste/:name/nome', HIDDEN, async (request, reply) => {
    const { name: from } = request.params as { readonly name: string };
    const { title, name } = titleIn(formIn(request));
    const language = visits.languageOf(request);
    if (name === null) return answer(request, reply, { name: from, typed: title, message: TERRITORY.titleNeeded[language] }, 400);
    const { subject } = callerOf(request);
    if (await views.rename(subject, from, { name, title })) return reply.redirect('/territorio/viste?fatto=rinominata', 303);
    if (await views.find(subject, from) === undefined) throw Problem.of('NOT_FOUND');
    return answer(request, reply, { name: from, typed: title, message: TERRITORY.titleTaken[language] }, 409);
  });

  app.post('/territorio/viste/:name/elimina', HIDDEN, async (request, reply) => {
    formIn(request);
    await views.remove(callerOf(request).subject, (request.params as { readonly name: string }).name);
    return reply.redirect('/territorio/viste?fatto=eliminata', 303);
  });
}
