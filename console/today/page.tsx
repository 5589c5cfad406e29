import type { VNode } from 'preact';
import type { Due, DueDay, Turns } from '../../db/queries/agenda.ts';
import { ADHESION, MIGRATION } from '../../api/cases/kinds.ts';
import type { AdhesionView } from '../../domain/adhesion/index.ts';
import type { CampaignLine } from '../../domain/campaign/index.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { civilDateOf, type CivilDate, type Instant } from '../../domain/shared/civil-date.ts';
import type { Waiting } from '../../domain/shared/process.ts';
import { pathOfForm } from '../case/commands.ts';
import { isPast, Owed } from '../case/parts.tsx';
import { Pager } from '../frame/pager.tsx';
import type { SignedOn } from '../frame/visit.ts';
import { CASE } from '../words/case.ts';
import { CONSTITUTION } from '../words/constitution.ts';
import { commandQuestion, whatInWords } from '../words/commands.ts';
import { sayDate, sayInstant } from '../words/dates.ts';
import { FRAME, ROLE_NAMES } from '../words/frame.ts';
import { saySentence } from '../words/sentences.ts';
import { TODAY } from '../words/today.ts';
import { WORK_ORDERS } from '../words/work-orders.ts';
import { MonthPage, type Month } from './month.tsx';
import { NewsList, type Reading } from './news.tsx';

export interface TodayParts {
  readonly person: SignedOn;
  readonly today: CivilDate;
  readonly now: Instant;
  readonly language: Language;
  readonly news: Reading;
  readonly nameOf: (body: string) => string;
  /** Of the Agency: a page of what it has to do. */
  readonly tasks: TaskPage | null;
  /** Migrations that may have an incident; of a comune none are told. */
  readonly incidents: number;
  /** Campaigns that stand still until an operator says how they go on; for operators. */
  readonly campaigns: readonly CampaignLine[];
  /** Gates of the constitution to be decided on; of a comune none are told. */
  readonly constitution: number;
  /** Of a comune: its open cases. */
  readonly own: readonly AdhesionView[];
  /** Work items beyond their term: of all, or of the comune. */
  readonly overdue: number;
  /** None for auditors, who have no deadlines. */
  readonly calendar: { readonly month: Month; readonly days: readonly DueDay[] } | null;
}

export interface TaskPage {
  readonly turns: Turns;
  readonly page: number;
  /** Why each waits, by id of the case and what is to be done. */
  readonly reasons: ReadonlyMap<string, readonly string[]>;
  /** When what is due by the hour is due, by the key of `hourKey`. */
  readonly hours: ReadonlyMap<string, Instant>;
  /** Cases of which nothing is known here at present. */
  readonly behind: number;
}

export const TASKS_A_PAGE = 50;

export function TodayPage(parts: TodayParts): VNode {
  const { person: { role, bodyName }, tasks, overdue, calendar, today, language, nameOf, incidents, constitution } = parts;
  return (
    <>
      <dl class="facts">
        <div><dt>{FRAME.role[language]}</dt><dd>{ROLE_NAMES[role][language]}</dd></div>
        {bodyName === null ? null : <div><dt>{FRAME.body[language]}</dt><dd>{bodyName}</dd></div>}
      </dl>
      {incidents === 0 ? null : <div class="notice warn"><p><a href="/incidenti">{TODAY.incidents[language]}: {incidents}</a></p></div>}
      {constitution === 0 ? null : <div class="notice warn"><p><a href="/costituzione">{CONSTITUTION.missedToday[language]}: {constitution}</a></p></div>}
      {role === 'auditor' ? <p>{TODAY.auditor[language]}</p> : null}
      {overdue === 0 ? null : <p class="notice"><a href={`/attivita?scadute=true${role === 'member' ? '&spetta=MEMBER' : ''}`}>{WORK_ORDERS.overdueNow[language].replace('{n}', String(overdue))}</a></p>}
      <HaltedCampaigns {...parts} />
      {tasks === null ? null : <OperatorTasks tasks={tasks} parts={parts} />}
      {role === 'member' ? <MemberTasks {...parts} /> : null}
      <NewsList reading={parts.news} csrf={parts.person.csrf} nameOf={nameOf} language={language} />
      {calendar === null ? null : (
        <>
          <h2 id="scadenze">{TODAY.deadlines[language]}</h2>
          <p><a href="/oggi/calendario">{TODAY.subscribe[language]}</a></p>
          <MonthPage {...calendar} today={today} language={language} nameOf={nameOf} />
        </>
      )}
    </>
  );
}

function HaltedCampaigns({ campaigns, language }: TodayParts): VNode | null {
  if (campaigns.length === 0) return null;
  return (
    <div class="notice warn">
      <p>{TODAY.campaigns[language]}</p>
      <ul>
        {campaigns.map(({ id, name, waitingFor }) => (
          <li key={id}><a href={`/campagne/${id}`}>{name}</a>: {waitingFor.flatMap(({ reasons }) => reasons.map(({ message }) => message[language])).join(' ')}</li>
        ))}
      </ul>
    </div>
  );
}

export function keyOf({ id, what }: Pick<Due, 'id' | 'what'>): string {
  return `${id} ${what}`;
}

function OperatorTasks({ tasks: { turns, page, reasons, hours, behind }, parts: { today, now, language, nameOf } }: { readonly tasks: TaskPage; readonly parts: TodayParts }): VNode {
  return (
    <>
      <h2>{TODAY.tasks[language]} ({turns.total})</h2>
      {behind === 0 ? null : <p class="notice">{TODAY.behind[language].replace('{n}', String(behind))}</p>}
      {turns.total === 0 ? <p>{TODAY.noTasks[language]}</p> : (
        <table class="table stack">
          <thead><tr><th scope="col">{TODAY.task[language]}</th><th scope="col">{TODAY.comune[language]}</th><th scope="col">{TODAY.due[language]}</th><th scope="col">{TODAY.since[language]}</th></tr></thead>
          <tbody>
            {turns.items.map((due) => {
              const { process, id, body, what, on, since } = due;
              const dueAt = hours.get(hourKey(due));
              const { path, kind } = process === 'migration' ? { path: `/migrazioni/${id}`, kind: MIGRATION } : { path: `/pratiche/${id}`, kind: ADHESION };
              return (
                <tr key={`${keyOf(due)} ${since ?? ''}`} id={`turno-${id}-${what}`}>
                  <th scope="row">
                    <a href={pathOfForm(path, what, kind) ?? path}>{whatInWords(what)[language]}<span class="visually-hidden">: {nameOf(body)}</span></a>
                    {(reasons.get(keyOf(due)) ?? []).map((reason) => <span class="small muted d-block fw-normal" key={reason}>{reason}</span>)}
                  </th>
                  <td class="whole-words" data-label={TODAY.comune[language]}><a href={path}>{nameOf(body)}</a></td>
                  <td data-label={TODAY.due[language]}>{on === null ? TODAY.noDue[language] : dueAt === undefined ? sayDate(on, language) : sayInstant(dueAt, language)} {isPast({ dueOn: on, ...(dueAt === undefined ? {} : { dueAt }) }, today, now) ? <span class="tag late">{TODAY.overdue[language]}</span> : null}</td>
                  <td data-label={TODAY.since[language]}>{since === null ? '–' : sayDate(civilDateOf(since), language)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      <Pager page={page} pages={Math.ceil(turns.total / TASKS_A_PAGE)} to={(one) => `/?pagina=${one}`} label={TODAY.pages[language]} language={language} />
    </>
  );
}

function MemberTasks({ own, today, now, language }: TodayParts): VNode {
  if (own.length === 0) return <p class="notice">{TODAY.noCase[language]}</p>;
  const tasks = own.flatMap((view) => view.waitingFor.filter(({ who }) => who === 'MEMBER').map((item) => ({ view, item })))
    .toSorted((a, b) => (urgency(a.item) < urgency(b.item) ? -1 : 1));
  return (
    <>
      <h2>{TODAY.tasks[language]}</h2>
      {tasks.length === 0 ? <p>{TODAY.noTasks[language]}</p> : tasks.map(({ view, item }) => (
        <div class="sheet" key={`${view.id} ${item.what} ${item.since}`}>
          <h3>{commandQuestion(item.what)[language]}</h3>
          <Owed item={item} language={language} today={today} now={now} />
          {pathOfForm(`/pratiche/${view.id}`, item.what) === null ? null : <p class="actions"><a class="btn btn-primary" href={pathOfForm(`/pratiche/${view.id}`, item.what) ?? ''}>{CASE.yes[language]}</a></p>}
          <p class="small muted">{CASE.notYet[language]}</p>
        </div>
      ))}
      <h2>{TODAY.yourCase[language]}</h2>
      <ul>{own.map(({ id }) => <li key={id}><a href={`/pratiche/${id}`}>{TODAY.whole[language]} {id}</a></li>)}</ul>
    </>
  );
}

function urgency({ dueOn, dueAt, since }: Pick<Waiting, 'dueOn' | 'dueAt' | 'since'>): string {
  return `${dueOn ?? '9999-12-31'} ${dueAt ?? ''} ${since}`;
}

/** Two breaches of a case are due by the same command, since different times. */
function hourKey({ id, what, since }: Pick<Due, 'id' | 'what' | 'since'>): string {
  return `${id} ${what} ${since ?? ''}`;
}

/** When what is due by the hour is due. */
export function hoursIn(cases: readonly { readonly id: string; readonly waitingFor: readonly Waiting[] }[]): ReadonlyMap<string, Instant> {
  return new Map(cases.flatMap(({ id, waitingFor }) => waitingFor.flatMap(({ what, since, dueAt }): [string, Instant][] => (dueAt === undefined ? [] : [[hourKey({ id, what, since }), dueAt]]))));
}

/** Why each thing that is to be done waits, in words. */
export function reasonsIn(cases: readonly { readonly id: string; readonly waitingFor: readonly Waiting[] }[], language: Language): ReadonlyMap<string, readonly string[]> {
  return new Map(cases.flatMap(({ id, waitingFor }) => waitingFor.map(({ what, reasons }) => (
    [keyOf({ id, what }), reasons.map(({ message }) => saySentence(message[language], language))] as const))));
}
