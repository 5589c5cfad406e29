import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { requireFormToken } from '../../api/auth/csrf.ts';
import { callerOf } from '../../api/auth/hook.ts';
import { checkedCommand, specOf } from '../../api/cases/checked-command.ts';
import { ADHESION } from '../../api/cases/kinds.ts';
import type { Context } from '../../api/context.ts';
import { formOf } from '../../api/pages/forms.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import { eventsAfter, eventsOfCommand } from '../../db/queries/events.ts';
import { civilDateOf } from '../../domain/shared/civil-date.ts';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { CASE } from '../words/case.ts';
import { EVENTS_A_PAGE, EventsPage } from './events-page.tsx';
import { correctionForm, correctionsFor } from './correcting.ts';
import { commandForm } from './forms.ts';
import { CasePage } from './page.tsx';
import { recognitionRoutes } from './recognition/routes.tsx';
import { SummaryPage } from './summary-page.tsx';
import { personRoutes } from './persons.tsx';
import { allowedIn, crumbsOf, personsOf, readCase, titleOf } from './reading.ts';
import { enterReading, showForm, takeForm } from './sending.ts';
import { timelineOf } from './timeline.ts';

/** The pages of a case, and the forms by which it goes on. */
export function caseRoutes(app: FastifyInstance, context: Context, visits: Visits): void {
  app.get('/pratiche/:id', HIDDEN, async (request, reply) => {
    const reading = await readCase(context, request);
    const visit = await visits.of(request);
    const { language, person } = visit;
    const { view, openedAt, now } = reading;
    const today = civilDateOf(now);
    const { fatto } = request.query as { readonly fatto?: unknown };
    const recorded = typeof fatto === 'string' ? await eventsOfCommand(context.as(reading.caller).db, reading.stream, fatto) : [];
    return sendPage(reply, visit, {
      title: titleOf(reading), section: 'today',
      main: CasePage({
        view, steps: timelineOf(view, openedAt, today, language), corrections: correctionsFor(reading), allowed: allowedIn(reading), persons: await personsOf(context, reading),
        person: person ?? { role: reading.caller.role, bodyName: null, csrf: '' }, language, today, recorded: recorded.length === 0 ? null : recorded.map(({ type }) => type),
      }),
    });
  });

  app.get('/pratiche/:id/eventi', HIDDEN, async (request, reply) => {
    const reading = await readCase(context, request);
    const visit = await visits.of(request);
    const { dopo } = request.query as { readonly dopo?: unknown };
    const after = typeof dopo === 'string' && /^\d{1,9}$/.test(dopo) ? Number(dopo) : 0;
    const events = await eventsAfter(context.as(reading.caller).db, reading.stream, after, EVENTS_A_PAGE + 1);
    return sendPage(reply, visit, {
      title: CASE.events[visit.language], crumbs: crumbsOf(reading),
      main: EventsPage({ id: reading.id, events: events.slice(0, EVENTS_A_PAGE), more: events.length > EVENTS_A_PAGE, corrections: correctionsFor(reading), language: visit.language }),
    });
  });

  app.get('/pratiche/:id/riepilogo', HIDDEN, async (request, reply) => {
    const reading = await readCase(context, request);
    const visit = await visits.of(request);
    const { view, openedAt, now } = reading;
    const today = civilDateOf(now);
    return sendPage(reply, visit, {
      title: `${CASE.case[visit.language]} ${reading.id}`, crumbs: crumbsOf(reading),
      main: SummaryPage({ view, steps: timelineOf(view, openedAt, today, visit.language), persons: await personsOf(context, reading), language: visit.language, today, now }),
    });
  });

  app.get('/pratiche/:id/comandi/:command', HIDDEN, async (request, reply) => showForm(context, visits, commandForm, request, reply));
  app.post('/pratiche/:id/comandi/:command', HIDDEN, async (request, reply) => takeForm(context, visits, commandForm, request, reply));

  app.get('/pratiche/:id/correzioni/:version', HIDDEN, async (request, reply) => showForm(context, visits, correctionForm, request, reply));
  app.post('/pratiche/:id/correzioni/:version', HIDDEN, async (request, reply) => takeForm(context, visits, correctionForm, request, reply));

  app.post('/pratiche/:id/in-attesa', HIDDEN, async (request, reply) => {
    const form = formOf(request);
    requireFormToken(context.keys, visits.sessionId(request) ?? '', form);
    const reading = await readCase(context, request);
    await enterReading(context, request, reading);
    const { id, caller } = reading;
    const commandId = `ritiro-${form.get('commandId') ?? randomUUID()}`.slice(0, 128);
    const data = { commandId: form.get('commandId') ?? '' };
    const spec = specOf(ADHESION, 'WithdrawFact');
    await context.as(callerOf(request)).way.execute(await checkedCommand(context, { kind: ADHESION, id, type: 'WithdrawFact', spec, data, caller, commandId, isFact: false, ifMatch: undefined }));
    return reply.redirect(`/pratiche/${id}?${new URLSearchParams({ fatto: commandId }).toString()}`, 303);
  });

  personRoutes(app, context, visits);
  recognitionRoutes(app, context, visits);
}
