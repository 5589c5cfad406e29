import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { requireFormToken } from '../../api/auth/csrf.ts';
import { callerOf } from '../../api/auth/hook.ts';
import { checkedCommand, specOf } from '../../api/cases/checked-command.ts';
import { ADHESION } from '../../api/cases/kinds.ts';
import type { Context } from '../../api/context.ts';
import { formOf } from '../../api/pages/forms.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import { offeredServices } from '../../domain/catalogue/catalogue.ts';
import { civilDateOf } from '../../domain/shared/civil-date.ts';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { migrationsOf } from '../migrations/reading.ts';
import { CASE } from '../words/case.ts';
import { storedActs } from './acts.tsx';
import { correctionForm, correctionsFor } from './correcting.ts';
import { erasingRoutes } from './erasing.tsx';
import { recordedBy, sendEvents } from './events.ts';
import { commandForm, type FindForm } from './forms.ts';
import type { FormCase } from './form-case.ts';
import { CasePage } from './page.tsx';
import { recognitionRoutes } from './recognition/routes.tsx';
import { processingRoute } from './processing.tsx';
import { SummaryPage } from './summary-page.tsx';
import { personRoutes } from './persons.tsx';
import { allowedIn, personsOf, readCase } from './reading.ts';
import { REQUEST, requestForm, toWhatIsMissing } from './requesting.ts';
import { enterReading, showForm, takeForm } from './sending.ts';
import { timelineOf } from './timeline.ts';
import { whyRoute } from './why.tsx';

/** The pages of a case, and the forms by which it goes on. */
export function caseRoutes(app: FastifyInstance, context: Context, visits: Visits): void {
  app.get('/pratiche/:id', HIDDEN, async (request, reply) => {
    const reading = await readCase(context, request);
    const visit = await visits.of(request);
    const { language, person } = visit;
    const { view, openedAt, now } = reading;
    const today = civilDateOf(now);
    const steps = timelineOf(view, openedAt, today, language);
    return sendPage(reply, visit, {
      title: reading.title[language], section: 'today', scripts: ['live'], live: { of: { id: reading.id, version: reading.at.version }, after: reading.position, mode: 'read' },
      main: CasePage({
        view, steps, acts: await storedActs(context, reading, steps.flatMap(({ acts = [] }) => acts)), corrections: correctionsFor(reading), allowed: allowedIn(reading), migrations: await migrationsOf(context, reading),
        offered: offeredServices(await context.catalogue.current()),
        persons: await personsOf(context, reading), person: person ?? { role: reading.caller.role, bodyName: null, csrf: '' }, language, today, now, recorded: await recordedBy(context, reading, request),
      }),
    });
  });

  app.get('/pratiche/:id/eventi', HIDDEN, async (request, reply) => {
    const reading = await readCase(context, request);
    return sendEvents(context, reading, { hasHistory: true, corrections: correctionsFor(reading) }, await visits.of(request), request, reply);
  });

  app.get('/pratiche/:id/riepilogo', HIDDEN, async (request, reply) => {
    const reading = await readCase(context, request);
    const visit = await visits.of(request);
    const { view, openedAt, now } = reading;
    const today = civilDateOf(now);
    return sendPage(reply, visit, {
      title: `${CASE.case[visit.language]} ${reading.id}`, crumbs: [{ href: reading.path, text: reading.title[visit.language] }],
      main: SummaryPage({ view, steps: timelineOf(view, openedAt, today, visit.language), persons: await personsOf(context, reading), language: visit.language, today, now }),
    });
  });

  app.get('/pratiche/:id/comandi/:command', HIDDEN, async (request, reply) => showForm(readCase, formOfPath, context, visits, request, reply));
  app.post('/pratiche/:id/comandi/:command', HIDDEN, async (request, reply) => await toWhatIsMissing(context, request, reply) ?? takeForm(readCase, formOfPath, context, visits, request, reply));

  app.get('/pratiche/:id/correzioni/:version', HIDDEN, async (request, reply) => showForm(readCase, correctionForm, context, visits, request, reply));
  app.post('/pratiche/:id/correzioni/:version', HIDDEN, async (request, reply) => takeForm(readCase, correctionForm, context, visits, request, reply));

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

  erasingRoutes(app, context, visits);
  processingRoute(app, context, visits);
  whyRoute(app, context, visits, { at: '/pratiche/:id', read: readCase, personsOf, hasHistory: true });
  personRoutes(app, context, visits);
  recognitionRoutes(app, context, visits);
}

/** The form of the command that the path names; of a request of a service, with what its plan asks for. */
const formOfPath: FindForm<FormCase> = async (context, request, reading) => (
  (request.params as { readonly command: string }).command === REQUEST ? requestForm(context, request, reading) : commandForm(context, request, reading)
);
