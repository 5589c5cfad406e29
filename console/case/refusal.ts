import { randomUUID } from 'node:crypto';
import type { Context } from '../../api/context.ts';
import { isPlainText } from '../../api/http/text.ts';
import { Problem, problemBody } from '../../api/problems.ts';
import { eventsAfter } from '../../db/queries/events.ts';
import type { Bilingual, Language } from '../../domain/shared/bilingual.ts';
import { isCivilDate } from '../../domain/shared/civil-date.ts';
import { isInstant } from '../../domain/shared/instant.ts';
import { sayReason } from '../../domain/shared/reason.ts';
import { inputsOf, type Field, type Input } from '../forms/fields.ts';
import type { Fault } from '../forms/form.tsx';
import type { Typed } from '../forms/read.ts';
import { SENDING } from '../words/case.ts';
import { instantOfLocal } from '../words/dates.ts';
import { EVENTS } from '../words/events.ts';
import { wordsOfField } from '../words/fields.ts';
import { quoted, wordOf } from '../words/say.ts';
import { saySentence } from '../words/sentences.ts';
import type { FormCase } from './form-case.ts';
import type { CaseForm } from './forms.ts';

/** A form that did not succeed, as it is shown again. */
export interface Refused {
  readonly status: number;
  readonly faults: readonly Fault[];
  /** Said before the form. */
  readonly notice?: string;
  /** Under which it goes on. */
  readonly commandId: string;
  readonly version: number;
}

interface Sent {
  readonly reading: FormCase;
  readonly commandId: string;
  /** The version its sender has seen. */
  readonly version: number;
}

/** What is not about what was typed: said before the form. `isAnother`: under this id something else is recorded, so it goes on under a new one. */
const NOTICES: Readonly<Record<string, { readonly status: number; readonly isBehind: boolean; readonly isAnother: boolean }>> = {
  VERSION_CONFLICT: { status: 412, isBehind: true, isAnother: false },
  IDEMPOTENCY_MISMATCH: { status: 409, isBehind: true, isAnother: true },
  OUTCOME_UNKNOWN: { status: 503, isBehind: false, isAnother: false },
  ENGINE_UNAVAILABLE: { status: 503, isBehind: false, isAnother: false },
};

/** How a refusal is answered by every form of a case. Throws the problem that no form can do anything about. */
export async function refusalOf(
  context: Context, { reading, commandId, version }: Sent, problem: Problem, form: Pick<CaseForm, 'asks' | 'fields' | 'fieldAt'>, typed: Typed, language: Language,
): Promise<Refused> {
  const notice = NOTICES[problem.code];
  if (notice === undefined) {
    if (![400, 409].includes(problem.status)) throw problem;
    return { status: problem.status, faults: faultsOf(problem, form, typed, language), commandId, version };
  }
  const { status, isBehind, isAnother } = notice;
  if (!isBehind) return { status, faults: [], notice: SENDING.unknown[language], commandId, version };
  const stands = problem.options.extra?.['version'];
  return {
    status, faults: [], notice: await whatChanged(context, reading, version, language),
    commandId: isAnother ? randomUUID() : commandId, version: typeof stands === 'number' ? stands : reading.at.version,
  };
}

/** So many kinds of events are told. */
const MOST_TOLD = 5;
const MOST_READ = 50;

/** That the case has gone on since a version, by what, and what that means for who has filled in a form. */
export async function whatChanged(context: Context, { stream, caller }: FormCase, since: number, language: Language): Promise<string> {
  const events = await eventsAfter(context.as(caller).db, stream, since, MOST_READ);
  const names = [...new Set(events.map(({ type }) => wordOf(EVENTS, type, language)))];
  const what = names.length === 0 ? '' : `: ${names.slice(0, MOST_TOLD).join('; ')}${names.length > MOST_TOLD ? '…' : ''}`;
  return SENDING.changed[language].replace('{what}', () => what);
}

const NOT_PLAIN: Bilingual = { it: 'Contiene caratteri di controllo o che invertono la direzione della scrittura.', en: 'It holds control characters, or some that turn the direction of text.' };

/** Throws Problem for a text with what deceives its reader. */
export function checkTexts(fields: readonly Field[], typed: Typed): void {
  const reasons = inputsOf(fields).filter(({ path }) => (typed.get(path) ?? []).some((value) => !isPlainText(value)))
    .map(({ path }) => ({ code: 'NOT_PLAIN_TEXT', message: NOT_PLAIN, path }));
  if (reasons.length > 0) throw Problem.validation(reasons);
}

/** Fields of which one of those that the page offers is taken: how programs write it is nothing to say. */
const CHOSEN: ReadonlySet<Input['kind']> = new Set(['choice', 'choices', 'decision', 'score', 'person', 'appointment', 'appointments', 'workItem', 'points', 'documents', 'service', 'effect', 'defect']);

/** The reasons in words, the names of the fields in place of their codes. */
export function faultsOf(problem: Problem, { asks, fields, fieldAt }: Pick<CaseForm, 'asks' | 'fields' | 'fieldAt'>, typed: Typed, language: Language): readonly Fault[] {
  const reasons = problem.options.reasons ?? [];
  if (reasons.length === 0) return [{ message: saySentence(String(problemBody(problem, '', language)['detail']), language, asks) }];
  return reasons.map((reason) => {
    const { message, path: place } = sayReason(reason, language);
    if (place === undefined) return { message: saySentence(message, language, asks) };
    const path = fieldAt(place);
    const field = inputsOf(fields).find((input) => input.path === path);
    const label = quoted(wordsOfField(field ?? { path }, asks).label[language], language);
    if (['VALIDATION', 'PARAMETERS_INVALID'].includes(problem.code) && field !== undefined) {
      if ((typed.get(path) ?? []).every((value) => value.trim() === '')) return { message: `${SENDING.missing[language]} ${label}.`, path };
      if ((typed.get(path) ?? []).some((value) => isNoDate(field, value.trim()))) return { message: `${label}: ${SENDING.noDate[language]}`, path };
      if (CHOSEN.has(field.kind)) return { message: `${label}: ${SENDING.noChoice[language]}`, path };
    }
    return { message: saySentence(withLabel(message, place, label), language, asks), path };
  });
}

/** What can be wrong with a date that is one, its sentence says. */
function isNoDate({ kind }: Input, value: string): boolean {
  return (kind === 'date' && !isCivilDate(value)) || (kind === 'instant' && !isInstant(instantOfLocal(value)));
}

/** What a check of the schema says of `il campo votes.for`, with the label of the field in its place. */
export function withLabel(message: string, place: string, label: string): string {
  return message.replace(`campo ${place}`, () => `campo ${label}`).replace(`field ${place}`, () => `field ${label}`);
}
