import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { requireFormToken } from '../../api/auth/csrf.ts';
import { checkedCommand, specOf } from '../../api/cases/checked-command.ts';
import { ADHESION } from '../../api/cases/kinds.ts';
import { checkRole } from '../../api/cases/request.ts';
import type { Context } from '../../api/context.ts';
import { isPlainText } from '../../api/http/text.ts';
import { formOf } from '../../api/pages/forms.ts';
import { Problem, problemBody } from '../../api/problems.ts';
import { actorOf } from '../../api/auth/hook.ts';
import { isRecorded } from '../../api/cases/recorded-reads.ts';
import { standingOf } from '../../db/queries/commands.ts';
import { sayReason } from '../../domain/shared/reason.ts';
import { inputsOf, type Field } from '../forms/fields.ts';
import type { Fault } from '../forms/form.tsx';
import { dataOf, typedIn, type Typed } from '../forms/read.ts';
import { sendPage } from '../frame/page.tsx';
import type { Visit } from '../frame/visit.ts';
import type { Visits } from '../frame/visits.ts';
import { SENDING } from '../words/case.ts';
import { commandTitle } from '../words/commands.ts';
import { sayDatesIn } from '../words/dates.ts';
import { fieldWords } from '../words/fields.ts';
import { CommandForm, ExpiredPage, PreviewPage, type CommandFormParts } from './command-page.tsx';
import { formOfCommand, hasForm } from './commands.ts';
import { previewOf } from './preview.ts';
import { choicesOf, readCase, type CaseReading } from './reading.ts';

const COMMAND_ID = /^[A-Za-z0-9._-]{1,128}$/;
const VERSION = /^\d{1,10}$/;

/** One request for the form of a command, or with it. */
interface Attempt {
  readonly reading: CaseReading;
  readonly visit: Visit;
  readonly command: string;
  readonly fields: readonly Field[];
  readonly typed: Typed;
  /** Under this id the command is recorded once, however often it is sent. */
  readonly commandId: string;
  /** The version its sender has seen. */
  readonly version: number;
}

/** The empty form of a command. */
export async function showForm(context: Context, visits: Visits, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const reading = await readCase(context, request);
  const command = commandIn(request, reading);
  const attempt = { reading, visit: await visits.of(request), command, fields: formOfCommand(command), typed: new Map(), commandId: randomUUID(), version: reading.at.version };
  return answerForm(context, reply, attempt, { status: 200, faults: [] });
}

/** What was typed: shown again, previewed, or sent; after it is recorded the browser is led to the case, so that no reload sends it again. */
export async function takeForm(context: Context, visits: Visits, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const form = formOf(request);
  if (request.caller === null) return answerExpired(visits, request, reply, form);
  const reading = await readCase(context, request);
  if (isRecorded(reading.caller)) await context.reads.enterReading({ case: reading.stream, route: `POST ${request.routeOptions.url ?? ''}`, item: undefined }, false, actorOf(reading.caller));
  const command = commandIn(request, reading);
  const fields = formOfCommand(command);
  const attempt: Attempt = { reading, visit: await visits.of(request), command, fields, typed: typedIn(form), ...envelopeIn(form, reading) };
  try {
    checkTexts(attempt);
    const step = form.get('step');
    if (step === 'check') return await check(context, reply, attempt);
    if (step !== 'send') return await answerForm(context, reply, attempt, { status: 200, faults: [] });
    requireFormToken(context.keys, visits.sessionId(request) ?? '', form);
    return await send(context, reply, attempt);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return answerRefused(context, reply, attempt, error);
  }
}

async function check(context: Context, reply: FastifyReply, attempt: Attempt): Promise<FastifyReply> {
  const { reading, visit, command, fields, typed, commandId } = attempt;
  const data = dataOf(fields, typed);
  const { db, way } = context.as(reading.caller);
  const { known } = await standingOf(db, reading.stream, commandId);
  if (known?.requestHash === way.requestHash(command, data)) return toRecorded(reply, reading.id, commandId);
  // Who came back to a form that was sent, and changed it, means another fact.
  const fresh = known === undefined ? attempt : { ...attempt, commandId: randomUUID() };
  if (attempt.version !== reading.at.version) return answerForm(context, reply, { ...fresh, version: reading.at.version }, { status: 412, faults: [], notice: SENDING.changed[visit.language] });
  const checked = await checkedOf(context, fresh);
  const preview = previewOf(checked, reading.at, reading.openedAt, visit.language, reading.now);
  const parts = await formParts(context, fresh, []);
  return sendPage(reply, visit, { ...pageOf(fresh), main: PreviewPage({ ...parts, preview }) });
}

async function send(context: Context, reply: FastifyReply, attempt: Attempt): Promise<FastifyReply> {
  const { reading, commandId } = attempt;
  await context.as(reading.caller).way.execute(await checkedOf(context, attempt));
  return toRecorded(reply, reading.id, commandId);
}

function checkedOf(context: Context, { reading, command, fields, typed, commandId, version }: Attempt) {
  return checkedCommand(context, {
    kind: ADHESION, id: reading.id, type: command, spec: specOf(ADHESION, command), data: dataOf(fields, typed), caller: reading.caller, commandId, isFact: false, ifMatch: [version],
  });
}

function toRecorded(reply: FastifyReply, id: string, commandId: string): FastifyReply {
  return reply.redirect(`/pratiche/${id}?${new URLSearchParams({ fatto: commandId }).toString()}`, 303);
}

/** The command that the path names. Throws Problem for one without a form, and for one that is not the caller's. */
function commandIn(request: FastifyRequest, { caller }: CaseReading): string {
  const { command } = request.params as { readonly command: string };
  if (!hasForm(command)) throw Problem.of('NOT_FOUND');
  checkRole(command, specOf(ADHESION, command), caller);
  return command;
}

function envelopeIn(form: URLSearchParams, { at }: CaseReading): Pick<Attempt, 'commandId' | 'version'> {
  const commandId = form.get('commandId') ?? '';
  const version = form.get('version') ?? '';
  return { commandId: COMMAND_ID.test(commandId) ? commandId : randomUUID(), version: VERSION.test(version) ? Number(version) : at.version };
}

const NOT_PLAIN = { it: 'Contiene caratteri di controllo o che invertono la direzione della scrittura.', en: 'It holds control characters, or some that turn the direction of text.' };

function checkTexts({ fields, typed }: Attempt): void {
  const reasons = inputsOf(fields).filter(({ path }) => (typed.get(path) ?? []).some((value) => !isPlainText(value)))
    .map(({ path }) => ({ code: 'NOT_PLAIN_TEXT', message: NOT_PLAIN, path }));
  if (reasons.length > 0) throw Problem.validation(reasons);
}

/** What was refused is said beside what was typed; anything else is not about the form. */
async function answerRefused(context: Context, reply: FastifyReply, attempt: Attempt, problem: Problem): Promise<FastifyReply> {
  const { visit: { language }, reading } = attempt;
  switch (problem.code) {
    case 'VERSION_CONFLICT': {
      const version = problem.options.extra?.['version'];
      return answerForm(context, reply, { ...attempt, version: typeof version === 'number' ? version : reading.at.version }, { status: 412, faults: [], notice: SENDING.changed[language] });
    }
    case 'IDEMPOTENCY_MISMATCH': return answerForm(context, reply, { ...attempt, commandId: randomUUID(), version: reading.at.version }, { status: 409, faults: [], notice: SENDING.changed[language] });
    case 'OUTCOME_UNKNOWN':
    case 'ENGINE_UNAVAILABLE': return answerForm(context, reply, attempt, { status: 503, faults: [], notice: SENDING.unknown[language] });
    default:
      if (![400, 409].includes(problem.status)) throw problem;
      return answerForm(context, reply, attempt, { status: problem.status, faults: faultsOf(problem, attempt) });
  }
}

/** The reasons in words, the names of the fields in place of their codes. */
function faultsOf(problem: Problem, { command, fields, typed, visit: { language } }: Attempt): readonly Fault[] {
  const reasons = problem.options.reasons ?? [];
  if (reasons.length === 0) return [{ message: String(problemBody(problem, '', language)['detail']) }];
  return reasons.map((reason) => {
    const { message, path } = sayReason(reason, language);
    if (path === undefined) return { message: sayDatesIn(message, language) };
    const label = `«${fieldWords(command, path).label[language]}»`;
    const field = inputsOf(fields).find((input) => input.path === path);
    if (problem.code === 'VALIDATION' && field !== undefined) {
      if ((typed.get(path) ?? []).every((value) => value.trim() === '')) return { message: `${SENDING.missing[language]} ${label}.`, path };
      if (field.kind === 'instant' || field.kind === 'date') return { message: `${label}: ${SENDING.noDate[language]}`, path };
    }
    return { message: sayDatesIn(message.replace(path, label), language), path };
  });
}

async function answerForm(
  context: Context, reply: FastifyReply, attempt: Attempt, { status, faults, notice }: { readonly status: number; readonly faults: readonly Fault[]; readonly notice?: string },
): Promise<FastifyReply> {
  return sendPage(reply, attempt.visit, { ...pageOf(attempt), status, main: CommandForm({ ...await formParts(context, attempt, faults), notice }) });
}

async function formParts(context: Context, { reading, visit, command, fields, typed, commandId, version }: Attempt, faults: readonly Fault[]): Promise<CommandFormParts> {
  return {
    language: visit.language, command, caseId: reading.id, fields, typed, faults, choices: await choicesOf(context, reading, visit.language),
    envelope: { action: `/pratiche/${reading.id}/comandi/${command}`, csrf: visit.person?.csrf ?? '', commandId, version },
  };
}

function pageOf({ reading: { id, view, position }, visit: { language }, command, version }: Attempt) {
  return {
    scripts: ['live'], live: { of: { id, version }, after: position, mode: 'form' as const },
    title: commandTitle(command)[language], crumbs: [{ href: `/pratiche/${id}`, text: `${view.name ?? view.body} · ${id}` }],
  };
}

async function answerExpired(visits: Visits, request: FastifyRequest, reply: FastifyReply, form: URLSearchParams): Promise<FastifyReply> {
  const visit = await visits.of(request);
  const { language } = visit;
  return sendPage(reply, visit, { title: SENDING.expired[language], status: 401, main: ExpiredPage({ language, action: request.url, to: request.url, form }) });
}
