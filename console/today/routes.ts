import type { FastifyInstance } from 'fastify';
import { requireFormToken } from '../../api/auth/csrf.ts';
import { actorOf, callerOf } from '../../api/auth/hook.ts';
import type { Caller } from '../../api/auth/verify.ts';
import { ADHESION, MIGRATION, streamOf } from '../../api/cases/kinds.ts';
import { isRecorded } from '../../api/cases/recorded-reads.ts';
import type { Context } from '../../api/context.ts';
import { parseFeedCursor, writeFeedCursor } from '../../api/http/feed-cursor.ts';
import { formOf } from '../../api/pages/forms.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import { casesBehind, dueBetween, turnsOf, type Due, type DueDay } from '../../db/queries/agenda.ts';
import { casesIn, listCases, openConstitutions } from '../../db/queries/cases.ts';
import { countOverdue } from '../../db/queries/work-orders.ts';
import { migrationsWithIncidents } from '../../db/queries/incidents.ts';
import { newsAfter } from '../../db/queries/news.ts';
import { isClosed, viewAdhesion, type AdhesionState, type AdhesionView } from '../../domain/adhesion/index.ts';
import { lineOfCampaign, type CampaignLine, type CampaignState } from '../../domain/campaign/index.ts';
import { lineOfConstitution, type ConstitutionState } from '../../domain/constitution/index.ts';
import { caseId, processOf } from '../../domain/processes.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { civilDateOf, type CivilDate, type Instant } from '../../domain/shared/civil-date.ts';
import type { Cursor } from '../../db/event-store/read.ts';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { TODAY } from '../words/today.ts';
import { calendarPages } from './calendar-routes.tsx';
import { endsOf, monthIn } from './month.tsx';
import { MOST_NEWS, type Reading } from './news.tsx';
import { hoursIn, reasonsIn, TASKS_A_PAGE, TodayPage, type TaskPage } from './page.tsx';

/** Adhesions of a comune: the open one and those before it. */
const MOST_OWN = 20;
const MOST_A_DAY = 8;
const MOST_HALTED = 20;
const PAGE = /^[1-9]\d{0,4}$/;

/** The first page: what waits for who is signed on, what is new, and what falls due. */
export function todayRoutes(app: FastifyInstance, context: Context, visits: Visits): void {
  const { bodies } = context;
  const nameOf = (body: string): string => bodies.find(body)?.name ?? body;

  app.get('/', HIDDEN, async (request, reply) => {
    const head = await context.changes.head();
    const visit = await visits.of(request);
    const { language } = visit;
    const caller = callerOf(request);
    const { role, body } = caller;
    const now = new Date().toISOString();
    const today = civilDateOf(now);
    const month = monthIn(request.query, today);
    const { pagina } = request.query as { readonly pagina?: unknown };
    const page = typeof pagina === 'string' && PAGE.test(pagina) ? Number(pagina) : 1;

    const news = await readingOf(context, caller, head);
    const tasks = role === 'operator' ? await tasksOf(context, caller, page, now, language) : null;
    const incidents = role === 'member' ? 0 : (await migrationsWithIncidents(context.as(caller).db, { body: null, today })).length;
    const campaigns = role === 'operator' ? await haltedCampaigns(context, caller, today) : [];
    const constitution = role === 'member' ? 0 : await gatesToDecide(context, caller);
    const own = role === 'member' ? await ownCases(context, caller, now) : [];
    const days = role === 'auditor' ? [] : await dueBetween(context.as(caller).db, role === 'member' ? body : null, ...endsOf(month), MOST_A_DAY);
    const overdue = await countOverdue(context.as(caller).db, { body: role === 'member' ? body : null, role: role === 'member' ? 'MEMBER' : undefined, today });
    await enterReads(context, caller, tasks, days, news);
    return sendPage(reply, visit, {
      title: TODAY.title[language], section: 'today', scripts: ['live'], live: { of: null, after: writeFeedCursor(head), mode: 'read' },
      main: TodayPage({
        person: visit.person ?? { role, bodyName: null, csrf: '' }, today, now, language, news, nameOf, tasks, own, overdue, incidents, constitution, campaigns, calendar: role === 'auditor' ? null : { month, days },
      }),
    });
  });

  app.post('/oggi/letto', HIDDEN, async (request, reply) => {
    const form = formOf(request);
    requireFormToken(context.keys, visits.sessionId(request) ?? '', form);
    await context.visits.note(callerOf(request).subject, parseFeedCursor(form.get('cursor') ?? '', 'cursor'));
    return reply.redirect('/', 303);
  });

  calendarPages(app, context, visits);
}

const KINDS = { adhesion: ADHESION, migration: MIGRATION };

function streamOfDue({ process, id }: Due): string {
  return streamOf(KINDS[process], id);
}

/** A page of what the Agency has to do, from the read model; why each waits from the states of these cases alone. */
async function tasksOf(context: Context, caller: Caller, asked: number, now: Instant, language: Language): Promise<TaskPage> {
  const { db } = context.as(caller);
  const pageAt = (page: number) => turnsOf(db, { who: 'OPERATOR', body: null, processes: ['adhesion', 'migration'], limit: TASKS_A_PAGE, offset: (page - 1) * TASKS_A_PAGE });
  const first = await pageAt(asked);
  const isBeyond = first.items.length === 0 && asked > 1;
  const turns = isBeyond ? await pageAt(1) : first;
  const states = await casesIn(db, [...new Set(turns.items.map(streamOfDue))]);
  const waiting = states.map(({ stream, state }) => ({ id: caseId(stream), waitingFor: processOf(stream).waiting(state, now) }));
  return { turns, page: isBeyond ? 1 : asked, reasons: reasonsIn(waiting, language), hours: hoursIn(waiting), behind: await casesBehind(db, null) };
}

/** Gates of the constitution that were missed or opened again, and on which nobody has decided. */
async function gatesToDecide(context: Context, caller: Caller): Promise<number> {
  const open = await openConstitutions(context.as(caller).db);
  // States come from the fold of that very process.
  return open.reduce((sum, { state }) => sum + ((state as ConstitutionState).constitution === null ? 0 : lineOfConstitution(state as ConstitutionState).gates.filter(({ inQuestion }) => inQuestion).length), 0);
}

async function ownCases(context: Context, caller: Caller, now: Instant): Promise<readonly AdhesionView[]> {
  const rows = await listCases(context.as(caller).db, { process: 'adhesion', body: caller.body, today: civilDateOf(now), limit: MOST_OWN });
  // States come from the fold of the adhesion's own process.
  return rows.map(({ state }) => state as AdhesionState).filter((state) => !isClosed(state) && state.opening !== null).map((state) => viewAdhesion(state, now));
}

/** Those that wait for an operator: paused, stopped by their failures, or whose start was broken off. */
async function haltedCampaigns(context: Context, caller: Caller, today: CivilDate): Promise<readonly CampaignLine[]> {
  const rows = await listCases(context.as(caller).db, { process: 'campaign', body: null, waitingFor: 'OPERATOR', today, limit: MOST_HALTED });
  return rows.map(({ state }) => lineOfCampaign(state as CampaignState));
}

/** What a person has not read; at the first visit nothing is news. */
async function readingOf(context: Context, caller: Caller, head: Cursor): Promise<Reading> {
  const last = await context.visits.find(caller.subject);
  if (last === undefined) await context.visits.begin(caller.subject, head);
  const news = last === undefined ? { items: [], total: 0 } : await newsAfter(context.as(caller).db, last, caller.subject, MOST_NEWS);
  return { readAt: last?.readAt ?? null, news, upTo: writeFeedCursor(head) };
}

/** Who sees cases of all comuni in a list leaves a trace, as at the interface. */
async function enterReads(context: Context, caller: Caller, tasks: TaskPage | null, days: readonly DueDay[], { news }: Reading): Promise<void> {
  if (!isRecorded(caller)) return;
  const due = [...tasks?.turns.items ?? [], ...days.flatMap(({ items }) => items)].map(streamOfDue);
  await context.reads.enterList([...new Set([...due, ...news.items.map(({ stream }) => stream)])], actorOf(caller));
}
