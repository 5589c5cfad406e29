import type { FastifyInstance } from 'fastify';
import { actorOf, callerOf } from '../../api/auth/hook.ts';
import { INCIDENT_KINDS, incidentsIn, type Incident } from '../../api/cases/incidents.ts';
import { MIGRATION, streamOf } from '../../api/cases/kinds.ts';
import { isRecorded } from '../../api/cases/recorded-reads.ts';
import type { Context } from '../../api/context.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import { casesIn } from '../../db/queries/cases.ts';
import { processOf } from '../../domain/processes.ts';
import { civilDateOf } from '../../domain/shared/civil-date.ts';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { INCIDENTS } from '../words/incidents.ts';
import { IncidentsPage } from './page.tsx';

const INCIDENTS_A_PAGE = 50;

/** The page of incidents: what the interface answers under `/v1/incidents`. */
export function incidentPages(app: FastifyInstance, context: Context, visits: Visits): void {
  app.get('/incidenti', HIDDEN, async (request, reply) => {
    const visit = await visits.of(request);
    const { language } = visit;
    const caller = callerOf(request);
    const { tipo, dopo } = request.query as { readonly tipo?: unknown; readonly dopo?: unknown };
    const kind = INCIDENT_KINDS.find((one) => one === tipo);
    const now = new Date().toISOString();
    const all = await incidentsIn(context.as(caller).db, { body: null, kind, today: civilDateOf(now) }, now);
    const behind = all.filter(({ id }) => typeof dopo !== 'string' || id > dopo);
    const page = behind.slice(0, INCIDENTS_A_PAGE);
    if (isRecorded(caller)) await context.reads.enterList(page.map(({ id }) => streamOf(MIGRATION, id)), actorOf(caller));
    const open = caller.role === 'operator' ? await openCommands(page) : new Map<string, ReadonlySet<string>>();
    const next = new URLSearchParams({ ...(kind === undefined ? {} : { tipo: kind }), dopo: page.at(-1)?.id ?? '' });
    return sendPage(reply, visit, {
      title: INCIDENTS.title[language], section: 'incidents',
      main: IncidentsPage({
        incidents: page.map((incident) => ({ incident, bodyName: context.bodies.find(incident.body)?.name ?? incident.body, open: open.get(streamOf(MIGRATION, incident.id)) ?? new Set() })),
        kind, next: behind.length > page.length ? `/incidenti?${next.toString()}` : null, language,
      }),
    });

    /** What the caller may send now, by the stream of each migration. */
    async function openCommands(incidents: readonly Incident[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
      const states = await casesIn(context.as(caller).db, incidents.map(({ id }) => streamOf(MIGRATION, id)));
      return new Map(states.map(({ stream, state }) => [
        stream, new Set(processOf(stream).allowed(state, { actor: actorOf(caller), now, commandId: 'allowed' }).filter(({ allowed }) => allowed).map(({ command }) => command)),
      ]));
    }
  });
}
