import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { SERVICE_ID } from '../../domain/adhesion/bounds.ts';
import { civilDate } from '../../domain/adhesion/schemas/fields.ts';
import { MOST_PER_WEEK } from '../../domain/portfolio/schemas.ts';
import { ORDER } from '../../domain/portfolio/words.ts';
import { BODY_CODE } from '../../domain/shared/body-code.ts';
import { addDays, civilDateOf, millisOf, type CivilDate } from '../../domain/shared/civil-date.ts';
import type { CutoverInCalendar as Cutover } from '../../domain/portfolio/conflicts.ts';
import { sayReason, type Reason } from '../../domain/shared/reason.ts';
import { says } from '../../domain/shared/says.ts';
import { actorOf, callerOf } from '../auth/hook.ts';
import { casesShown, cutoversOf, planOf, portfolioRows } from '../cases/portfolio.ts';
import { MIGRATION, streamOf } from '../cases/kinds.ts';
import { isRecorded } from '../cases/recorded-reads.ts';
import type { Context } from '../context.ts';
import { Problem } from '../problems.ts';
import { answerLanguage, inLanguage } from '../http/language.ts';
import { decodeCursor, DEFAULT_LIMIT, pageOf, paging, queryNumber } from '../http/paging.ts';
import { CutoverInCalendar, MigrationPlan, PortfolioRow } from '../openapi/portfolio-schemas.ts';
import { ipaCode, page, problems, type Documented } from '../openapi/schemas.ts';

const tags = ['portfolio'];
const service = z.string().max(50).regex(SERVICE_ID, says('deve essere un servizio del catalogo, ad esempio FIBRE', 'must be a service of the catalogue, like FIBRE'));
const flag = z.enum(['true', 'false']);
const DEFAULT_WEEKS = 12;
const perWeek = queryNumber(1, MOST_PER_WEEK).optional();

/** All comuni by all services, and when what is missing could be cut over. */
export function portfolioRoutes(context: Context): FastifyPluginAsyncZod {
  const { bodies, catalogue, portfolioPolicy } = context;
  const Proposed: Documented = MigrationPlan;

  return async (app) => {
    app.get('/v1/portfolio', {
      schema: {
        tags, operationId: 'portfolio-list', summary: 'Comuni by services: how each migration stands; a member sees its own row',
        querystring: z.strictObject({
          service: service.optional().describe('Only comuni with a migration of this service, and only it'),
          state: z.string().max(40).regex(/^[A-Z][A-Z_]*$/, says('deve essere uno stato di una migrazione, ad esempio OPERATING', 'must be a state of a migration, like OPERATING')).optional().describe('Only those in this state'),
          body: ipaCode.optional().describe('Only this comune'), ...paging,
        }),
        response: { 200: page(PortfolioRow), ...problems(400, 503) },
      },
    }, async (request) => {
      const { limit = DEFAULT_LIMIT, cursor, ...filter } = request.query;
      const caller = callerOf(request);
      const after = decodeCursor(cursor, BODY_CODE);
      const all = await portfolioRows(context.as(caller).db, bodies, filter, civilDateOf(new Date().toISOString()));
      const rows = all.filter(({ body }) => (caller.role !== 'member' || body === caller.body) && (after === undefined || body > after));
      if (isRecorded(caller)) await context.reads.enterList(casesShown(rows.slice(0, limit)), actorOf(caller));
      return pageOf(rows, limit, ({ body }) => body, (row) => row);
    });

    app.get('/v1/cutovers', {
      schema: {
        tags, operationId: 'cutovers-list', summary: 'Cutovers that are planned, scheduled or done, with their conflicts; a member sees its own, and conflicts with its own only',
        querystring: z.strictObject({
          from: civilDate.optional().describe('First day; default: today'), to: civilDate.optional().describe(`Last day; default: ${DEFAULT_WEEKS} weeks later`), ...paging,
        }),
        response: { 200: page(CutoverInCalendar), ...problems(400, 503) },
      },
    }, async (request, reply) => {
      const { limit = DEFAULT_LIMIT, cursor } = request.query;
      const { from = civilDateOf(new Date().toISOString()) } = request.query;
      const { to = addDays(from, 7 * DEFAULT_WEEKS) } = request.query;
      if (to < from) throw Problem.validation([reversed(from)]);
      const caller = callerOf(request);
      const language = answerLanguage(request, reply);
      const after = decodeCursor(cursor, /^\d{1,15} [a-z][\w.-]{1,90}$/);
      const all = await cutoversOf(context.as(caller).db, { from, to, policy: portfolioPolicy });
      const rows = all.filter((one) => after === undefined || isAfter(one, after));
      if (isRecorded(caller)) await context.reads.enterList(rows.slice(0, limit).map(({ migration }) => streamOf(MIGRATION, migration)), actorOf(caller));
      return reply.send(pageOf(rows, limit, keyOf, ({ migration, body, service: of, kind, window, week, conflicts }) => (
        { migration, body, name: bodies.find(body)?.name ?? body, service: of, kind, ...window, week, conflicts: conflicts.map((one) => sayReason(one, language)) })));
    });

    app.get('/v1/portfolio/plan', {
      schema: {
        tags, operationId: 'portfolio-plan', summary: 'Proposes when a service is cut over at each comune: waves within windows and capacity, each explained',
        querystring: z.strictObject({
          service: service.describe('Service of the full track'),
          from: civilDate.optional().describe('First day on which a cutover may begin; default: after the days that the policy takes a migration to need'),
          perWeek: perWeek.describe('Cutovers of all services in a week; default: by the policy'),
          perWeekOfService: perWeek.describe('The same of one service; default: by the policy'),
          withDependencies: flag.optional().describe('Plans what the service depends on first, where it is missing'),
          everyone: flag.optional().describe('As if all comuni were members'),
        }),
        response: { 200: Proposed, ...problems(400, 503) },
      },
    }, async (request, reply) => {
      const { query } = request;
      const caller = callerOf(request);
      const language = answerLanguage(request, reply);
      const { version, leadDays, ...policy } = portfolioPolicy;
      const terms = {
        ...policy, perWeek: query.perWeek ?? policy.perWeek, perWeekOfService: query.perWeekOfService ?? policy.perWeekOfService,
        from: query.from ?? addDays(civilDateOf(new Date().toISOString()), leadDays),
      };
      const { plans, cases } = await planOf(context.as(caller).db, bodies, await catalogue.current(), {
        service: query.service, terms, withDependencies: query.withDependencies === 'true', everyone: query.everyone === 'true',
      });
      if (isRecorded(caller)) await context.reads.enterList(cases, actorOf(caller));
      const named = <Item extends { readonly body: string }>(item: Item) => ({ ...item, name: bodies.find(item.body)?.name ?? item.body });
      return reply.send(inLanguage({
        service: query.service, from: terms.from, until: plans.at(-1)?.until ?? terms.from,
        capacity: { perWeek: terms.perWeek, perWeekOfService: terms.perWeekOfService, horizonWeeks: terms.horizonWeeks, policy: version },
        order: ORDER[language],
        plans: plans.map((plan) => ({
          service: plan.service, waves: plan.waves.map(({ window, comuni, ...wave }) => ({ ...wave, ...window, comuni: comuni.map(named) })), unplaced: plan.unplaced.map(named),
        })),
      }, language));
    });
  };
}

function reversed(from: CivilDate): Reason {
  return { code: 'DAYS_REVERSED', path: 'to', message: { it: `L'ultimo giorno (to) viene prima del primo (from), ${from}.`, en: `The last day (to) lies before the first (from), ${from}.` } };
}

/** Where a cutover stands in the calendar. */
function keyOf({ window, migration }: Cutover): string {
  return `${millisOf(window.from)} ${migration}`;
}

function isAfter({ window, migration }: Cutover, key: string): boolean {
  const [begins, id = ''] = key.split(' ');
  const later = millisOf(window.from) - Number(begins);
  return later > 0 || (later === 0 && migration > id);
}
