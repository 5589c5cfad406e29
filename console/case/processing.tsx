import type { FastifyInstance } from 'fastify';
import type { ComponentChildren, VNode } from 'preact';
import { namedIn } from '../../api/cases/named.ts';
import type { Context } from '../../api/context.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import type { AdhesionView } from '../../domain/adhesion/index.ts';
import { BREACH_NOTICE_NAMES } from '../../domain/adhesion/words.ts';
import { capital, type Language } from '../../domain/shared/bilingual.ts';
import type { Instant } from '../../domain/shared/civil-date.ts';
import type { Party } from '../../domain/shared/process.ts';
import type { TextRef } from '../../domain/shared/text-ref.ts';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { filled } from '../words/audit.ts';
import { CODES, PARTIES } from '../words/codes.ts';
import { commandTitle } from '../words/commands.ts';
import { elided, sayDate, sayInstant } from '../words/dates.ts';
import { PROCESSING } from '../words/processing.ts';
import { wordOf } from '../words/say.ts';
import { codeInWords } from '../words/view-fields.ts';
import { Acts, storedActs, type StoredActs } from './acts.tsx';
import { crumbsOf } from './form-case.ts';
import { allowedIn, readCase, type CaseReading } from './reading.ts';

type Processing = AdhesionView['processing'];
type Breach = Processing['breaches'][number];
type Clock = Omit<Breach['notices'][number], 'to'>;

/** What the page shows beside the view. */
interface Shown {
  readonly reading: CaseReading;
  readonly language: Language;
  readonly stored: StoredActs;
  /** Reasons by their ids; one that was erased is not there. */
  readonly texts: ReadonlyMap<string, string>;
  /** Commands that the reader may send now. */
  readonly open: ReadonlySet<string>;
}

/** What the interface answers in `processing`: sub-processors with their terms, breaches with their hours. */
export function processingRoute(app: FastifyInstance, context: Context, visits: Visits): void {
  app.get('/pratiche/:id/trattamento', HIDDEN, async (request, reply) => {
    const reading = await readCase(context, request);
    const visit = await visits.of(request);
    const { language } = visit;
    const named = namedIn(reading.view.processing);
    const { texts } = context.as(reading.caller);
    const found = await Promise.all(named.texts.map(async ({ id }) => [id, await texts.find(reading.stream, id)] as const));
    const shown: Shown = {
      reading, language, stored: await storedActs(context, reading, named.acts), texts: new Map(found.flatMap(([id, text]) => (text === undefined ? [] : [[id, text] as const]))),
      open: new Set(allowedIn(reading).flatMap(({ command, allowed }) => (allowed && reading.caller.role !== 'auditor' ? [command] : []))),
    };
    return sendPage(reply, visit, { title: PROCESSING.title[language], crumbs: crumbsOf(reading, language), main: <ProcessingPage {...shown} /> });
  });
}

function ProcessingPage(shown: Shown): VNode {
  const { reading: { view: { processing } }, language } = shown;
  return (
    <>
      <p>{PROCESSING.about[language]}</p>
      <h2>{PROCESSING.subprocessors[language]}</h2>
      {processing.subprocessors.length === 0 ? <p>{PROCESSING.noSubprocessors[language]}</p> : <Subprocessors {...shown} />}
      <Forms {...shown} commands={['NotifySubprocessor']} given={{}} />
      <h2>{PROCESSING.breaches[language]}</h2>
      {processing.breaches.length === 0 ? <p>{PROCESSING.noBreaches[language]}</p> : processing.breaches.map((breach) => <OneBreach key={breach.breachNo} {...shown} breach={breach} />)}
      <Forms {...shown} commands={['ReportBreach']} given={{}} />
    </>
  );
}

function Subprocessors(shown: Shown): VNode {
  const { reading: { path, view: { processing } }, language, stored } = shown;
  const [code, state, dates] = [PROCESSING.code[language], PROCESSING.state[language], PROCESSING.dates[language]];
  return (
    <table class="table stack">
      <caption class="visually-hidden">{PROCESSING.subprocessors[language]}</caption>
      <thead><tr><th scope="col">{code}</th><th scope="col">{state}</th><th scope="col">{dates}</th></tr></thead>
      <tbody>
        {processing.subprocessors.map(({ subprocessor, state: stands, deliveredAt, objectBy, objectedAt, objectionReasons, withdrawnOn, sha256 }) => (
          <tr key={subprocessor}>
            <th scope="row">{subprocessor}<Acts path={path} digests={[sha256]} stored={stored} language={language} short /></th>
            <td data-label={state}>{codeInWords('processing.subprocessors.state', stands, language)}</td>
            <td data-label={dates}>
              {elided(`${PROCESSING.notified[language]} ${sayInstant(deliveredAt, language)}`)}<br />
              {elided(`${PROCESSING.objectBy[language]} ${sayDate(objectBy, language)}`)}
              {objectedAt === null ? null : <><br />{elided(`${PROCESSING.objected[language]} ${sayInstant(objectedAt, language)}`)} <Reasons {...shown} of={objectionReasons} /></>}
              {withdrawnOn === null ? null : <><br />{elided(`${PROCESSING.since[language]} ${sayDate(withdrawnOn, language)}`)}</>}
              <Forms {...shown} commands={[...(stands === 'NOTIFIED' ? ['ObjectToSubprocessor'] : []), ...(stands === 'WITHDRAWN' ? [] : ['WithdrawSubprocessor'])]} given={{ subprocessor }} about={subprocessor} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function OneBreach({ breach, ...shown }: Shown & { readonly breach: Breach }): VNode {
  const { language } = shown;
  const { breachNo, awareBy, awareAt, toMember, notices } = breach;
  const [what, who, due, standing] = [PROCESSING.what[language], PROCESSING.who[language], PROCESSING.due[language], PROCESSING.standing[language]];
  const row = (key: string, title: string, party: Party, clock: Clock, forms: VNode | null) => (
    <tr key={key}>
      <th scope="row">{title}</th>
      <td data-label={who}>{capital(wordOf(PARTIES, party, language))}</td>
      <td data-label={due}>{clock.dueAt === null ? PROCESSING.noTerm[language] : sayInstant(clock.dueAt, language)}</td>
      <td data-label={standing}><Stands {...shown} clock={clock} />{clock.doneAt === null && clock.waivedFor === null ? forms : null}</td>
    </tr>
  );
  return (
    <section>
      <h3>{PROCESSING.breach[language]} {breachNo}</h3>
      <p>{elided(filled(PROCESSING.aware[language], { at: sayInstant(awareAt, language), who: wordOf(CODES, awareBy, language) }))}</p>
      <table class="table stack">
        <caption class="visually-hidden">{PROCESSING.breach[language]} {breachNo}</caption>
        <thead><tr><th scope="col">{what}</th><th scope="col">{who}</th><th scope="col">{due}</th><th scope="col">{standing}</th></tr></thead>
        <tbody>
          {toMember === null ? null : row('member', PROCESSING.toMember[language], 'OPERATOR', { ...toMember, protocolNo: null, waivedFor: null }, <Forms {...shown} commands={['NotifyBreachToMember']} given={{ breachNo }} about={breachNo} />)}
          {notices.map(({ to, ...clock }) => row(to, capital(BREACH_NOTICE_NAMES[to][language]), 'MEMBER', clock, (
            <Forms {...shown} commands={['NotifyBreachToAuthority', 'WaiveBreachNotice']} given={{ breachNo, to }} about={`${breachNo}, ${wordOf(CODES, to, language)}`} />
          )))}
        </tbody>
      </table>
      {notices.length === 0 ? <p>{PROCESSING.waiting[language]}</p> : null}
    </section>
  );
}

/** Whether it was done, and when; while it is not, how much time is left. */
function Stands({ clock: { dueAt, doneAt, late, overdue, delayReasons, protocolNo, waivedFor }, ...shown }: Shown & { readonly clock: Clock }): VNode {
  const { language, reading: { now } } = shown;
  if (waivedFor !== null) return <>{PROCESSING.waived[language]} <Reasons {...shown} of={waivedFor} /></>;
  if (doneAt !== null) {
    return (
      <>
        {elided(filled(PROCESSING.done[language], { at: sayInstant(doneAt, language) }))}{protocolNo === null ? '' : ` (n. ${protocolNo})`}{' '}
        {late ? <span class="tag late">{PROCESSING.late[language]}</span> : null} <Reasons {...shown} of={delayReasons} />
      </>
    );
  }
  const left = dueAt === null ? null : hoursLeft(now, dueAt);
  if (overdue || (left !== null && left < 0)) return <><strong>{PROCESSING.open[language]}</strong> <span class="tag late">{PROCESSING.overdue[language]}</span></>;
  return <><strong>{PROCESSING.open[language]}</strong>{left === null ? '' : `: ${filled(PROCESSING.left[language], { n: left })}`}</>;
}

/** Whole hours, below zero once the term is over. */
function hoursLeft(now: Instant, dueAt: Instant): number {
  return Math.floor((Date.parse(dueAt) - Date.parse(now)) / 3_600_000);
}

function Reasons({ of, texts, language }: Pick<Shown, 'texts' | 'language'> & { readonly of: TextRef | null }): ComponentChildren {
  if (of === null) return null;
  return <span class="d-block">{PROCESSING.reasons[language]}: {texts.get(of.textId) ?? `(${PROCESSING.erased[language]})`}</span>;
}

/** Ways to the forms that the reader may send now, filled with what they are about. */
function Forms({ reading: { path }, open, language, commands, given, about }: Shown & {
  readonly commands: readonly string[]; readonly given: Readonly<Record<string, string>>; readonly about?: string;
}): VNode | null {
  const may = commands.filter((command) => open.has(command));
  if (may.length === 0) return null;
  const query = new URLSearchParams(given).toString();
  return (
    <ul class="plain no-print mb-0">
      {may.map((command) => (
        <li key={command}><a href={`${path}/comandi/${command}${query === '' ? '' : `?${query}`}`}>{commandTitle(command)[language]}{about === undefined ? null : <span class="visually-hidden">: {about}</span>}</a></li>
      ))}
    </ul>
  );
}
