import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requireFormToken } from '../../api/auth/csrf.ts';
import { actorOf, callerOf } from '../../api/auth/hook.ts';
import { CONSTITUTION } from '../../api/cases/kinds.ts';
import { startConstitution } from '../../api/constitution/starting.ts';
import type { Context } from '../../api/context.ts';
import { formOf } from '../../api/pages/forms.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import { Problem } from '../../api/problems.ts';
import { listCases } from '../../db/queries/cases.ts';
import { civilDateOf } from '../../domain/shared/civil-date.ts';
import { recordedBy, sendEvents } from '../case/events.ts';
import { commandForm } from '../case/forms.ts';
import { allowedIn } from '../case/reading.ts';
import { faultsOf } from '../case/refusal.ts';
import { whyRoute } from '../case/why.tsx';
import { answerExpired, showForm, takeForm } from '../case/sending.ts';
import type { Fault } from '../forms/form.tsx';
import { typedIn, type Typed } from '../forms/read.ts';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { CONSTITUTION as WORDS } from '../words/constitution.ts';
import { PROPOSED, startFieldAt, startRequest, START_FIELDS } from './asked.ts';
import { ConstitutionPage } from './page.tsx';
import { readConstitution, readOf, type ConstitutionReading } from './reading.ts';
import { StartPage } from './start.tsx';

/** The path to the Agency's constitution: where it stands, its forms, and its start where there is none. */
export function constitutionPages(app: FastifyInstance, context: Context, visits: Visits): void {
  app.get('/costituzione', HIDDEN, async (request, reply) => {
    const caller = callerOf(request);
    const [newest] = await listCases(context.as(caller).db, { process: CONSTITUTION.name, body: null, today: civilDateOf(new Date().toISOString()), limit: 1, descending: true });
    if (newest !== undefined) {
      await context.reads.enterList([newest.stream], actorOf(caller));
      return show(await readOf(context, request, newest.id), request, reply);
    }
    return showStart(request, reply, PROPOSED, [], 200);
  });

  app.post('/costituzione', HIDDEN, async (request, reply) => {
    const form = formOf(request);
    if (request.caller === null) return answerExpired(visits, request, reply, form);
    requireFormToken(context.keys, visits.sessionId(request) ?? '', form);
    const typed = typedIn(form);
    try {
      await startConstitution(context, startRequest(typed), callerOf(request), undefined);
    } catch (error) {
      if (!(error instanceof Problem) || ![400, 409].includes(error.status)) throw error;
      // Where another one is open somebody else was faster: there it is.
      if (error.code !== 'CONSTITUTION_OPEN') {
        const { language } = await visits.of(request);
        const asked = { asks: 'StartConstitution', fields: START_FIELDS, fieldAt: (path: string) => startFieldAt(path, typed) };
        return showStart(request, reply, typed, faultsOf(error, asked, typed, language), error.status);
      }
    }
    return reply.redirect('/costituzione', 303);
  });

  app.get('/costituzione/:id', HIDDEN, async (request, reply) => show(await readConstitution(context, request), request, reply));
  app.get('/costituzione/:id/eventi', HIDDEN, async (request, reply) => sendEvents(context, await readConstitution(context, request), { hasHistory: false, corrections: [] }, await visits.of(request), request, reply));
  whyRoute(app, context, visits, { at: '/costituzione/:id', read: readConstitution, hasHistory: false });
  app.get('/costituzione/:id/comandi/:command', HIDDEN, async (request, reply) => showForm(readConstitution, commandForm, context, visits, request, reply));
  app.post('/costituzione/:id/comandi/:command', HIDDEN, async (request, reply) => takeForm(readConstitution, commandForm, context, visits, request, reply));

  async function showStart(request: FastifyRequest, reply: FastifyReply, typed: Typed, faults: readonly Fault[], status: number): Promise<FastifyReply> {
    const visit = await visits.of(request);
    const { language, person } = visit;
    return sendPage(reply, visit, {
      title: WORDS.title[language], section: 'constitution', status,
      main: StartPage({ mayStart: callerOf(request).role === 'operator', typed, faults, csrf: person?.csrf ?? '', language }),
    });
  }

  async function show(reading: ConstitutionReading, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const visit = await visits.of(request);
    const { language } = visit;
    const { view, path, now } = reading;
    return sendPage(reply, visit, {
      title: WORDS.title[language], section: 'constitution',
      main: ConstitutionPage({ path, view, allowed: allowedIn(reading), recorded: await recordedBy(context, reading, request), bodies: context.bodies, today: civilDateOf(now), language }),
    });
  }
}
