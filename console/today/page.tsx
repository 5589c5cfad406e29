import type { VNode } from 'preact';
import type { AdhesionView } from '../../domain/adhesion/index.ts';
import { capital, type Language } from '../../domain/shared/bilingual.ts';
import { addDays, civilDateOf, type CivilDate } from '../../domain/shared/civil-date.ts';
import type { Waiting } from '../../domain/shared/process.ts';
import { hasForm } from '../case/commands.ts';
import { Owed } from '../case/parts.tsx';
import type { SignedOn } from '../frame/visit.ts';
import { CASE } from '../words/case.ts';
import { PARTIES } from '../words/codes.ts';
import { commandQuestion, whatInWords } from '../words/commands.ts';
import { sayDate, sayDatesIn } from '../words/dates.ts';
import { FRAME, ROLE_NAMES } from '../words/frame.ts';
import { wordOf } from '../words/say.ts';
import { TODAY } from '../words/territory.ts';

export interface TodayParts {
  readonly views: readonly AdhesionView[];
  readonly role: SignedOn['role'];
  readonly bodyName: string | null;
  readonly today: CivilDate;
  readonly language: Language;
}

interface Task {
  readonly view: AdhesionView;
  readonly item: Waiting;
}

const MOST_TASKS = 100;
const AHEAD_DAYS = 60;

export function TodayPage(parts: TodayParts): VNode {
  const { role, bodyName, language } = parts;
  return (
    <>
      <dl class="facts">
        <div><dt>{FRAME.role[language]}</dt><dd>{ROLE_NAMES[role][language]}</dd></div>
        {bodyName === null ? null : <div><dt>{FRAME.body[language]}</dt><dd>{bodyName}</dd></div>}
      </dl>
      {role === 'auditor' ? <p>{TODAY.auditor[language]}</p> : null}
      {role === 'operator' ? <OperatorTasks {...parts} /> : null}
      {role === 'member' ? <MemberTasks {...parts} /> : null}
      {role === 'auditor' ? null : <Deadlines {...parts} />}
    </>
  );
}

/** Most urgent first: by the day on which it is due, then by how long it has waited. */
function tasksOf(views: readonly AdhesionView[], party: Waiting['who']): readonly Task[] {
  const tasks = views.flatMap((view) => view.waitingFor.filter(({ who }) => who === party).map((item) => ({ view, item })));
  const urgency = ({ item: { dueOn, since } }: Task) => `${dueOn ?? '9999-12-31'} ${since}`;
  return tasks.toSorted((a, b) => (urgency(a) < urgency(b) ? -1 : 1));
}

function OperatorTasks({ views, today, language }: TodayParts): VNode {
  const tasks = tasksOf(views, 'OPERATOR');
  return (
    <>
      <h2>{TODAY.tasks[language]} ({tasks.length})</h2>
      {tasks.length > MOST_TASKS ? <p>{TODAY.first[language].replace('{n}', String(MOST_TASKS))}</p> : null}
      {tasks.length === 0 ? <p>{TODAY.noTasks[language]}</p> : (
        <table class="table stack">
          <thead><tr><th scope="col">{TODAY.task[language]}</th><th scope="col">{TODAY.comune[language]}</th><th scope="col">{TODAY.due[language]}</th><th scope="col">{TODAY.since[language]}</th></tr></thead>
          <tbody>
            {tasks.slice(0, MOST_TASKS).map(({ view, item: { what, dueOn, since, reasons } }) => (
              <tr key={`${view.id} ${what} ${since}`} id={`turno-${view.id}-${what}`}>
                <th scope="row">
                  <a href={hasForm(what) ? `/pratiche/${view.id}/comandi/${what}` : `/pratiche/${view.id}`}>{whatInWords(what)[language]}<span class="visually-hidden">: {view.name ?? view.body}</span></a>
                  {reasons.map(({ message }) => <span class="small muted d-block fw-normal" key={message.it}>{sayDatesIn(message[language], language)}</span>)}
                </th>
                <td data-label={TODAY.comune[language]}><a href={`/pratiche/${view.id}`}>{view.name ?? view.body}</a></td>
                <td data-label={TODAY.due[language]}>{dueOn === null ? TODAY.noDue[language] : sayDate(dueOn, language)} {dueOn !== null && dueOn < today ? <span class="tag late">{TODAY.overdue[language]}</span> : null}</td>
                <td data-label={TODAY.since[language]}>{sayDate(civilDateOf(since), language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function MemberTasks({ views, today, language }: TodayParts): VNode {
  if (views.length === 0) return <p class="notice">{TODAY.noCase[language]}</p>;
  const tasks = tasksOf(views, 'MEMBER');
  return (
    <>
      <h2>{TODAY.tasks[language]}</h2>
      {tasks.length === 0 ? <p>{TODAY.noTasks[language]}</p> : tasks.map(({ view, item }) => (
        <div class="sheet" key={`${view.id} ${item.what} ${item.since}`}>
          <h3>{commandQuestion(item.what)[language]}</h3>
          <Owed item={item} language={language} today={today} />
          {hasForm(item.what) ? <p class="actions"><a class="btn btn-primary" href={`/pratiche/${view.id}/comandi/${item.what}`}>{CASE.yes[language]}</a></p> : null}
          <p class="small muted">{CASE.notYet[language]}</p>
        </div>
      ))}
      <h2>{TODAY.yourCase[language]}</h2>
      <ul>{views.map(({ id }) => <li key={id}><a href={`/pratiche/${id}`}>{TODAY.whole[language]} {id}</a></li>)}</ul>
    </>
  );
}

/** What falls due by itself or is owed by anybody, by day. */
function Deadlines({ views, today, language }: TodayParts): VNode {
  const until = addDays(today, AHEAD_DAYS);
  const days = views.flatMap((view) => [
    ...view.timers.filter(({ key }) => !key.startsWith('remind')).map(({ key, at }) => ({ on: civilDateOf(at), text: whatInWords(key)[language], view })),
    ...view.waitingFor.filter(({ who }) => who !== 'CLOCK').flatMap(({ who, what, dueOn }) => (
      dueOn === null ? [] : [{ on: dueOn, text: `${capital(wordOf(PARTIES, who, language))}: ${whatInWords(what)[language]}`, view }])),
  ]).filter(({ on }) => on >= today && on <= until).toSorted((a, b) => (a.on < b.on ? -1 : 1));
  return (
    <>
      <h2>{TODAY.deadlines[language]}</h2>
      {days.length === 0 ? <p>{TODAY.noDeadlines[language]}</p> : (
        <ul>
          {days.slice(0, MOST_TASKS).map(({ on, text, view }, index) => (
            <li key={`${index} ${view.id}`}><strong>{sayDate(on, language)}</strong>: {text} (<a href={`/pratiche/${view.id}`}>{view.name ?? view.body}</a>)</li>
          ))}
        </ul>
      )}
    </>
  );
}
