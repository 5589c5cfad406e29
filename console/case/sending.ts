import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { requireFormToken } from '../../api/auth/csrf.ts';
import { checkedCommand, specOf } from '../../api/cases/checked-command.ts';
import type { Context } from '../../api/context.ts';
import { formOf } from '../../api/pages/forms.ts';
import { Problem } from '../../api/problems.ts';
import { actorOf } from '../../api/auth/hook.ts';
import { isRecorded } from '../../api/cases/recorded-reads.ts';
import { standingOf } from '../../db/queries/commands.ts';
import { FILE, formWithFile, type GivenFile } from '../forms/file.ts';
import type { Fault } from '../forms/form.tsx';
import { typedIn, type Typed } from '../forms/read.ts';
import { sendPage } from '../frame/page.tsx';
import type { Visit } from '../frame/visit.ts';
import type { Visits } from '../frame/visits.ts';
import { SENDING } from '../words/case.ts';
import { saySentence } from '../words/sentences.ts';
import { isAsPreviewed, isOnlyTold } from './behind.ts';
import { CommandForm, ExpiredPage, Given, Kept, PreviewPage, type CommandFormParts } from './command-page.tsx';
import type { CaseForm, FindForm } from './forms.ts';
import { previewOf } from './preview.ts';
import { crumbsOf, type FormCase, type ReadFormCase } from './form-case.ts';
import { checkTexts, refusalOf, whatChanged } from './refusal.ts';
import { keepUpload, notKept, takesFile, uploadOf, withDocument, type FileFault, type Upload } from './uploads.ts';

const COMMAND_ID = /^[A-Za-z0-9._-]{1,128}$/;
const VERSION = /^\d{1,10}$/;
const DIGEST = /^[0-9a-f]{64}$/;

/** One request for the form of a command, or with it. */
interface Attempt {
  readonly reading: FormCase;
  readonly visit: Visit;
  readonly form: CaseForm;
  readonly typed: Typed;
  /** Under this id the command is recorded once, however often it is sent. */
  readonly commandId: string;
  /** The version its sender has seen. */
  readonly version: number;
  /** A file that came along: what it proves is not a document of the case yet. */
  readonly upload: Upload | null;
  /** Digest of the document that this form has added to those of the case. */
  readonly added: string | null;
}

/** The form of a command before anything is typed. */
export async function showForm<Reading extends FormCase>(
  read: ReadFormCase<Reading>, find: FindForm<Reading>, context: Context, visits: Visits, request: FastifyRequest, reply: FastifyReply,
): Promise<FastifyReply> {
  const reading = await read(context, request);
  const form = await find(context, request, reading);
  const attempt = { reading, visit: await visits.of(request), form, typed: form.initial, commandId: randomUUID(), version: reading.at.version, upload: null, added: null };
  return answerForm(reply, attempt, { status: 200, faults: [] });
}

/** What was typed: shown again, previewed, or sent; after it is recorded the browser is led to the case, so that no reload sends it again. */
export async function takeForm<Reading extends FormCase>(
  read: ReadFormCase<Reading>, find: FindForm<Reading>, context: Context, visits: Visits, request: FastifyRequest, reply: FastifyReply,
): Promise<FastifyReply> {
  const { form: sent, file } = await sentIn(request);
  if (request.caller === null) return answerExpired(visits, request, reply, sent, file);
  const reading = await read(context, request);
  await enterReading(context, request, reading);
  const form = await find(context, request, reading);
  const came: Attempt = { reading, visit: await visits.of(request), form, typed: typedIn(sent), ...envelopeIn(sent, reading), upload: null };
  // What is shown and judged is nobody's harm; a file is kept.
  if (file !== null) requireFormToken(context.keys, visits.sessionId(request) ?? '', sent);
  if (file !== null && !takesFile(form.fields)) throw Problem.of('UNSUPPORTED_MEDIA_TYPE');
  const taken = file === null ? null : uploadOf(file);
  if (taken !== null && 'message' in taken) return answerFile(reply, came, taken);
  const attempt = { ...came, upload: taken };
  try {
    checkTexts(form.fields, attempt.typed);
    const step = sent.get('step');
    if (step === 'check') return await check(context, reply, attempt);
    if (step !== 'send') return await answerForm(reply, attempt, { status: 200, faults: [] });
    requireFormToken(context.keys, visits.sessionId(request) ?? '', sent);
    return await send(context, reply, came);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return answerRefused(context, reply, attempt, error);
  }
}

/** What who sees every comune's cases is answered to a form is a reading too. */
export async function enterReading({ reads }: Context, { routeOptions: { url = '' } }: FastifyRequest, { stream, caller }: FormCase): Promise<void> {
  if (isRecorded(caller)) await reads.enterReading({ case: stream, route: `POST ${url}`, item: undefined }, false, actorOf(caller));
}

async function check(context: Context, reply: FastifyReply, attempt: Attempt): Promise<FastifyReply> {
  const { reading, visit, form, commandId } = attempt;
  const data = dataIn(attempt);
  const { db, way } = context.as(reading.caller);
  const { known } = await standingOf(db, reading.stream, commandId);
  if (known?.requestHash === way.requestHash(form.command, data)) return toRecorded(reply, reading, commandId);
  // Who came back to a form that was sent, and changed it, means another fact.
  const named = known === undefined ? attempt : { ...attempt, commandId: randomUUID() };
  const fresh = attempt.version !== reading.at.version && await isOnlyTold(context, reading, attempt.version) ? { ...named, version: reading.at.version } : named;
  if (fresh.version !== reading.at.version) return answerForm(reply, { ...fresh, version: reading.at.version }, { status: 412, faults: [], notice: await whatChanged(context, reading, attempt.version, visit.language) });
  const checked = await checkedOf(context, fresh);
  const preview = previewOf(checked, reading, visit.language);
  // What would be refused leaves no document behind.
  const kept = await withUploadKept(context, fresh);
  if ('message' in kept) return answerFile(reply, { ...fresh, upload: null }, kept);
  const parts = await formParts(kept, []);
  return sendPage(reply, visit, { ...pageOf(kept), main: PreviewPage({ ...parts, preview, given: Given(parts), kept: Kept(parts) }) });
}

/** The command's data: what was typed, and the file that came along as one of the documents. */
function dataIn({ form: { fields, dataOf }, typed, upload }: Attempt): Readonly<Record<string, unknown>> {
  return dataOf(upload === null ? typed : withDocument(fields, typed, upload.sha256));
}

/** The file that came along, as a document that is chosen in the form. */
async function withUploadKept(context: Context, attempt: Attempt): Promise<Attempt | FileFault> {
  const { reading: { caller, documentsOf }, form: { fields }, typed, upload } = attempt;
  if (upload === null || documentsOf === undefined) return attempt;
  const fault = await keepUpload(context, caller, documentsOf, upload);
  return fault ?? { ...attempt, typed: withDocument(fields, typed, upload.sha256), upload: null, added: upload.sha256 };
}

async function send(context: Context, reply: FastifyReply, attempt: Attempt): Promise<FastifyReply> {
  const { reading, visit, commandId, version } = attempt;
  const checked = await checkedOf(context, attempt);
  const goesOn = version !== reading.at.version && await isAsPreviewed(context, checked, reading, version, visit.language);
  await context.as(reading.caller).way.execute(goesOn ? { ...checked, ifMatch: [reading.at.version] } : checked);
  return toRecorded(reply, reading, commandId);
}

function checkedOf(context: Context, attempt: Attempt) {
  const { reading, form: { command }, commandId, version } = attempt;
  return checkedCommand(context, {
    kind: reading.kind, id: reading.id, type: command, spec: specOf(reading.kind, command), data: dataIn(attempt), caller: reading.caller, commandId, isFact: false, ifMatch: [version],
  });
}

export function toRecorded(reply: FastifyReply, { path }: FormCase, commandId: string): FastifyReply {
  return reply.redirect(`${path}?${new URLSearchParams({ fatto: commandId }).toString()}`, 303);
}

/** The command's id and the version seen, as the form carries them. */
export function envelopeIn(form: URLSearchParams, { at }: FormCase): Pick<Attempt, 'commandId' | 'version' | 'added'> {
  const commandId = form.get('commandId') ?? '';
  const version = form.get('version') ?? '';
  const added = form.get('added') ?? '';
  return { commandId: COMMAND_ID.test(commandId) ? commandId : randomUUID(), version: VERSION.test(version) ? Number(version) : at.version, added: DIGEST.test(added) ? added : null };
}

/** What was sent; a form with a file holds what else was filled in, too. */
async function sentIn(request: FastifyRequest): Promise<{ readonly form: URLSearchParams; readonly file: GivenFile | 'TOO_LARGE' | null }> {
  // Where no form takes a file, nothing of that type comes as far as here.
  if (!(request.headers['content-type'] ?? '').startsWith('multipart/form-data')) return { form: formOf(request), file: null };
  const { form, file } = await formWithFile(request);
  // Where no file is chosen, browsers send one without a name.
  return { form, file: file !== 'TOO_LARGE' && file?.name === '' ? null : file };
}

/** What was refused is said beside what was typed; anything else is not about the form. */
async function answerRefused(context: Context, reply: FastifyReply, attempt: Attempt, problem: Problem): Promise<FastifyReply> {
  const { visit: { language }, form, typed } = attempt;
  const { commandId, version, ...said } = await refusalOf(context, attempt, problem, form, typed, language);
  return answerForm(reply, { ...attempt, commandId, version }, said);
}

/** What is wrong with the file; the rest is as it was typed. */
async function answerFile(reply: FastifyReply, attempt: Attempt, { status, message }: FileFault): Promise<FastifyReply> {
  const { language } = attempt.visit;
  return answerForm(reply, attempt, { status, faults: [{ message: saySentence(message[language], language), path: FILE.path }] });
}

async function answerForm(
  reply: FastifyReply, attempt: Attempt, { status, faults, notice }: { readonly status: number; readonly faults: readonly Fault[]; readonly notice?: string },
): Promise<FastifyReply> {
  const { upload, visit } = attempt;
  // No browser gives a page its file back.
  const lost = upload === null ? [] : [{ message: notKept(upload.name)[visit.language], path: FILE.path }];
  return sendPage(reply, visit, { ...pageOf(attempt), status, main: CommandForm({ ...await formParts(attempt, [...faults, ...lost]), notice }) });
}

async function formParts({ reading, visit, form: { asks, fields, path }, typed, commandId, version, added }: Attempt, faults: readonly Fault[]): Promise<CommandFormParts> {
  return {
    language: visit.language, command: asks, casePath: reading.path, personsAt: reading.personsAt ?? reading.path, fields, typed, faults, choices: await reading.choices(visit.language),
    envelope: { action: path, csrf: visit.person?.csrf ?? '', commandId, version, added },
  };
}

function pageOf({ reading, visit: { language }, form: { title, fields }, version }: Attempt) {
  const { id, position } = reading;
  return {
    title: title[language], crumbs: crumbsOf(reading, language), scripts: [...(position === null ? [] : ['live']), ...(takesFile(fields) ? ['upload'] : [])],
    ...(position === null ? {} : { live: { of: { id, version }, after: position, mode: 'form' as const } }),
  };
}

/** Nobody is signed on any more: what was typed comes back in the answer. */
export async function answerExpired(visits: Visits, request: FastifyRequest, reply: FastifyReply, form: URLSearchParams, file: GivenFile | 'TOO_LARGE' | null = null): Promise<FastifyReply> {
  const visit = await visits.of(request);
  const { language } = visit;
  return sendPage(reply, visit, { title: SENDING.expired[language], status: 401, main: ExpiredPage({ language, action: request.url, to: request.url, form, file: file === null || file === 'TOO_LARGE' ? null : file.name }) });
}
