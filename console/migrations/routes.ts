import type { FastifyInstance } from 'fastify';
import type { Context } from '../../api/context.ts';
import { MAX_DOCUMENT_BYTES } from '../../api/cases/document-types.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import { civilDateOf } from '../../domain/shared/civil-date.ts';
import { recordedBy, sendEvents } from '../case/events.ts';
import { allowedIn } from '../case/reading.ts';
import { showForm, takeForm } from '../case/sending.ts';
import { acceptFile } from '../forms/file.ts';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { MigrationPage } from './page.tsx';
import { readMigration } from './reading.ts';
import { formOfMigration, toParametersOfPlan } from './updating.ts';

/** A form of a command: its fields, a choice of documents, and texts of 4,000 characters of several bytes each. */
const MUCH = { fields: 400, fieldSize: 20_000 };

/** The page of a migration, and the forms by which it goes on. */
export async function migrationRoutes(app: FastifyInstance, context: Context, visits: Visits): Promise<void> {
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
  app.get('/migrazioni/:id/comandi/:command', HIDDEN, async (request, reply) => showForm(readMigration, formOfMigration, context, visits, request, reply));
  // A work item is completed with a document that proves it.
  await app.register(async (forms) => {
    await acceptFile(forms, MAX_DOCUMENT_BYTES, MUCH);
    forms.post('/migrazioni/:id/comandi/:command', HIDDEN, async (request, reply) => await toParametersOfPlan(context, request, reply) ?? takeForm(readMigration, formOfMigration, context, visits, request, reply));
  });
}
