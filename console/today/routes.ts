import type { FastifyInstance } from 'fastify';
import { actorOf, callerOf } from '../../api/auth/hook.ts';
import type { Caller } from '../../api/auth/verify.ts';
import { ADHESION, streamOf } from '../../api/cases/kinds.ts';
import { isRecorded } from '../../api/cases/recorded-reads.ts';
import type { Context } from '../../api/context.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import { listCases } from '../../db/queries/cases.ts';
import { isClosed, viewAdhesion, type AdhesionState, type AdhesionView } from '../../domain/adhesion/index.ts';
import { civilDateOf, type Instant } from '../../domain/shared/civil-date.ts';
import { positionNow } from '../frame/live.tsx';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { TODAY } from '../words/territory.ts';
import { TodayPage } from './page.tsx';

/** Cases that the first page looks at; a territory of more than the metropolis pages its lists. */
const MOST_CASES = 500;

/** The first page: what waits for who is signed on. */
export function todayRoutes(app: FastifyInstance, context: Context, visits: Visits): void {
  app.get('/', HIDDEN, async (request, reply) => {
    const after = await positionNow(context);
    const visit = await visits.of(request);
    const caller = callerOf(request);
    const now = new Date().toISOString();
    const views = caller.role === 'auditor' ? [] : await openCases(context, caller, now);
    return sendPage(reply, visit, {
      title: TODAY.title[visit.language], section: 'today', scripts: ['live'], live: { of: null, after, mode: 'read' },
      main: TodayPage({ views, role: caller.role, bodyName: visit.person?.bodyName ?? null, today: civilDateOf(now), language: visit.language }),
    });
  });
}

/** The open cases that the caller has a part in: a comune its own, the Agency those that wait for it or for the clock. */
async function openCases(context: Context, caller: Caller, now: Instant): Promise<readonly AdhesionView[]> {
  const { db } = context.as(caller);
  const rows = await listCases(db, { process: 'adhesion', body: caller.role === 'member' ? caller.body : null, today: civilDateOf(now), limit: MOST_CASES });
  // States come from the fold of the adhesion's own process.
  const open = rows.slice(0, MOST_CASES).filter(({ state }) => !isClosed(state as AdhesionState) && (state as AdhesionState).opening !== null);
  if (isRecorded(caller)) await context.reads.enterList(open.map(({ id }) => streamOf(ADHESION, id)), actorOf(caller));
  return open.map(({ state }) => viewAdhesion(state as AdhesionState, now));
}
