import type { FastifyInstance } from 'fastify';
import type { Context } from '../../api/context.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import { civilDateOf } from '../../domain/shared/civil-date.ts';
import { recordedBy, sendEvents } from '../case/events.ts';
import { commandForm } from '../case/forms.ts';
import { allowedIn } from '../case/reading.ts';
import { showForm, takeForm } from '../case/sending.ts';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { MigrationPage } from './page.tsx';
import { readMigration } from './reading.ts';

/** The page of a migration, and the forms by which it goes on. */
export function migrationRoutes(app: FastifyInstance, context: Context, visits: Visits): void {
  app.get('/migrazioni/:id', HIDDEN, async (request, reply) => {
    const reading = await readMigration(context, request);
    const visit = await visits.of(request);
    const { language } = visit;
    const { view, bodyName, now } = reading;
    return sendPage(reply, visit, {
      title: reading.title[language], crumbs: [{ href: `/pratiche/${view.adhesion}`, text: `${bodyName} · ${view.adhesion}` }],
      main: MigrationPage({
        reading, steps: reading.showing(reading.at.state, language).steps, allowed: allowedIn(reading), language, today: civilDateOf(now), recorded: await recordedBy(context, reading, request), csrf: reading.caller.role === 'auditor' ? null : visit.person?.csrf ?? null,
      }),
    });
  });

  app.get('/migrazioni/:id/eventi', HIDDEN, async (request, reply) => sendEvents(context, await readMigration(context, request), { hasHistory: false, corrections: [] }, await visits.of(request), request, reply));
  app.get('/migrazioni/:id/comandi/:command', HIDDEN, async (request, reply) => showForm(readMigration, commandForm, context, visits, request, reply));
  app.post('/migrazioni/:id/comandi/:command', HIDDEN, async (request, reply) => takeForm(readMigration, commandForm, context, visits, request, reply));
}
