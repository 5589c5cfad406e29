import type { FastifyInstance } from 'fastify';
import { actorOf, callerOf } from '../../api/auth/hook.ts';
import type { Caller } from '../../api/auth/verify.ts';
import { MIGRATION, streamOf } from '../../api/cases/kinds.ts';
import { isRecorded } from '../../api/cases/recorded-reads.ts';
import { cursorOf, placeIn } from '../../api/cases/work-orders.ts';
import type { Context } from '../../api/context.ts';
import { encodeCursor } from '../../api/http/paging.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import { listWorkOrders, type Place, type WorkOrderRow } from '../../db/queries/work-orders.ts';
import { currentServices } from '../../domain/catalogue/catalogue.ts';
import { WORK_ROLES } from '../../domain/catalogue/schemas.ts';
import { BODY_CODE } from '../../domain/shared/body-code.ts';
import { civilDateOf, type CivilDate } from '../../domain/shared/civil-date.ts';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { serviceTitle } from '../words/services.ts';
import { WORK_ORDERS } from '../words/work-orders.ts';
import { csvOf } from './csv.ts';
import { WorkOrdersPage, type WorkOrderFilter } from './page.tsx';

const ROWS_A_PAGE = 50;
const ROWS_AT_ONCE = 1_000;

/** The page of all work orders: what `GET /v1/work-orders` answers, for people. */
export function workOrderPages(app: FastifyInstance, context: Context, visits: Visits): void {
  const { bodies } = context;
  const rowsFor = (caller: Caller, filter: WorkOrderFilter, today: CivilDate, after: Place | undefined, limit: number) => listWorkOrders(context.as(caller).db, {
    body: caller.role === 'member' ? caller.body : filter.body || null, role: filter.role || undefined, service: filter.service || undefined, overdue: filter.late ? true : undefined, today, after, limit,
  });

  app.get('/attivita', HIDDEN, async (request, reply) => {
    const visit = await visits.of(request);
    const { language } = visit;
    const caller = callerOf(request);
    const filter = filterOf(request.query);
    const { da } = request.query as { readonly da?: unknown };
    const today = civilDateOf(new Date().toISOString());
    const rows = await rowsFor(caller, filter, today, placeIn(typeof da === 'string' && da !== '' ? da : undefined), ROWS_A_PAGE);
    const shown = rows.slice(0, ROWS_A_PAGE);
    // Who sees cases of all comuni in a list leaves a trace, as at the interface.
    if (isRecorded(caller)) await context.reads.enterList([...new Set(shown.map(({ id }) => streamOf(MIGRATION, id)))], actorOf(caller));
    const last = rows.length > ROWS_A_PAGE ? shown.at(-1) : undefined;
    return sendPage(reply, visit, {
      title: WORK_ORDERS.title[language], section: 'work-orders',
      main: WorkOrdersPage({
        rows: shown, filter, today, language, records: caller.role !== 'auditor', nameOf: (body) => bodies.find(body)?.name ?? body,
        bodies: caller.role === 'member' ? [] : bodies.search('').toSorted((a, b) => a.name.localeCompare(b.name, 'it')),
        services: currentServices(await context.catalogue.current()).filter(({ fulfilment }) => fulfilment.kind === 'MANUAL').toSorted((a, b) => a.title[language].localeCompare(b.title[language], language)),
        file: `/attivita.csv?${new URLSearchParams(addressOf(filter)).toString()}`, next: last === undefined ? null : `/attivita?${new URLSearchParams({ ...addressOf(filter), da: encodeCursor(cursorOf(last)) }).toString()}`,
      }),
    });
  });

  app.get('/attivita.csv', HIDDEN, async (request, reply) => {
    const caller = callerOf(request);
    const filter = filterOf(request.query);
    const today = civilDateOf(new Date().toISOString());
    const rows = await allOf((after) => rowsFor(caller, filter, today, after, ROWS_AT_ONCE));
    if (isRecorded(caller)) await context.reads.enterList([...new Set(rows.map(({ id }) => streamOf(MIGRATION, id)))], actorOf(caller));
    const language = visits.languageOf(request);
    const catalogue = await context.catalogue.current();
    const file = csvOf(rows, { language, today, nameOf: (body) => bodies.find(body)?.name ?? body, titleOf: (service) => serviceTitle(service, catalogue)[language] });
    return reply.headers({ 'Content-Disposition': 'attachment; filename="attivita.csv"' }).type('text/csv; charset=utf-8').serializer(String).send(file);
  });
}

/** All rows, page by page. */
async function allOf(pageAfter: (after: Place | undefined) => Promise<readonly WorkOrderRow[]>): Promise<readonly WorkOrderRow[]> {
  const rows: WorkOrderRow[] = [];
  for (let more = true; more;) {
    const page = await pageAfter(rows.at(-1));
    rows.push(...page.slice(0, ROWS_AT_ONCE));
    more = page.length > ROWS_AT_ONCE;
  }
  return rows;
}

/** What an address asks for; what it does not know is no filter. */
function filterOf(query: unknown): WorkOrderFilter {
  const { spetta, comune, servizio, scadute } = query as Readonly<Record<string, unknown>>;
  return {
    role: WORK_ROLES.find((role) => role === spetta) ?? '', late: scadute === 'true',
    body: typeof comune === 'string' && BODY_CODE.test(comune) ? comune : '', service: typeof servizio === 'string' && /^[A-Z][A-Z0-9_]{0,49}$/.test(servizio) ? servizio : '',
  };
}

function addressOf({ role, late, body, service }: WorkOrderFilter): Record<string, string> {
  return { spetta: role, comune: body, servizio: service, ...(late ? { scadute: 'true' } : {}) };
}
