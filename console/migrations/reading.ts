import type { FastifyRequest } from 'fastify';
import { actorOf, callerOf } from '../../api/auth/hook.ts';
import { ADHESION, MIGRATION, streamOf } from '../../api/cases/kinds.ts';
import { isRecorded } from '../../api/cases/recorded-reads.ts';
import type { Context } from '../../api/context.ts';
import { Problem } from '../../api/problems.ts';
import { casesOfBody, findCase } from '../../db/queries/cases.ts';
import { eventsAfter } from '../../db/queries/events.ts';
import { viewMigration, type Migration, type MigrationState, type MigrationView } from '../../domain/migration/index.ts';
import type { Bilingual, Language } from '../../domain/shared/bilingual.ts';
import { civilDateOf } from '../../domain/shared/civil-date.ts';
import { NO_CHOICES, type Choices } from '../forms/form.tsx';
import type { FormCase } from '../case/form-case.ts';
import { documentChoices, DOCUMENTS_TO_CHOOSE, type CaseReading } from '../case/reading.ts';
import { planTitle, serviceTitle } from '../words/services.ts';
import { stepsOf } from './steps.ts';

/** A migration as its page reads it: what the interface answers under `…/{id}`, `…/allowed`, `…/events` and `…/texts`. */
export interface MigrationReading extends FormCase {
  readonly view: MigrationView;
  /** Name of the comune. */
  readonly bodyName: string;
  /** Names of the service, as it is now, and of the plan, as it was requested. */
  readonly serviceName: Bilingual;
  readonly planName: Bilingual;
}

/** Throws Problem NOT_FOUND where there is no migration of that id. Whether the caller may see it the table of access has judged. */
export async function readMigration(context: Context, request: FastifyRequest): Promise<MigrationReading> {
  const { id } = request.params as { readonly id: string };
  const caller = callerOf(request);
  const { db } = context.as(caller);
  const stream = streamOf(MIGRATION, id);
  const at = await findCase(db, stream);
  // The state comes from the fold of this very process; a stream that was never opened holds a refusal and no migration.
  const state = at?.state as MigrationState | undefined;
  const migration = state?.migration ?? null;
  if (at === undefined || state === undefined || migration === null) throw Problem.of('NOT_FOUND');
  const now = new Date().toISOString();
  const [requested] = await eventsAfter(db, stream, 0, 1);
  const known = { requestedOn: civilDateOf(requested?.recordedAt ?? migration.since), texts: await textsOf(context, request, stream, migration) };
  const bodyName = context.bodies.find(migration.body)?.name ?? migration.body;
  const catalogue = await context.catalogue.current();
  const service = serviceTitle(migration.service, catalogue);
  const view = viewMigration(state, now);
  return {
    kind: MIGRATION, id, stream, path: `/migrazioni/${id}`, title: { it: `${service.it} · ${bodyName}`, en: `${service.en} · ${bodyName}` }, caller, at, now, position: null, view, bodyName, serviceName: service, planName: planTitle(catalogue, view),
    showing: (other, language) => ({ steps: stepsOf(other as MigrationState, known, language), waitingFor: viewMigration(other as MigrationState, now).waitingFor }),
    choices: async (language) => ({
      ...NO_CHOICES, ...workItemChoices(view, request, language),
      documents: documentChoices(await context.as(caller).documents.list(streamOf(ADHESION, view.adhesion), DOCUMENTS_TO_CHOOSE), language),
    }),
  };
}

/** What a form about a work item offers: to complete those that can be done, or the one that its address names, with their checklists; to open again those that are done. */
function workItemChoices({ workItems }: MigrationView, request: FastifyRequest, language: Language): Pick<Choices, 'workItems' | 'points'> {
  const { command } = request.params as { readonly command?: string };
  const { attivita } = request.query as { readonly attivita?: unknown };
  const all = workItems.filter(({ completedOn, readySince }) => (command === 'ReopenWorkItem' ? completedOn !== null : readySince !== null));
  const one = all.filter(({ id }) => id === attivita);
  const shown = one.length > 0 ? one : all;
  const optional = language === 'it' ? ' (facoltativo)' : ' (optional)';
  return {
    workItems: shown.map(({ id, title }) => ({ value: id, text: title[language] })),
    points: command === 'ReopenWorkItem' ? [] : shown.flatMap((item) => item.checklist.map((point) => ({
      value: `${item.id}/${point.id}`, text: `${shown.length > 1 ? `${item.title[language]}: ` : ''}${point.title[language]}${point.optional ? optional : ''}`,
    }))),
  };
}

/** Remarks and reasons of a migration by their ids; one that was erased is not there. */
async function textsOf(context: Context, request: FastifyRequest, stream: string, { workItems, cancelReasons }: Migration): Promise<ReadonlyMap<string, string>> {
  const { texts } = context.as(callerOf(request));
  const refs = [...workItems.map(({ done }) => done?.note ?? null), cancelReasons].filter((ref) => ref !== null);
  const found = await Promise.all(refs.map(async ({ textId }) => [textId, await texts.find(stream, textId)] as const));
  return new Map(found.flatMap(([id, text]) => (text === undefined ? [] : [[id, text] as const])));
}

/** The migrations of an adhesion, in the order in which they were asked for; null in place of one that has not begun yet. */
export async function migrationsOf(context: Context, { caller, view, now }: CaseReading): Promise<readonly ListedMigration[]> {
  if (view.migrations.length === 0) return [];
  const catalogue = await context.catalogue.current();
  const begun = new Map((await casesOfBody(context.as(caller).db, MIGRATION.name, view.body)).map(({ id, state }) => [id, state as MigrationState]));
  const listed = view.migrations.map(({ id, service, state }) => {
    const own = begun.get(id);
    return { id, title: serviceTitle(service, catalogue), state, view: own?.migration === null || own === undefined ? null : viewMigration(own, now) };
  });
  // Who sees cases of all comuni in a list leaves a trace, as at the interface.
  if (isRecorded(caller)) await context.reads.enterList(listed.flatMap((one) => (one.view === null ? [] : [streamOf(MIGRATION, one.id)])), actorOf(caller));
  return listed;
}

export interface ListedMigration {
  readonly id: string;
  /** Name of the service. */
  readonly title: Bilingual;
  /** What the adhesion was told of it. */
  readonly state: string;
  /** Null: it has not begun yet. */
  readonly view: MigrationView | null;
}
