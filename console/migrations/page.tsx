import type { VNode } from 'preact';
import type { Service } from '../../domain/catalogue/schemas.ts';
import type { MigrationView } from '../../domain/migration/index.ts';
import { migrationStage } from '../../domain/migration/words.ts';
import { capital, type Bilingual, type Language } from '../../domain/shared/bilingual.ts';
import type { CivilDate } from '../../domain/shared/civil-date.ts';
import type { AllowedItem } from '../../domain/shared/process.ts';
import { Commands, Recorded } from '../case/commands-list.tsx';
import { Owed, Timeline } from '../case/parts.tsx';
import type { Step } from '../case/timeline.ts';
import { CASE } from '../words/case.ts';
import { PARTIES } from '../words/codes.ts';
import { commandTitle, whatInWords } from '../words/commands.ts';
import { wordOf } from '../words/say.ts';
import { saySentence } from '../words/sentences.ts';
import { SERVICES } from '../words/services.ts';
import { MIGRATION_PAGE } from '../words/migration.ts';
import type { ListedMigration, MigrationReading } from './reading.ts';
import { Chart } from './chart.tsx';
import { chartRows } from './chart-rows.ts';
import { CredentialsButton } from './credentials.tsx';
import { AtBroker, Defects, Held, WayBack } from './running.tsx';
import { Dependencies, Gates, Plan, Windows } from './standing.tsx';

export interface MigrationPageParts {
  readonly reading: MigrationReading;
  readonly steps: readonly Step[];
  readonly allowed: readonly AllowedItem[];
  readonly language: Language;
  readonly today: CivilDate;
  /** Events of the command that has just been recorded; null: none was. */
  readonly recorded: readonly string[] | null;
  /** Of who may be shown credentials; null: nobody is. */
  readonly csrf: string | null;
}

/** One service of one comune: how it stands, whose turn it is, its way, what may be recorded. */
export function MigrationPage({ reading, steps, allowed, language, today, recorded, csrf }: MigrationPageParts): VNode {
  const { view, bodyName, serviceName, planName, kind, path, caller, texts, dates, now } = reading;
  const isFull = view.track === 'FULL';
  const open = new Set(allowed.filter((item) => item.allowed).map(({ command }) => command));
  const rows = chartRows(view, { ...dates, today }, language);
  const running = { view, path, open, texts, now, language };
  const facts: readonly (readonly [string, VNode | string])[] = [
    [SERVICES.service[language], serviceName[language]],
    [SERVICES.state[language], capital(migrationStage(view.state)[language])],
    [SERVICES.comune[language], bodyName],
    [SERVICES.plan[language], planName[language]],
    [SERVICES.adhesion[language], <a href={`/pratiche/${view.adhesion}`}>{view.adhesion}</a>],
    ...(view.attempt > 1 ? [[MIGRATION_PAGE.attempt[language], String(view.attempt)] as const] : []),
    [CASE.version[language], String(view.version)],
  ];
  return (
    <>
      {recorded === null ? null : <Recorded events={recorded} language={language} />}
      <dl class="facts">{facts.map(([term, text]) => <div key={term}><dt>{term}</dt><dd>{text}</dd></div>)}</dl>
      <Held view={view} language={language} />
      <h2>{CASE.whose[language]}</h2>
      {view.waitingFor.length === 0 ? <p>{nobodysTurn(reading)[language]}</p> : null}
      {view.waitingFor.map((item) => (
        <div class="sheet" key={`${item.what} ${item.since} ${item.reasons[0]?.message.it ?? ''}`}>
          {caller.role === 'operator' && item.who === 'OPERATOR' ? <p><span class="tag mine">{CASE.yours[language]}</span></p> : null}
          <Owed item={item} language={language} today={today} />
          {open.has(item.what) ? <p class="actions"><a class="btn btn-primary" href={`${path}/comandi/${item.what}`}>{commandTitle(item.what)[language]}</a></p> : null}
        </div>
      ))}
      <h2>{SERVICES.way[language]}</h2>
      <Timeline steps={steps} language={language} />
      {isFull ? (
        <>
          <AtBroker {...running} />
          {view.instance?.state === 'BOUND' && csrf !== null ? <CredentialsButton path={path} csrf={csrf} language={language} /> : null}
          <Defects {...running} />
          <Plan view={view} texts={texts} rows={rows} today={today} language={language} />
          <Windows view={view} language={language} />
          <Gates view={view} language={language} />
          <Dependencies view={view} language={language} />
          <WayBack {...running} />
        </>
      ) : <><h2>{MIGRATION_PAGE.timing[language]}</h2><Chart rows={rows} today={today} language={language} /></>}
      {caller.role === 'auditor' ? null : <Commands path={path} kind={kind} allowed={allowed} language={language} />}
      <h2>{CASE.events[language]}</h2>
      <p><a href={`${path}/eventi`}>{CASE.eventsLink[language]}</a></p>
    </>
  );
}

function nobodysTurn({ kind, at, serves }: MigrationReading): Bilingual {
  if (!kind.isClosed(at.state)) return CASE.nobody;
  return serves ? SERVICES.goesOn : SERVICES.ended;
}

/** The services of a case: those asked for, with state and whose turn it is, and the way to ask for one. */
export function Services({ path, migrations, offered, allowed, language }: {
  readonly path: string; readonly migrations: readonly ListedMigration[]; readonly offered: readonly Service[];
  readonly allowed: readonly AllowedItem[]; readonly language: Language;
}): VNode {
  const request = allowed.find(({ command }) => command === 'RequestMigration');
  return (
    <>
      <h2>{SERVICES.title[language]}</h2>
      {migrations.length === 0 ? <p>{SERVICES.none[language]}</p> : <List migrations={migrations} language={language} />}
      {request === undefined ? null : request.allowed
        ? <p class="actions"><a class="btn btn-outline-primary" href={`${path}/comandi/RequestMigration`}>{SERVICES.request[language]}</a></p>
        : <p class="muted">{SERVICES.notNow[language]} {request.reasons.map(({ message }) => saySentence(message[language], language)).join(' ')}</p>}
      <details class="no-print">
        <summary>{SERVICES.offered[language]}</summary>
        <dl>{offered.toSorted((a, b) => a.title[language].localeCompare(b.title[language], language)).map(({ service, title, description }) => <div key={service}><dt>{title[language]}</dt><dd>{description[language]}</dd></div>)}</dl>
      </details>
    </>
  );
}

function List({ migrations, language }: { readonly migrations: readonly ListedMigration[]; readonly language: Language }): VNode {
  return (
    <table class="table stack">
      <caption class="visually-hidden">{SERVICES.title[language]}</caption>
      <thead><tr><th scope="col">{SERVICES.service[language]}</th><th scope="col">{SERVICES.state[language]}</th><th scope="col">{SERVICES.turn[language]}</th></tr></thead>
      <tbody>
        {migrations.map(({ id, title, state, view }) => (
          <tr key={id}>
            <th scope="row">{view === null ? title[language] : <a class="text-wrap" href={`/migrazioni/${id}`}>{title[language]}</a>} <span class="small muted">{id}</span></th>
            <td data-label={SERVICES.state[language]}>{capital(migrationStage(view?.state ?? state)[language])}</td>
            <td data-label={SERVICES.turn[language]}>{view === null ? SERVICES.beginning[language] : turnsIn(view, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function turnsIn({ waitingFor }: MigrationView, language: Language): string {
  if (waitingFor.length === 0) return SERVICES.nobody[language];
  return [...new Set(waitingFor.map(({ who, what }) => `${capital(wordOf(PARTIES, who, language))}: ${whatInWords(what)[language]}`))].join('; ');
}
