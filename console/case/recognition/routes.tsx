import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { requireFormToken } from '../../../api/auth/csrf.ts';
import { checkedCommand, specOf } from '../../../api/cases/checked-command.ts';
import { ADHESION } from '../../../api/cases/kinds.ts';
import { checkRole } from '../../../api/cases/request.ts';
import type { Context } from '../../../api/context.ts';
import { formOf } from '../../../api/pages/forms.ts';
import { HIDDEN } from '../../../api/pages/pages.ts';
import { Problem } from '../../../api/problems.ts';
import { standingOf } from '../../../db/queries/commands.ts';
import type { Draft } from '../../../db/vault/drafts.ts';
import type { AdhesionState } from '../../../domain/adhesion/index.ts';
import { inputsOf } from '../../forms/fields.ts';
import { acceptFile } from '../../forms/file.ts';
import type { Fault } from '../../forms/form.tsx';
import { sendPage } from '../../frame/page.tsx';
import type { Visit } from '../../frame/visit.ts';
import type { Visits } from '../../frame/visits.ts';
import { commandTitle } from '../../words/commands.ts';
import { RECOGNITION } from '../../words/recognition.ts';
import { PreviewPage } from '../command-page.tsx';
import { crumbsOf } from '../form-case.ts';
import { previewOf } from '../preview.ts';
import { allowedIn, readCase, type CaseReading } from '../reading.ts';
import { recordedData } from '../recorded.ts';
import { refusalOf } from '../refusal.ts';
import { answerExpired, enterReading, envelopeIn, toRecorded } from '../sending.ts';
import { changeDraft, findDraft } from './drafting.ts';
import { showInventory, takeInventoryFile, takeRecord } from './inventory.tsx';
import { MOST_KB } from './inventory-upload.tsx';
import { Overview, Submission } from './overview.tsx';
import { COMMAND, PARTS, submissionOf, type Part } from './parts.ts';
import { showSection, takeSection } from './section.tsx';

/** What is asked for in all sections, by its place in the command's data. */
const FIELDS = PARTS.flatMap((part) => (part.kind === 'inventory' ? [] : inputsOf(part.fields).map((field) => ({ ...field, path: part.place === '' ? field.path : `${part.place}.${field.path}` }))));

const FORM = { asks: COMMAND, fields: FIELDS, fieldAt: (path: string) => path };

const PATH = '/pratiche/:id/ricognizione';

/** The questionnaire of the recognition: saved part by part as a draft, submitted as the one command that it is. */
export function recognitionRoutes(app: FastifyInstance, context: Context, visits: Visits): void {
  app.get(PATH, HIDDEN, async (request, reply) => {
    const reading = await ownCase(context, request);
    return answer(reply, attemptOf(reading, await visits.of(request), new URLSearchParams(), await findDraft(context, reading)), { status: 200, faults: [] });
  });

  app.post(PATH, HIDDEN, async (request, reply) => {
    const form = formOf(request);
    if (request.caller === null) return answerExpired(visits, request, reply, form);
    const reading = await ownCase(context, request);
    await enterReading(context, request, reading);
    const attempt = attemptOf(reading, await visits.of(request), form, await findDraft(context, reading));
    const step = form.get('step');
    if (step === 'check') return check(context, reply, attempt);
    if (!['send', 'discard', 'last'].includes(step ?? '')) return answer(reply, attempt, { status: 200, faults: [] });
    requireFormToken(context.keys, visits.sessionId(request) ?? '', form);
    if (step === 'send') return send(context, reply, attempt);
    if (step === 'last') return beginWithLast(context, reply, attempt);
    await context.as(reading.caller).drafts.discard(reading.stream, COMMAND);
    return reply.redirect(`/pratiche/${reading.id}/ricognizione`, 303);
  });

  app.get(`${PATH}/:part`, HIDDEN, async (request, reply) => {
    const reading = await ownCase(context, request);
    const part = partIn(request);
    const visit = await visits.of(request);
    return part.kind === 'section' ? showSection(context, visit, reply, reading, part) : showInventory(context, visit, request, reply, reading, part);
  });

  app.post(`${PATH}/:part`, HIDDEN, async (request, reply) => {
    if (request.caller === null) return answerExpired(visits, request, reply, formOf(request));
    const reading = await ownCase(context, request);
    const part = partIn(request);
    return part.kind === 'section' ? takeSection(context, visits, request, reply, reading, part) : takeRecord(context, visits, request, reply, reading, part);
  });
}

/** The lists of the questionnaire as files. */
export function inventoryFiles(context: Context, visits: Visits): FastifyPluginAsync {
  return async (app) => {
    await acceptFile(app, MOST_KB * 1024);
    app.post(`${PATH}/:part/file`, HIDDEN, async (request, reply) => {
      const reading = await ownCase(context, request);
      const part = partIn(request);
      if (part.kind !== 'inventory') throw Problem.of('NOT_FOUND');
      return takeInventoryFile(context, visits, request, reply, reading, part);
    });
  };
}

/** One request about the whole questionnaire. */
interface Attempt {
  readonly reading: CaseReading;
  readonly visit: Visit;
  readonly draft: Draft | undefined;
  readonly commandId: string;
  readonly version: number;
  /** The draft's version that its sender has seen. */
  readonly seen: string;
}

function attemptOf(reading: CaseReading, visit: Visit, form: URLSearchParams, draft: Draft | undefined): Attempt {
  return { reading, visit, draft, seen: form.get('draft') ?? '', ...envelopeIn(form, reading) };
}

async function check(context: Context, reply: FastifyReply, attempt: Attempt): Promise<FastifyReply> {
  const { reading, visit, draft } = attempt;
  if (await isRecorded(context, attempt)) return toRecorded(reply, reading, attempt.commandId);
  try {
    // What is checked is the draft and the case as they are now, and that is what the confirmation names.
    const fresh = { ...attempt, version: reading.at.version, seen: String(draft?.version ?? '') };
    const preview = previewOf(await commandOf(context, fresh), reading, visit.language);
    return await sendPage(reply, visit, {
      ...pageOf(attempt),
      main: PreviewPage({
        language: visit.language, casePath: reading.path, preview, envelope: envelopeOf(fresh),
        given: Submission({ data: draft?.data ?? {}, language: visit.language, choices: await reading.choices(visit.language) }),
        kept: <input type="hidden" name="draft" value={fresh.seen} />,
      }),
    });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return answerRefused(context, reply, attempt, error);
  }
}

/** Sends the draft that was looked at, as one command; then the draft is gone. */
async function send(context: Context, reply: FastifyReply, attempt: Attempt): Promise<FastifyReply> {
  const { reading, draft, commandId, seen, visit: { language } } = attempt;
  // By a double click the draft may be gone already, and the command recorded.
  if (await isRecorded(context, attempt)) return toRecorded(reply, reading, commandId);
  if (draft === undefined || String(draft.version) !== seen) return answer(reply, attempt, { status: 412, faults: [], notice: RECOGNITION.draftChanged[language] });
  const { way, drafts } = context.as(reading.caller);
  try {
    await way.execute(await commandOf(context, attempt));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return answerRefused(context, reply, attempt, error);
  }
  await drafts.discard(reading.stream, COMMAND, draft.version);
  return toRecorded(reply, reading, commandId);
}

/** What was submitted before as a draft, to be changed and submitted anew. */
async function beginWithLast(context: Context, reply: FastifyReply, { reading, draft }: Attempt): Promise<FastifyReply> {
  const version = lastSubmission(reading);
  const data = version === null ? undefined : await recordedData(context, reading, version, COMMAND);
  if (draft === undefined && data !== undefined) await changeDraft(context, reading, (standing) => (Object.keys(standing).length === 0 ? data : standing));
  return reply.redirect(`/pratiche/${reading.id}/ricognizione`, 303);
}

function lastSubmission({ at }: CaseReading): number | null {
  // The state comes from the fold of this very process.
  return (at.state as AdhesionState).recognition.submission?.version ?? null;
}

async function isRecorded(context: Context, { reading: { caller, stream }, commandId }: Attempt): Promise<boolean> {
  return (await standingOf(context.as(caller).db, stream, commandId)).known !== undefined;
}

function commandOf(context: Context, { reading: { id, caller }, draft, commandId, version }: Attempt) {
  return checkedCommand(context, {
    kind: ADHESION, id, type: COMMAND, spec: specOf(ADHESION, COMMAND), data: submissionOf(draft?.data ?? {}), caller, commandId, isFact: false, ifMatch: [version],
  });
}

async function answerRefused(context: Context, reply: FastifyReply, attempt: Attempt, problem: Problem): Promise<FastifyReply> {
  const { commandId, version: _stands, ...said } = await refusalOf(context, attempt, problem, FORM, new Map(), attempt.visit.language);
  return answer(reply, { ...attempt, commandId }, said);
}

async function answer(
  reply: FastifyReply, attempt: Attempt, { status, faults, notice }: { readonly status: number; readonly faults: readonly Fault[]; readonly notice?: string },
): Promise<FastifyReply> {
  const { reading, visit, draft } = attempt;
  return sendPage(reply, visit, {
    ...pageOf(attempt), status,
    main: Overview({
      id: reading.id, draft, faults, notice, language: visit.language, envelope: envelopeOf({ ...attempt, version: reading.at.version }), hasLast: lastSubmission(reading) !== null,
      reasons: allowedIn(reading).find(({ command }) => command === COMMAND)?.reasons ?? [],
    }),
  });
}

function envelopeOf({ reading: { id }, visit, commandId, version }: Attempt) {
  return { action: `/pratiche/${id}/ricognizione`, csrf: visit.person?.csrf ?? '', commandId, version, added: null };
}

function pageOf({ reading, visit: { language } }: Attempt) {
  return { title: commandTitle(COMMAND)[language], crumbs: crumbsOf(reading, language) };
}

/** The case, for who may send the command. */
async function ownCase(context: Context, request: FastifyRequest): Promise<CaseReading> {
  const reading = await readCase(context, request);
  checkRole(COMMAND, specOf(ADHESION, COMMAND), reading.caller);
  return reading;
}

function partIn({ params }: FastifyRequest): Part {
  const part = PARTS.find(({ slug }) => slug === (params as { readonly part: string }).part);
  if (part === undefined) throw Problem.of('NOT_FOUND');
  return part;
}
