import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { caseAtMoment, momentQuery } from '../../api/cases/moment.ts';
import { whyOf } from '../../api/cases/why.ts';
import type { Context } from '../../api/context.ts';
import { parseData } from '../../api/http/validation.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import { Problem } from '../../api/problems.ts';
import { eventsAfter, type EventView } from '../../db/queries/events.ts';
import { viewAdhesion, type AdhesionState, type AdhesionView } from '../../domain/adhesion/index.ts';
import type { Bilingual, Language } from '../../domain/shared/bilingual.ts';
import { civilDateOf, type Instant } from '../../domain/shared/civil-date.ts';
import { Agreement, Owed, Referents, Standing, Timeline } from '../case/parts.tsx';
import { crumbsOf } from '../case/form-case.ts';
import { personsOf, readCase, type CaseReading } from '../case/reading.ts';
import { timelineOf } from '../case/timeline.ts';
import { whyLinks } from '../case/why-link.tsx';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { filled, HISTORY } from '../words/audit.ts';
import { CASE } from '../words/case.ts';
import { elided, instantOfLocal, sayDate, sayInstant } from '../words/dates.ts';
import { EVENTS } from '../words/events.ts';
import { wordOf } from '../words/say.ts';
import { asked, Labelled } from './fields.tsx';

/** What was typed: each as text, empty where nothing was. */
interface Typed {
  readonly al: string;
  readonly evento: string;
  readonly valido: string;
}

/** `#120`: the event at that position of the store. */
const POSITION = /^#([1-9]\d{0,8})$/;

/** A case as it was, and the last event that was known of it then. */
interface Past {
  readonly view: AdhesionView;
  readonly at: Instant;
  readonly event: EventView;
}

/** A fault of what was typed, at its field; null: of none of them. */
interface Fault {
  readonly field: keyof Typed | null;
  readonly message: Bilingual;
  readonly status: number;
}

/** A case as it was known at a moment and in force on a day: what the interface answers to `asOf`, `asOfVersion`, `validOn`. */
export function historyRoute(app: FastifyInstance, context: Context, visits: Visits): void {
  app.get('/pratiche/:id/storia', HIDDEN, async (request, reply) => {
    const reading = await readCase(context, request);
    const visit = await visits.of(request);
    const { language } = visit;
    const typed = await typedIn(context, reading, request);
    const shown = await pastOf(context, reading, typed);
    return sendPage(reply, visit, {
      title: HISTORY.title[language], crumbs: crumbsOf(reading, language), status: 'message' in shown ? shown.status : 200, scripts: ['storia'],
      main: <HistoryPage reading={reading} typed={typed} shown={shown} persons={await personsOf(context, reading)} language={language} />,
    });
  });
}

/** Instead of an event, the address may name a value: the event that it comes from is meant. */
async function typedIn(context: Context, reading: CaseReading, { query }: FastifyRequest): Promise<Typed> {
  const field = asked(query, 'campo');
  const evento = field === '' ? asked(query, 'evento') : await eventBehind(context, reading, field);
  return { al: asked(query, 'al'), evento, valido: asked(query, 'valido') };
}

async function eventBehind(context: Context, { kind, id, caller, at: { version }, now }: CaseReading, field: string): Promise<string> {
  const { chain: [newest] } = await whyOf(context.as(caller).db, kind, id, { field, version, at: now });
  return String(newest?.event.version ?? 1);
}

function eventAsked(evento: string): object {
  if (evento.includes('@')) return { asOfEvent: evento };
  const position = POSITION.exec(evento)?.[1];
  return position === undefined ? { asOfVersion: evento } : { asOfPosition: position };
}

async function pastOf(context: Context, reading: CaseReading, typed: Typed): Promise<Past | Fault> {
  const { stream, at: head, now } = reading;
  const { db } = context.as(reading.caller);
  try {
    const moment = parseData(momentQuery, {
      ...(typed.al === '' ? {} : { asOf: instantOfLocal(typed.al) }), ...(typed.evento === '' ? {} : eventAsked(typed.evento)), ...(typed.valido === '' ? {} : { validOn: typed.valido }),
    });
    const { version, state, at } = await caseAtMoment(db, stream, head, moment, now);
    const [event] = await eventsAfter(db, stream, version - 1, 1);
    if (event === undefined) throw Problem.of('NOT_FOUND');
    // After an event the case is looked at from when it was recorded: what was late only later was not late then.
    const seenAt = moment.asOf === undefined && moment.validOn === undefined && version < head.version ? event.recordedAt : at;
    return { view: viewAdhesion(state as AdhesionState, seenAt), at: seenAt, event };
  } catch (error) {
    if (!(error instanceof Problem) || (error.status !== 400 && error.status !== 404)) throw error;
    return faultOf(error, typed);
  }
}

const FIELDS: Readonly<Record<string, keyof Typed>> = { asOf: 'al', asOfVersion: 'evento', asOfEvent: 'evento', asOfPosition: 'evento', validOn: 'valido' };
const BY_CODE: Readonly<Record<string, Bilingual>> = { ONE_OF: HISTORY.both, IN_FUTURE: HISTORY.future };

function faultOf({ status, options: { reasons, detail } }: Problem, typed: Typed): Fault {
  const [reason] = reasons ?? [];
  if (reason === undefined) return { field: typed.al === '' ? 'evento' : 'al', message: detail ?? HISTORY.noEvent, status };
  const field = FIELDS[reason.path ?? ''] ?? null;
  return { field, message: BY_CODE[reason.code] ?? (field === 'evento' ? HISTORY.noEvent : HISTORY.noDate), status };
}

function HistoryPage({ reading, typed, shown, persons, language }: {
  readonly reading: CaseReading; readonly typed: Typed; readonly shown: Past | Fault; readonly persons: ReadonlyMap<string, string>; readonly language: Language;
}): VNode {
  const head = reading.at.version;
  const fault = 'message' in shown ? shown : null;
  const version = 'message' in shown ? head : shown.event.version;
  return (
    <>
      <p>{HISTORY.intro[language]}</p>
      <MomentForm id={reading.id} head={head} typed={typed} fault={fault} language={language} />
      <div id="cursore" class="field" hidden data-text={HISTORY.sliderText[language]}>
        <label for="f-cursore">{HISTORY.slider[language]}</label>
        <input id="f-cursore" type="range" min="1" max={head} value={version} />
        <output id="f-cursore-testo" for="f-cursore" />
      </div>
      <p id="annuncio" class="visually-hidden" role="status" />
      {'message' in shown ? null : <Outcome reading={reading} typed={typed} past={shown} persons={persons} language={language} />}
    </>
  );
}

function MomentForm({ id, head, typed, fault, language }: { readonly id: string; readonly head: number; readonly typed: Typed; readonly fault: Fault | null; readonly language: Language }): VNode {
  const errorAt = (field: keyof Typed) => (fault?.field === field ? fault.message[language] : undefined);
  return (
    <form id="momento" method="get" action={`/pratiche/${id}/storia`}>
      {fault === null ? null : <p class="notice fault" role="alert">{fault.message[language]}</p>}
      <div class="filters">
        <Labelled id="f-al" label={HISTORY.knownAt[language]} help={HISTORY.knownAtHelp[language]} error={errorAt('al')} control={(tied) => <input {...tied} name="al" type="datetime-local" step="1" value={typed.al} />} />
        <Labelled id="f-evento" label={HISTORY.event[language]} help={filled(HISTORY.eventHelp[language], { n: head })} error={errorAt('evento')} control={(tied) => <input {...tied} name="evento" type="text" maxLength={120} autocomplete="off" value={typed.evento} />} />
        <Labelled id="f-valido" label={HISTORY.validOn[language]} help={HISTORY.validOnHelp[language]} error={errorAt('valido')} control={(tied) => <input {...tied} name="valido" type="date" value={typed.valido} />} />
      </div>
      <div class="actions">
        <button type="submit" class="btn btn-primary">{HISTORY.show[language]}</button>
        <a class="btn btn-outline-secondary" href={`/pratiche/${id}`}>{HISTORY.now[language]}</a>
      </div>
    </form>
  );
}

function Outcome({ reading: { id, at: { version: head }, openedAt }, typed, past: { view, at, event }, persons, language }: {
  readonly reading: CaseReading; readonly typed: Typed; readonly past: Past; readonly persons: ReadonlyMap<string, string>; readonly language: Language;
}): VNode {
  const today = civilDateOf(at);
  // In force on a day is another reading than that of the events in their order.
  const why = typed.valido === '' ? whyLinks({ path: `/pratiche/${id}`, view, after: event.version === head ? undefined : event.version, language }) : undefined;
  const beside = why === undefined ? {} : { why };
  const isPresent = event.version === head && typed.al === '' && typed.valido === '';
  return (
    <div id="esito">
      <div class={isPresent ? 'notice' : 'notice warn'}>
        <p><strong>{sentenceOf(event, head, typed, isPresent, language)}</strong></p>
        {isPresent ? null : <p>{HISTORY.past[language]} <a href={`/pratiche/${id}`}>{HISTORY.now[language]}</a></p>}
      </div>
      <Around id={id} version={event.version} head={head} valido={typed.valido} language={language} />
      <Standing view={view} language={language} {...beside} />
      <h2>{HISTORY.waited[language]}</h2>
      {view.waitingFor.length === 0 ? <p>{CASE.nobody[language]}</p> : null}
      <ul class="plain">{view.waitingFor.map((item) => <li class="sheet" key={`${item.who} ${item.what} ${item.since}`}><Owed item={item} language={language} today={today} {...beside} /></li>)}</ul>
      <h2>{CASE.timeline[language]}</h2>
      <Timeline steps={timelineOf(view, openedAt, today, language)} language={language} {...beside} />
      <h2>{CASE.convention[language]}</h2>
      <Agreement view={view} persons={persons} language={language} {...beside} />
      <h2>{CASE.referents[language]}</h2>
      <Referents view={view} persons={persons} language={language} {...beside} />
    </div>
  );
}

function sentenceOf({ version, type, recordedAt }: EventView, head: number, { al, valido }: Typed, isPresent: boolean, language: Language): string {
  const words = { n: version, what: wordOf(EVENTS, type, language), when: sayInstant(recordedAt, language), at: sayInstant(al === '' ? recordedAt : instantOfLocal(al), language) };
  const known = filled((isPresent ? HISTORY.present : al !== '' ? HISTORY.asKnown : version === head ? HISTORY.all : HISTORY.asAtEvent)[language], words);
  return elided(valido === '' ? known : `${known} ${filled(HISTORY.inForce[language], { on: sayDate(valido, language) })}`);
}

/** The events beside this one, and what it changed. */
function Around({ id, version, head, valido, language }: { readonly id: string; readonly version: number; readonly head: number; readonly valido: string; readonly language: Language }): VNode {
  const to = (evento: number) => `/pratiche/${id}/storia?${new URLSearchParams({ evento: String(evento), ...(valido === '' ? {} : { valido }) }).toString()}`;
  return (
    <ul class="pager plain">
      {version > 1 ? <li><a href={to(version - 1)}>{HISTORY.before[language]}</a></li> : null}
      {version < head ? <li><a href={to(version + 1)}>{HISTORY.after[language]}</a></li> : null}
      {version > 1 ? <li><a href={`/pratiche/${id}/differenze?da=${version - 1}&a=${version}`}>{HISTORY.changed[language]}</a></li> : null}
      {version < head ? <li><a href={`/pratiche/${id}/differenze?da=${version}&a=${head}`}>{HISTORY.differences[language]}</a></li> : null}
    </ul>
  );
}
