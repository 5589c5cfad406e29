import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ComponentChildren, VNode } from 'preact';
import { requireFormToken } from '../../api/auth/csrf.ts';
import { namesInventory, namesText } from '../../api/cases/beside.ts';
import { inventoryIn } from '../../api/cases/inventories.ts';
import { namedIn } from '../../api/cases/named.ts';
import type { Context } from '../../api/context.ts';
import { pathOf } from '../../api/http/methods.ts';
import { formOf } from '../../api/pages/forms.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import { Problem } from '../../api/problems.ts';
import { eventsAfter, type EventView } from '../../db/queries/events.ts';
import type { Bilingual, Language } from '../../domain/shared/bilingual.ts';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { readCampaign } from '../campaigns/reading.ts';
import { readConstitution } from '../constitution/reading.ts';
import { readMigration } from '../migrations/reading.ts';
import { filled } from '../words/audit.ts';
import { CASE, SENDING } from '../words/case.ts';
import { sayDate, sayInstant } from '../words/dates.ts';
import { DOCUMENTS, ERASING, TYPE_NAMES } from '../words/documents.ts';
import { EVENTS } from '../words/events.ts';
import { wordOf } from '../words/say.ts';
import { crumbsOf, type FormCase } from './form-case.ts';
import { readCase } from './reading.ts';

/** Something that may be erased, as it stands before. */
interface Erasable {
  readonly title: Bilingual;
  /** What is lost, in words. */
  readonly goes: readonly (readonly [term: Bilingual, text: string])[];
  readonly digest: string;
  readonly digestHelp: Bilingual;
  readonly events: readonly EventView[];
}

/** One kind of what stands beside the records. */
interface Kind {
  /** Undefined where there is none of that id, or no more. */
  find(context: Context, reading: FormCase, id: string, language: Language): Promise<Erasable | undefined>;
  erase(context: Context, reading: FormCase, id: string): Promise<boolean>;
  /** Where one comes back to, below the page of the case. */
  readonly back: string;
}

const DOCUMENT: Kind = {
  back: 'documenti',
  async find(context, { stream, caller }, id, language) {
    const { db, documents } = context.as(caller);
    const document = await documents.find(stream, id);
    if (document === undefined) return undefined;
    const { name, mediaType, size, sha256 } = document;
    return {
      title: ERASING.document, digest: sha256, digestHelp: ERASING.digestAct,
      goes: [[DOCUMENTS.name, name ?? DOCUMENTS.unnamed[language]], [DOCUMENTS.type, `${wordOf(TYPE_NAMES, mediaType, language)}, ${size} byte`]],
      events: (await allEvents(db, stream)).filter(({ data }) => namedIn(data).acts.includes(sha256)),
    };
  },
  erase: (context, { stream, caller }, id) => context.as(caller).documents.erase(stream, id, caller),
};

const eraseText: Kind['erase'] = (context, { stream, caller }, id) => context.as(caller).texts.erase(stream, id, caller);

const TEXT: Kind = {
  back: 'eventi',
  async find(context, { stream, caller }, id) {
    const { db, texts } = context.as(caller);
    const text = namesText(id) ? await texts.find(stream, id) : undefined;
    return text === undefined ? undefined : { title: ERASING.text, goes: [[ERASING.content, text]], ...await namedBy(db, stream, id) };
  },
  erase: async (context, reading, id) => namesText(id) && eraseText(context, reading, id),
};

const INVENTORY: Kind = {
  back: 'eventi',
  async find(context, { stream, caller }, id, language) {
    const { db, texts } = context.as(caller);
    const text = namesInventory(id) ? await texts.find(stream, id) : undefined;
    if (text === undefined) return undefined;
    const { records } = inventoryIn(text);
    const codes = records.map((record) => ('code' in record ? String(record.code) : '')).join(', ');
    return { title: ERASING.inventory, goes: [[ERASING.content, filled(ERASING.entries[language], { n: records.length, codes })]], ...await namedBy(db, stream, id) };
  },
  erase: async (context, reading, id) => namesInventory(id) && eraseText(context, reading, id),
};

type Db = Parameters<typeof eventsAfter>[0];

async function namedBy(db: Db, stream: string, id: string): Promise<Pick<Erasable, 'digest' | 'digestHelp' | 'events'>> {
  const events = (await allEvents(db, stream)).filter(({ data }) => namedIn(data).texts.some((text) => text.id === id));
  const digest = events.flatMap(({ data }) => namedIn(data).texts).find((text) => text.id === id)?.digest ?? '';
  return { digest, digestHelp: ERASING.digestText, events };
}

/** No case has more. */
const MOST_EVENTS = 10_000;
const allEvents = (db: Db, stream: string): Promise<readonly EventView[]> => eventsAfter(db, stream, 0, MOST_EVENTS);

/** Erases what stands beside the records: first a page says what goes and what stays, then it is confirmed. */
export function erasingRoutes(app: FastifyInstance, context: Context, visits: Visits): void {
  const pages = <Reading extends FormCase>(path: string, kind: Kind, read: (context: Context, request: FastifyRequest) => Promise<Reading>): void => {
    app.get(path, HIDDEN, async (request, reply) => show(context, visits, request, reply, kind, await read(context, request)));
    app.post(path, HIDDEN, async (request, reply) => {
      requireFormToken(context.keys, visits.sessionId(request) ?? '', formOf(request));
      const reading = await read(context, request);
      // By a double click it is gone already.
      await kind.erase(context, reading, idIn(request));
      return reply.redirect(`${reading.path}/${kind.back}?cancellato`, 303);
    });
  };
  pages('/pratiche/:id/documenti/:item/cancella', DOCUMENT, readCase);
  pages('/pratiche/:id/testi/:item/cancella', TEXT, readCase);
  pages('/pratiche/:id/elenchi/:item/cancella', INVENTORY, readCase);
  pages('/migrazioni/:id/testi/:item/cancella', TEXT, readMigration);
  pages('/costituzione/:id/testi/:item/cancella', TEXT, readConstitution);
  pages('/campagne/:id/testi/:item/cancella', TEXT, readCampaign);
}

function idIn({ params }: FastifyRequest): string {
  return (params as { readonly item: string }).item;
}

async function show(context: Context, visits: Visits, request: FastifyRequest, reply: FastifyReply, kind: Kind, reading: FormCase): Promise<FastifyReply> {
  const visit = await visits.of(request);
  const { language } = visit;
  const erasable = await kind.find(context, reading, idIn(request), language);
  if (erasable === undefined) throw Problem.of('NOT_FOUND');
  const back = `${reading.path}/${kind.back}`;
  return sendPage(reply, visit, {
    title: erasable.title[language], crumbs: [...crumbsOf(reading, language), { href: back, text: (kind === DOCUMENT ? CASE.documents : CASE.events)[language] }],
    main: <ErasingPage erasable={erasable} backupsUntil={context.receipts.backupsUntil()} action={pathOf(request.url)} back={back} csrf={visit.person?.csrf ?? ''} language={language} />,
  });
}

function ErasingPage({ erasable: { goes, digest, digestHelp, events }, backupsUntil, action, back, csrf, language }: {
  readonly erasable: Erasable; readonly backupsUntil: string; readonly action: string; readonly back: string; readonly csrf: string; readonly language: Language;
}): VNode {
  const stays: readonly (readonly [Bilingual, ComponentChildren])[] = [
    [ERASING.digest, <><span class="code">{digest}</span><br />{digestHelp[language]}</>],
    [ERASING.events, events.length === 0 ? ERASING.noEvents[language] : <ul class="plain mb-0">{events.map(({ version, type, recordedAt }) => <li key={version}>{version}: {wordOf(EVENTS, type, language)}, {sayInstant(recordedAt, language)}</li>)}</ul>],
    [ERASING.receipt, ERASING.receiptHelp[language]],
    [ERASING.backups, filled(ERASING.backupsHelp[language], { day: sayDate(backupsUntil, language) })],
  ];
  return (
    <>
      <div class="notice warn"><p>{ERASING.warning[language]}</p></div>
      <h2>{ERASING.goes[language]}</h2>
      <dl>{goes.map(([term, text]) => <div key={term.it}><dt>{term[language]}</dt><dd class="lines">{text}</dd></div>)}</dl>
      <h2>{ERASING.stays[language]}</h2>
      <dl>{stays.map(([term, text]) => <div key={term.it}><dt>{term[language]}</dt><dd>{text}</dd></div>)}</dl>
      <form method="post" action={action}>
        <input type="hidden" name="csrf" value={csrf} />
        <div class="actions">
          <button type="submit" class="btn btn-danger">{ERASING.confirm[language]}</button>
          <a class="btn btn-outline-secondary" href={back}>{SENDING.cancel[language]}</a>
        </div>
      </form>
    </>
  );
}
