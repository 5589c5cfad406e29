import type { FastifyInstance, FastifyRequest } from 'fastify';
import { stringify } from 'csv-stringify/sync';
import { actorOf, callerOf } from '../../api/auth/hook.ts';
import { MIGRATION, streamOf } from '../../api/cases/kinds.ts';
import { casesShown, cutoversOf, planOf, portfolioRows, type PortfolioRow } from '../../api/cases/portfolio.ts';
import { isRecorded } from '../../api/cases/recorded-reads.ts';
import type { Context } from '../../api/context.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import { isSensibleDate } from '../../domain/adhesion/bounds.ts';
import { currentServices, findService } from '../../domain/catalogue/catalogue.ts';
import { migrationStage } from '../../domain/migration/words.ts';
import { MOST_PER_WEEK } from '../../domain/portfolio/schemas.ts';
import { addDays, civilDateOf } from '../../domain/shared/civil-date.ts';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { harmless } from '../territory/csv.ts';
import { PORTFOLIO } from '../words/portfolio.ts';
import { CalendarPage } from './calendar.tsx';
import { MatrixPage, type MatrixFilter } from './matrix.tsx';
import { PlanPage } from './plan.tsx';

const DEFAULT_DAYS = 84;

/** What an address says under a name; anything else than one text is as if nothing were said. */
function saidIn({ query }: FastifyRequest, name: string): string | null {
  const value = (query as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The portfolio: all comuni by all services, their cutovers, and plans for more. */
export function portfolioPages(app: FastifyInstance, context: Context, visits: Visits): void {
  const { bodies, catalogue, reads, portfolioPolicy } = context;
  const nameOf = (body: string): string => bodies.find(body)?.name ?? body;
  const today = (): string => civilDateOf(new Date().toISOString());

  const filterOf = (request: FastifyRequest): MatrixFilter => ({ service: saidIn(request, 'servizio'), state: saidIn(request, 'stato') });
  const rowsFor = async (request: FastifyRequest, { service, state }: MatrixFilter): Promise<readonly PortfolioRow[]> => {
    const caller = callerOf(request);
    const all = await portfolioRows(context.as(caller).db, bodies, { service: service ?? undefined, state: state ?? undefined, body: caller.role === 'member' ? caller.body ?? undefined : undefined }, today());
    const rows = all.filter(({ cells }) => cells.length > 0);
    if (isRecorded(caller)) await reads.enterList(casesShown(rows), actorOf(caller));
    return rows;
  };

  app.get('/portafoglio', HIDDEN, async (request, reply) => {
    const visit = await visits.of(request);
    const { language } = visit;
    const filter = filterOf(request);
    return sendPage(reply, visit, {
      title: PORTFOLIO.title[language], section: 'portfolio',
      main: MatrixPage({ rows: await rowsFor(request, filter), services: currentServices(await catalogue.current()), filter, seesAll: callerOf(request).role !== 'member', language }),
    });
  });

  app.get('/portafoglio.csv', HIDDEN, async (request, reply) => {
    const language = visits.languageOf(request);
    const rows = await rowsFor(request, filterOf(request));
    const head = ['IPA', 'ISTAT', PORTFOLIO.comune[language], PORTFOLIO.service[language], PORTFOLIO.state[language], PORTFOLIO.from[language], PORTFOLIO.late[language], 'ID'];
    const lines = rows.flatMap(({ body, istatCode, name, cells }) => cells.map(({ service, state, since, late, migration }) => [body, istatCode, name, service, migrationStage(state)[language], civilDateOf(since), late ? '!' : '', migration]));
    return reply.headers({ 'Content-Disposition': 'attachment; filename="portafoglio.csv"' }).type('text/csv; charset=utf-8').serializer(String)
      .send(stringify([head, ...lines].map((line) => line.map(harmless)), { bom: true, record_delimiter: 'windows' }));
  });

  app.get('/portafoglio/calendario', HIDDEN, async (request, reply) => {
    const visit = await visits.of(request);
    const { language } = visit;
    const caller = callerOf(request);
    const from = dayIn(request, 'dal') ?? today();
    const said = dayIn(request, 'al');
    const days = { from, to: said === null || said < from ? addDays(from, DEFAULT_DAYS) : said };
    const cutovers = await cutoversOf(context.as(caller).db, { ...days, policy: portfolioPolicy });
    if (isRecorded(caller)) await reads.enterList(cutovers.map(({ migration }) => streamOf(MIGRATION, migration)), actorOf(caller));
    const services = await catalogue.current();
    return sendPage(reply, visit, {
      title: PORTFOLIO.calendar[language], section: 'portfolio', crumbs: [{ href: '/portafoglio', text: PORTFOLIO.title[language] }],
      main: CalendarPage({ cutovers, days, policy: portfolioPolicy, nameOf, titleOf: (service) => findService(services, service)?.title[language] ?? service, language }),
    });
  });

  app.get('/portafoglio/piano', HIDDEN, async (request, reply) => {
    const visit = await visits.of(request);
    const { language } = visit;
    const caller = callerOf(request);
    const known = await catalogue.current();
    const services = currentServices(known).filter(({ track }) => track === 'FULL');
    const service = services.find((one) => one.service === saidIn(request, 'servizio'))?.service ?? null;
    const terms = {
      ...portfolioPolicy, from: dayIn(request, 'dal') ?? addDays(today(), portfolioPolicy.leadDays),
      perWeek: countIn(request, 'settimana') ?? portfolioPolicy.perWeek, perWeekOfService: countIn(request, 'delservizio') ?? portfolioPolicy.perWeekOfService,
    };
    const asked = { terms, withDependencies: saidIn(request, 'dipendenze') === 'si', everyone: saidIn(request, 'tutti') === 'si' };
    const { plans, cases } = service === null ? { plans: [], cases: [] } : await planOf(context.as(caller).db, bodies, known, { service, ...asked });
    if (isRecorded(caller)) await reads.enterList(cases, actorOf(caller));
    return sendPage(reply, visit, {
      title: PORTFOLIO.plan[language], section: 'portfolio', crumbs: [{ href: '/portafoglio', text: PORTFOLIO.title[language] }],
      main: PlanPage({ services, service, ...asked, plans, nameOf, language }),
    });
  });
}

function dayIn(request: FastifyRequest, name: string): string | null {
  const said = saidIn(request, name);
  return said !== null && isSensibleDate(said) ? said : null;
}

function countIn(request: FastifyRequest, name: string): number | null {
  const said = saidIn(request, name);
  return said !== null && /^[1-9]\d{0,2}$/.test(said) && Number(said) <= MOST_PER_WEEK ? Number(said) : null;
}
