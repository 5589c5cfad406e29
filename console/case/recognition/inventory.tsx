import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { requireFormToken } from '../../../api/auth/csrf.ts';
import type { Context } from '../../../api/context.ts';
import { parseData } from '../../../api/http/validation.ts';
import { formOf } from '../../../api/pages/forms.ts';
import { Problem } from '../../../api/problems.ts';
import type { Language } from '../../../domain/shared/bilingual.ts';
import { inputsOf } from '../../forms/fields.ts';
import { formWithFile } from '../../forms/file.ts';
import { FaultSummary, Fields, NO_CHOICES, type Fault } from '../../forms/form.tsx';
import { dataOf, typedIn, typedOf, type Typed } from '../../forms/read.ts';
import { sendPage } from '../../frame/page.tsx';
import type { Visit } from '../../frame/visit.ts';
import type { Visits } from '../../frame/visits.ts';
import { filled } from '../../words/audit.ts';
import { CODES } from '../../words/codes.ts';
import { fieldWords } from '../../words/fields.ts';
import { INVENTORY_FILE, RECOGNITION } from '../../words/recognition.ts';
import { wordOf } from '../../words/say.ts';
import { Given } from '../command-page.tsx';
import { crumbsOf } from '../form-case.ts';
import type { CaseReading } from '../reading.ts';
import { checkTexts, faultsOf } from '../refusal.ts';
import { changeDraft, findDraft, PartChanged } from './drafting.ts';
import { readInventory } from './inventory-file.ts';
import { FILE, InventoryUpload, MOST_KB } from './inventory-upload.tsx';
import { PARTS, tagOf, type DraftData, type Inventory, type InventoryRecord } from './parts.ts';
import { Changed } from './section.tsx';

interface Shown {
  readonly typed: Typed;
  /** Code of the record that is changed; '' for a new one. */
  readonly original: string;
  readonly seen: string;
  readonly faults: readonly Fault[];
  readonly status: number;
  /** What somebody else has made of the record meanwhile; null: taken it out. */
  readonly standing?: DraftData | null | undefined;
  /** What is wrong with a file. */
  readonly fileFaults?: readonly Fault[];
  /** How many entries a file has brought; null: none came. */
  readonly taken?: string | null;
}

const EMPTY = { typed: new Map(), original: '', seen: '', faults: [], status: 200 } as const;

/** A list of the recognition, with the form of one record. */
export async function showInventory(context: Context, visit: Visit, request: FastifyRequest, reply: FastifyReply, reading: CaseReading, part: Inventory): Promise<FastifyReply> {
  const { codice, caricate } = request.query as { readonly codice?: unknown; readonly caricate?: unknown };
  const record = part.records((await findDraft(context, reading))?.data ?? {}).find(({ code }) => code === codice);
  return answer(context, visit, reply, reading, part, { typed: typedOf(part.fields, record ?? {}), original: record?.code ?? '', seen: tagOf(record), faults: [], status: 200, taken: typeof caricate === 'string' && /^\d{1,4}$/.test(caricate) ? caricate : null });
}

/** Adds a record, changes one, or takes one out; records that others add meanwhile stay. */
export async function takeRecord(context: Context, visits: Visits, request: FastifyRequest, reply: FastifyReply, reading: CaseReading, part: Inventory): Promise<FastifyReply> {
  const form = formOf(request);
  const visit = await visits.of(request);
  const shown: Shown = { typed: typedIn(form), original: form.get('original') ?? '', seen: form.get('seen') ?? '', faults: [], status: 200 };
  try {
    checkTexts(part.fields, shown.typed);
    if (form.get('step') === 'edit') return await answer(context, visit, reply, reading, part, shown);
    requireFormToken(context.keys, visits.sessionId(request) ?? '', form);
    const change = form.get('step') === 'remove' ? without(form.get('code') ?? '') : changing(part, shown);
    await changeDraft(context, reading, (data) => ({ ...data, [part.name]: change(part.records(data)) }));
    return reply.redirect(`/pratiche/${reading.id}/ricognizione/${part.slug}`, 303);
  } catch (error) {
    if (error instanceof PartChanged) return answer(context, visit, reply, reading, part, { ...shown, seen: tagOf(error.standing), status: 412, standing: error.standing ?? null });
    if (!(error instanceof Problem) || error.status !== 400) throw error;
    const faults = faultsOf(error, { asks: part.words, fields: part.fields, fieldAt: (path) => path }, shown.typed, visit.language);
    return answer(context, visit, reply, reading, part, { ...shown, faults, status: 400 });
  }
}

/** Takes the records of a file: those whose codes are in the list are put in their place, the others behind. */
export async function takeInventoryFile(context: Context, visits: Visits, request: FastifyRequest, reply: FastifyReply, reading: CaseReading, part: Inventory): Promise<FastifyReply> {
  const { form, file } = await formWithFile(request);
  const visit = await visits.of(request);
  const { language } = visit;
  requireFormToken(context.keys, visits.sessionId(request) ?? '', form);
  const refuse = (status: number, messages: readonly string[]) => answer(context, visit, reply, reading, part, { ...EMPTY, status, fileFaults: messages.map((message) => ({ message, path: 'file' })) });
  if (file === 'TOO_LARGE') return refuse(413, [filled(INVENTORY_FILE.tooLarge[language], { n: MOST_KB })]);
  if (file === null || file.content.length === 0) return refuse(400, [INVENTORY_FILE.missing[language]]);
  const read = readInventory(part, file, language);
  if ('faults' in read) return refuse(400, read.faults);
  const given = new Map(read.records.map((record) => [record.code, record]));
  try {
    await changeDraft(context, reading, (data) => {
      const standing = part.records(data);
      return { ...data, [part.name]: [...standing.map((record) => given.get(record.code) ?? record), ...read.records.filter(({ code }) => !standing.some((record) => record.code === code))] };
    });
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 400) throw error;
    // More in the list than the command takes.
    return refuse(400, faultsOf(error, { asks: part.words, fields: part.fields, fieldAt: (path) => path }, new Map(), language).map(({ message }) => message));
  }
  return reply.redirect(`/pratiche/${reading.id}/ricognizione/${part.slug}?caricate=${read.records.length}`, 303);
}

type Change = (records: readonly InventoryRecord[]) => readonly InventoryRecord[];

function without(gone: string): Change {
  return (records) => records.filter(({ code }) => code !== gone);
}

function changing(part: Inventory, { typed, original, seen }: Shown): Change {
  const record = parseData(part.record, dataOf(part.fields, typed));
  return (records) => {
    const before = records.find(({ code }) => code === original);
    const same = records.find(({ code }) => code === record.code);
    // Twice the same, by a double click.
    if (same !== undefined && tagOf(same) === tagOf(record)) return records;
    if (original !== '' && tagOf(before) !== seen) throw new PartChanged(before);
    if (same !== undefined && record.code !== original) throw Problem.validation([{ code: 'NOT_VALID', message: RECOGNITION.again, path: 'code' }]);
    return before === undefined ? [...records, record] : records.map((one) => (one === before ? record : one));
  };
}

async function answer(context: Context, visit: Visit, reply: FastifyReply, reading: CaseReading, part: Inventory, shown: Shown): Promise<FastifyReply> {
  const { language } = visit;
  const records = part.records((await findDraft(context, reading))?.data ?? {});
  return sendPage(reply, visit, {
    title: part.title[language], status: shown.status, scripts: ['upload'],
    crumbs: [...crumbsOf(reading, language), { href: `/pratiche/${reading.id}/ricognizione`, text: RECOGNITION.title[language] }],
    main: <InventoryPage {...shown} part={part} records={records} language={language} csrf={visit.person?.csrf ?? ''} id={reading.id} />,
  });
}

interface InventoryPageParts extends Shown {
  readonly part: Inventory;
  readonly records: readonly InventoryRecord[];
  readonly language: Language;
  readonly csrf: string;
  readonly id: string;
}

function InventoryPage(parts: InventoryPageParts): VNode {
  const { part, language, csrf, id, typed, original, seen, faults, fileFaults = [], taken, standing } = parts;
  const path = `/pratiche/${id}/ricognizione/${part.slug}`;
  const next = PARTS[PARTS.indexOf(part) + 1];
  const [code, second, ...others] = part.fields;
  const isMoreOpen = faults.some((fault) => others.some((field) => fault.path?.startsWith(field.path) === true)) || inputsOf(others).some((field) => typed.has(field.path) && typed.get(field.path)?.join('') !== '');
  const common = { language, command: part.words, typed, faults, choices: NO_CHOICES };
  return (
    <>
      {standing === undefined ? null : (
        <Changed language={language}>{standing === null ? <p>{RECOGNITION.nothingThere[language]}</p> : <>{Given({ fields: part.fields, typed: typedOf(part.fields, standing), command: part.words, language, choices: NO_CHOICES })}</>}</Changed>
      )}
      <FaultSummary faults={[...faults, ...fileFaults]} fields={[...inputsOf(part.fields), FILE]} language={language} />
      <p class="small muted">{PARTS.indexOf(part) + 1} / {PARTS.length}</p>
      <p>{part.about[language]}</p>
      {taken === null || taken === undefined ? null : <div class="notice done" role="status"><p>{filled(INVENTORY_FILE.done[language], { n: taken })}</p></div>}
      <Records {...parts} path={path} />
      <h2 id="voce">{original === '' ? RECOGNITION.addOne[language] : `${RECOGNITION.changeOne[language]}: ${original}`}</h2>
      <form method="post" action={path} noValidate>
        <input type="hidden" name="csrf" value={csrf} />
        <input type="hidden" name="original" value={original} />
        <input type="hidden" name="seen" value={seen} />
        <Fields {...common} fields={[code, second].filter((field) => field !== undefined)} />
        <details open={isMoreOpen}><summary>{RECOGNITION.more[language]}</summary><Fields {...common} fields={others} /></details>
        <div class="actions">
          <button type="submit" name="step" value="save" class="btn btn-primary">{original === '' ? RECOGNITION.add[language] : RECOGNITION.saveOne[language]}</button>
          {next === undefined ? null : <a class="btn btn-outline-primary" href={`/pratiche/${id}/ricognizione/${next.slug}`}>{RECOGNITION.next[language]}</a>}
          <a class="btn btn-outline-secondary" href={`/pratiche/${id}/ricognizione`}>{RECOGNITION.back[language]}</a>
        </div>
      </form>
      <InventoryUpload path={path} part={part} csrf={csrf} faults={fileFaults} language={language} />
    </>
  );
}

function Records({ part, records, language, csrf, path }: InventoryPageParts & { readonly path: string }): VNode {
  if (records.length === 0) return <p>{RECOGNITION.none[language]}</p>;
  const second = part.name === 'applications' ? 'area' : 'access';
  const label = (name: string) => fieldWords(part.words, name).label[language];
  return (
    <table class="table stack">
      <caption class="visually-hidden">{part.title[language]}</caption>
      <thead><tr><th scope="col">{label('code')}</th><th scope="col">{label(second)}</th><th scope="col">{label('name')}</th><td /></tr></thead>
      <tbody>
        {records.map((record) => (
          <tr key={record.code}>
            <th scope="row">{record.code}</th>
            <td data-label={label(second)}>{wordOf(CODES, String(record[second]), language)}</td>
            <td data-label={label('name')}>{typeof record['name'] === 'string' ? record['name'] : '–'}</td>
            <td>
              <form method="post" action={path} class="inline">
                <input type="hidden" name="csrf" value={csrf} />
                <input type="hidden" name="code" value={record.code} />
                <a href={`${path}?codice=${encodeURIComponent(record.code)}#voce`}>{RECOGNITION.change[language]}<span class="visually-hidden">: {record.code}</span></a>{' '}
                <button type="submit" name="step" value="remove" class="btn btn-outline-primary btn-sm">{RECOGNITION.remove[language]}<span class="visually-hidden">: {record.code}</span></button>
              </form>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
