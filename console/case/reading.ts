import { AGENCY } from '../../domain/shared/body-code.ts';
import type { FastifyRequest } from 'fastify';
import { callerOf, actorOf, readerOf } from '../../api/auth/hook.ts';
import type { Caller } from '../../api/auth/verify.ts';
import { ADHESION, streamOf } from '../../api/cases/kinds.ts';
import type { Context } from '../../api/context.ts';
import { Problem } from '../../api/problems.ts';
import { findCase } from '../../db/queries/cases.ts';
import { viewAdhesion, type AdhesionState, type AdhesionView } from '../../domain/adhesion/index.ts';
import { REFERENT_ROLES, REFERENT_STATES } from '../../domain/adhesion/words.ts';
import { offeredServices } from '../../domain/catalogue/catalogue.ts';
import { processOf } from '../../domain/processes.ts';
import { capital, type Language } from '../../domain/shared/bilingual.ts';
import { civilDateOf, type Instant } from '../../domain/shared/civil-date.ts';
import type { AllowedItem } from '../../domain/shared/process.ts';
import { NO_CHOICES, type Choice, type Choices } from '../forms/form.tsx';
import { positionNow } from '../frame/live.tsx';
import { sayInstant } from '../words/dates.ts';
import type { FormCase } from './form-case.ts';
import { timelineOf } from './timeline.ts';

/** So many documents a form offers, the last ones that came to the case. */
export const DOCUMENTS_TO_CHOOSE = 200;

/** A case as its pages read it: what the interface answers under `…/{id}` and `…/allowed`. */
export interface CaseReading extends FormCase {
  readonly view: AdhesionView;
  readonly openedAt: Instant;
  /** Where the feed stood before, for a page that follows what comes. */
  readonly position: string;
}

/** Throws Problem NOT_FOUND where there is no case of that id. Whether the caller may see it the table of access has judged. */
export async function readCase(context: Context, request: FastifyRequest): Promise<CaseReading> {
  const { id } = request.params as { readonly id: string };
  const caller = callerOf(request);
  const stream = streamOf(ADHESION, id);
  const position = await positionNow(context);
  const at = await findCase(context.as(caller).db, stream);
  // The state comes from the fold of this very process.
  const state = at?.state as AdhesionState | undefined;
  if (at === undefined || state?.opening === null || state === undefined) throw Problem.of('NOT_FOUND');
  const now = new Date().toISOString();
  const openedAt = state.opening.at;
  const view = viewAdhesion(state, now);
  const title = `${view.name ?? view.body} · ${id}`;
  const reading: CaseReading = {
    kind: ADHESION, id, stream, path: `/pratiche/${id}`, title: { it: title, en: title }, caller, at, view, openedAt, now, position,
    showing: (other, language) => {
      const shown = viewAdhesion(other as AdhesionState, now);
      return { steps: timelineOf(shown, openedAt, civilDateOf(now), language), waitingFor: shown.waitingFor };
    },
    choices: (language) => choicesOf(context, reading, language),
  };
  return reading;
}

export function allowedIn({ stream, at, caller, now }: FormCase): readonly AllowedItem[] {
  return processOf(stream).allowed(at.state, { actor: actorOf(caller), now, commandId: 'allowed' });
}

type OfCase = Pick<CaseReading, 'caller'> & { readonly view: Pick<AdhesionView, 'body'> };

/** Names of the persons that a caller may read in a case: those who may act in it, and those of the bodies whose place its body took. */
export async function personsOf(context: Context, { caller, view }: OfCase): Promise<ReadonlyMap<string, string>> {
  if (caller.role === 'auditor') return new Map();
  const before = await Promise.all(context.bodies.ancestorsOf(view.body).map(async (body) => {
    const persons = await context.as(readerOf(context.bodies, caller, body)).subjects.listOf(body);
    return persons.map(({ id, name }) => [id, `${name} (${context.bodies.find(body)?.name ?? body})`] as const);
  }));
  return new Map([...before.flat(), ...await personsActing(context, { caller, view })]);
}

/** Names of the persons whom a command may name: those of the body, and for the Agency its own. */
export async function personsActing(context: Context, { caller, view }: OfCase): Promise<ReadonlyMap<string, string>> {
  // An auditor reads the records, which know persons by their ids only.
  if (caller.role === 'auditor') return new Map();
  const { subjects } = context.as(caller);
  const lists = await Promise.all([subjects.listOf(view.body), caller.role === 'operator' ? subjects.listOf(AGENCY) : []]);
  return new Map(lists.flat().map(({ id, name, body }) => [id, body === AGENCY ? `${name} (Agenzia)` : name]));
}

/** The documents of an adhesion as a form offers them, the newest first. */
export async function documentChoices(context: Context, caller: Caller, stream: string, language: Language): Promise<readonly Choice[]> {
  const documents = await context.as(caller).documents.newest(stream, DOCUMENTS_TO_CHOOSE);
  return documents.map(({ sha256, name, addedAt }) => ({ value: sha256, text: `${name ?? sha256.slice(0, 12)} (${sayInstant(addedAt, language)})` }));
}

async function choicesOf(context: Context, reading: CaseReading, language: Language): Promise<Choices> {
  const [persons, acting, documents, catalogue] = await Promise.all([personsOf(context, reading), personsActing(context, reading), documentChoices(context, reading.caller, reading.stream, language), context.catalogue.current()]);
  return {
    ...NO_CHOICES,
    documents,
    persons: [...acting].map(([value, text]) => ({ value, text })),
    services: offeredServices(catalogue).map(({ service, title }) => ({ value: service, text: title[language] })).toSorted((a, b) => a.text.localeCompare(b.text, language)),
    appointments: reading.view.referents.filter(({ to }) => to === null).map(({ appointmentId, role, state, subject }) => ({
      value: appointmentId, text: `${capital(REFERENT_ROLES[role][language])}: ${persons.get(subject) ?? subject} (${REFERENT_STATES[state][language]})`,
    })),
  };
}
