import type { FastifyInstance, FastifyRequest } from 'fastify';
import { actorOf, callerOf } from '../../api/auth/hook.ts';
import { ADHESION, streamOf } from '../../api/cases/kinds.ts';
import type { Context } from '../../api/context.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import { newestAdhesions } from '../../db/queries/territory.ts';
import { civilDateOf } from '../../domain/shared/civil-date.ts';
import { positionNow } from '../frame/live.tsx';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { TERRITORY } from '../words/territory.ts';
import { csvOf } from './csv.ts';
import { filtered, filterOf, rowsOf, type Row } from './list.ts';
import { changePages } from './changes-routes.tsx';
import { startRoutes } from './start.tsx';
import { shownRows, TerritoryPage } from './page.tsx';
import { viewPages } from './views-routes.tsx';

/** The comuni of the territory, and the start of an adhesion from there. */
export function territoryRoutes(app: FastifyInstance, context: Context, visits: Visits): void {
  const { bodies, reads } = context;

  const allRows = async (request: FastifyRequest): Promise<readonly Row[]> => (
    rowsOf(bodies, await newestAdhesions(context.as(callerOf(request)).db), civilDateOf(new Date().toISOString())));
  /** Who sees cases of all comuni in a list leaves a trace, as at the interface. */
  const enter = (request: FastifyRequest, rows: readonly Row[]) => (
    reads.enterList(rows.flatMap(({ caseId }) => (caseId === null ? [] : [streamOf(ADHESION, caseId)])), actorOf(callerOf(request))));

  app.get('/territorio', HIDDEN, async (request, reply) => {
    const after = await positionNow(context);
    const visit = await visits.of(request);
    const { language } = visit;
    const filter = filterOf(request.query);
    const { vista } = request.query as { readonly vista?: unknown };
    const all = await allRows(request);
    const rows = filtered(all, bodies, filter);
    await enter(request, shownRows(rows, filter));
    return sendPage(reply, visit, {
      title: TERRITORY.title[language], section: 'territory', scripts: ['live'], live: { of: null, after, mode: 'read' },
      main: TerritoryPage({
        all, rows, filter, mayStart: callerOf(request).role === 'operator', language,
        saved: { views: await context.views.list(callerOf(request).subject), csrf: visit.person?.csrf ?? '', fault: vista === undefined ? null : TERRITORY.titleNeeded[language] },
      }),
    });
  });

  viewPages(app, context, visits);

  app.get('/territorio.csv', HIDDEN, async (request, reply) => {
    const rows = filtered(await allRows(request), bodies, filterOf(request.query));
    await enter(request, rows);
    return reply.headers({ 'Content-Disposition': 'attachment; filename="comuni.csv"' }).type('text/csv; charset=utf-8').serializer(String).send(csvOf(rows, visits.languageOf(request)));
  });

  changePages(app, context, visits);
  startRoutes(app, context, visits);
}
