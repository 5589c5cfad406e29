import type { FastifyRequest } from 'fastify';
import { actorOf, callerOf } from '../../api/auth/hook.ts';
import { ADHESION, MIGRATION, streamOf } from '../../api/cases/kinds.ts';
import { isRecorded } from '../../api/cases/recorded-reads.ts';
import type { Context } from '../../api/context.ts';
import { Problem } from '../../api/problems.ts';
import { casesOfBody, findCase } from '../../db/queries/cases.ts';
import { eventsAfter } from '../../db/queries/events.ts';
import { isServing } from '../../domain/migration/operation/standing.ts';
import { isFull } from '../../domain/migration/state.ts';
import { viewMigration, type MigrationState, type MigrationView } from '../../domain/migration/index.ts';
import type { Bilingual, Language } from '../../domain/shared/bilingual.ts';
import { civilDateOf } from '../../domain/shared/civil-date.ts';
import { NO_CHOICES, type Choices } from '../forms/form.tsx';
import type { FormCase } from '../case/form-case.ts';
import { documentChoices, personsActing, type CaseReading } from '../case/reading.ts';
import { CALL_STATES, OPERATIONS } from '../words/brokers.ts';
import { optionInWords } from '../words/codes.ts';
import { localOfInstant, sayInstant } from '../words/dates.ts';
import { wordOf } from '../words/say.ts';
import { planTitle, serviceTitle } from '../words/services.ts';
import type { Dates } from './chart-rows.ts';
import { stepsOf } from './steps.ts';

/** A migration as its page reads it: what the interface answers under `…/{id}`, `…/allowed`, `…/events` and `…/texts`. */
export interface MigrationReading extends FormCase {
  readonly view: MigrationView;
  /** Name of the comune. */
  readonly bodyName: string;
  /** Names of the service, as it is now, and of the plan, as it was requested. */
  readonly serviceName: Bilingual;
  readonly planName: Bilingual;
  /** People work with the service, also where its migration is closed. */
  readonly serves: boolean;
  /** Free texts by their ids. */
  readonly texts: ReadonlyMap<string, string>;
  /** Days that the view does not say. */
  readonly dates: Omit<Dates, 'today'>;
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
  const texts = await textsOf(context, request, stream, state);
  const known = { requestedOn: civilDateOf(requested?.recordedAt ?? migration.since), texts };
  const bodyName = context.bodies.find(migration.body)?.name ?? migration.body;
  const catalogue = await context.catalogue.current();
  const service = serviceTitle(migration.service, catalogue);
  const view = viewMigration(state, now);
  return {
    kind: MIGRATION, id, stream, path: `/migrazioni/${id}`, title: { it: `${service.it} · ${bodyName}`, en: `${service.en} · ${bodyName}` }, caller, at, now, position: null, view, bodyName, serviceName: service, planName: planTitle(catalogue, view), serves: isFull(state) && isServing(state), texts,
    dates: { requestedOn: known.requestedOn, provisionedOn: state.provisioning.doneOn, deliveredOn: migration.deliveredOn, closedOn: migration.closedOn },
    showing: (other, language) => ({ steps: stepsOf(other as MigrationState, known, language), waitingFor: viewMigration(other as MigrationState, now).waitingFor }),
    choices: (language) => choicesOf(context, request, view, language),
    suggested: (command) => suggestedFor(command, view),
    personsAt: `/pratiche/${view.adhesion}`,
    documentsOf: streamOf(ADHESION, view.adhesion),
  };
}

/** Calls that failed and wait for a decision; one that was given up is not tried again. */
function failedEffects({ effects }: MigrationView): MigrationView['effects'] {
  return effects.filter(({ state }) => state === 'FAILED');
}

async function choicesOf(context: Context, request: FastifyRequest, view: MigrationView, language: Language): Promise<Choices> {
  const caller = callerOf(request);
  const [persons, documents] = await Promise.all([personsActing(context, { caller, view }), documentChoices(context, caller, streamOf(ADHESION, view.adhesion), language)]);
  return {
    ...NO_CHOICES,
    ...workItemChoices(view, request, language),
    documents,
    persons: [...persons].map(([value, text]) => ({ value, text })),
    effects: failedEffects(view).map(({ key, operation, state, since }) => ({ value: key, text: `${wordOf(OPERATIONS, operation, language)} (${wordOf(CALL_STATES, state, language).toLowerCase()}, ${sayInstant(since, language)})` })),
    defects: view.defects.filter(({ state }) => state !== 'RESOLVED').map(({ defectNo, severity }) => ({ value: defectNo, text: `${defectNo} (${optionInWords('severity', String(severity), language)})` })),
  };
}

/** What the fields of a command can be known to hold: the only one there is, the next window that is free, the cost of the plan. */
function suggestedFor(command: string, view: MigrationView): Readonly<Record<string, string>> {
  const only = (name: string, values: readonly string[]): Readonly<Record<string, string>> => (values.length === 1 ? { [name]: values[0] ?? '' } : {});
  switch (command) {
    case 'CommitSpending':
      return view.schedule === null ? {} : { cents: (view.schedule.costCents / 100).toFixed(2).replace('.', ',') };
    case 'ScheduleCutover': {
      const next = view.windows.find(({ kind }) => kind === 'PREFERRED');
      return next === undefined ? {} : { from: localOfInstant(next.from), to: localOfInstant(next.to) };
    }
    case 'RetryEffect':
    case 'SkipEffect':
      return only('key', failedEffects(view).map(({ key }) => key));
    case 'ResolveDefect':
      return only('defectNo', view.defects.filter(({ state }) => state !== 'RESOLVED').map(({ defectNo }) => defectNo));
    default:
      return {};
  }
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
async function textsOf(context: Context, request: FastifyRequest, stream: string, { migration, planning: { proposal }, operation: { defects } }: MigrationState): Promise<ReadonlyMap<string, string>> {
  const { texts } = context.as(callerOf(request));
  const { workItems = [], cancelReasons = null } = migration ?? {};
  const refs = [...workItems.map(({ done }) => done?.note ?? null), cancelReasons, proposal?.rollback ?? null, ...defects.map(({ description }) => description)].filter((ref) => ref !== null);
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
