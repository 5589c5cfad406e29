import type { VNode } from 'preact';
import type { AdhesionView } from '../../domain/adhesion/index.ts';
import { capital, type Language } from '../../domain/shared/bilingual.ts';
import type { CivilDate } from '../../domain/shared/civil-date.ts';
import type { AllowedItem, Party, Waiting } from '../../domain/shared/process.ts';
import type { SignedOn } from '../frame/visit.ts';
import { DIFFERENCES, HISTORY, MANDATES, READS } from '../words/audit.ts';
import { CASE, SENDING } from '../words/case.ts';
import { DPA_STATES } from '../words/codes.ts';
import { commandQuestion, commandTitle } from '../words/commands.ts';
import { sayDatesIn, sayInstant } from '../words/dates.ts';
import { EVENTS } from '../words/events.ts';
import { wordOf } from '../words/say.ts';
import { hasForm } from './commands.ts';
import { Agreement, Owed, Referents, Standing, Timeline } from './parts.tsx';
import type { Step } from './timeline.ts';

export interface CasePageParts {
  readonly view: AdhesionView;
  readonly steps: readonly Step[];
  readonly allowed: readonly AllowedItem[];
  readonly persons: ReadonlyMap<string, string>;
  readonly person: SignedOn;
  readonly language: Language;
  readonly today: CivilDate;
  /** Events of the command that has just been recorded; null: none was. */
  readonly recorded: readonly string[] | null;
}

const OWN_PARTY: Readonly<Record<SignedOn['role'], Party | null>> = { operator: 'OPERATOR', member: 'MEMBER', auditor: null };

export function CasePage(parts: CasePageParts): VNode {
  const { view, steps, allowed, persons, person, language, today, recorded } = parts;
  const open = new Set(allowed.filter((item) => item.allowed).map(({ command }) => command));
  const own = view.waitingFor.filter(({ who }) => who === OWN_PARTY[person.role]);
  const others = view.waitingFor.filter(({ who }) => who !== OWN_PARTY[person.role]);
  return (
    <>
      {recorded === null ? null : <Recorded events={recorded} language={language} />}
      <Standing view={view} language={language} />
      {person.role === 'member' ? <Guided own={own} view={view} open={open} language={language} today={today} /> : null}
      <h2>{person.role === 'member' ? CASE.agencyOwes[language] : CASE.whose[language]}</h2>
      {view.waitingFor.length === 0 || (person.role === 'member' && others.length === 0) ? <p>{CASE.nobody[language]}</p> : null}
      {(person.role === 'member' ? others : [...own, ...others]).map((item) => (
        <div class="sheet" key={`${item.who} ${item.what} ${item.since}`}>
          {own.includes(item) ? <p><span class="tag mine">{CASE.yours[language]}</span></p> : null}
          <Owed item={item} language={language} today={today} />
          {own.includes(item) ? <RecordLink id={view.id} command={item.what} open={open} language={language} /> : null}
        </div>
      ))}
      <h2>{CASE.timeline[language]}</h2>
      <Timeline steps={steps} language={language} />
      {person.role === 'auditor' ? null : <Commands id={view.id} allowed={allowed} language={language} />}
      {view.parked.length === 0 ? null : <Parked view={view} person={person} language={language} />}
      <h2>{CASE.convention[language]}</h2>
      <Agreement view={view} persons={persons} language={language} />
      <h2>{CASE.dpa[language]}</h2>
      <p>{wordOf(DPA_STATES, view.dpa.state, language)}.</p>
      <h2>{CASE.referents[language]}</h2>
      <Referents view={view} persons={persons} language={language} />
      {view.migrations.length === 0 ? null : <><h2>{CASE.migrations[language]}</h2><ul>{view.migrations.map(({ id, service, state }) => <li key={id}>{service}: {state}</li>)}</ul></>}
      <h2>{CASE.events[language]}</h2>
      <ul>
        <li><a href={`/pratiche/${view.id}/eventi`}>{CASE.eventsLink[language]}</a></li>
        <li><a href={`/pratiche/${view.id}/storia`}>{HISTORY.link[language]}</a></li>
        <li><a href={`/pratiche/${view.id}/differenze`}>{DIFFERENCES.title[language]}</a></li>
        <li><a href={`/pratiche/${view.id}/mandati`}>{MANDATES.title[language]}</a></li>
        <li><a href={`/pratiche/${view.id}/letture`}>{READS.title[language]}</a></li>
        <li><a href={`/pratiche/${view.id}/riepilogo`}>{CASE.summary[language]}</a></li>
      </ul>
    </>
  );
}

/** What has just been done, said once more after every reload: nothing is sent by it. */
function Recorded({ events, language }: { readonly events: readonly string[]; readonly language: Language }): VNode {
  return (
    <div class="notice done" role="status">
      <p><strong>{CASE.done[language]}:</strong> {events.map((type) => wordOf(EVENTS, type, language)).join('; ')}.</p>
      <p>{events.includes('FactParked') ? CASE.kept[language] : CASE.doneNote[language]}</p>
    </div>
  );
}

/** The next step of a comune as a question in plain words. */
function Guided({ own, view, open, language, today }: {
  readonly own: readonly Waiting[]; readonly view: AdhesionView; readonly open: ReadonlySet<string>; readonly language: Language; readonly today: CivilDate;
}): VNode {
  return (
    <>
      <h2>{CASE.next[language]}</h2>
      {own.length === 0 ? <p>{CASE.nobody[language]}</p> : own.map((item) => (
        <div class="sheet" key={`${item.what} ${item.since}`}>
          <h3>{commandQuestion(item.what)[language]}</h3>
          <Owed item={item} language={language} today={today} />
          <RecordLink id={view.id} command={item.what} open={open} language={language} guided />
        </div>
      ))}
    </>
  );
}

function RecordLink({ id, command, open, language, guided = false }: { readonly id: string; readonly command: string; readonly open: ReadonlySet<string>; readonly language: Language; readonly guided?: boolean }): VNode | null {
  if (!open.has(command)) return null;
  if (!hasForm(command)) return <p class="muted">{SENDING.notHere[language]}</p>;
  return (
    <>
      <p class="actions"><a class="btn btn-primary" href={`/pratiche/${id}/comandi/${command}`}>{guided ? CASE.yes[language] : commandTitle(command)[language]}</a></p>
      {guided ? <p class="small muted">{CASE.notYet[language]}</p> : null}
    </>
  );
}

function Commands({ id, allowed, language }: { readonly id: string; readonly allowed: readonly AllowedItem[]; readonly language: Language }): VNode {
  const withForm = allowed.filter(({ command }) => hasForm(command));
  const may = withForm.filter((item) => item.allowed);
  const mayNot = withForm.filter((item) => !item.allowed);
  return (
    <>
      <h2>{CASE.may[language]}</h2>
      {may.length === 0 ? <p>{CASE.mayNothing[language]}</p> : (
        <ul>{may.map(({ command }) => <li key={command}><a href={`/pratiche/${id}/comandi/${command}`}>{commandTitle(command)[language]}</a></li>)}</ul>
      )}
      {mayNot.length === 0 ? null : (
        <details class="no-print">
          <summary>{CASE.mayNot[language]} ({mayNot.length})</summary>
          <dl>
            {mayNot.map(({ command, reasons }) => (
              <div key={command}><dt>{commandTitle(command)[language]}</dt><dd>{reasons.map(({ message }) => sayDatesIn(message[language], language)).join(' ')}</dd></div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}

function Parked({ view, person, language }: { readonly view: AdhesionView; readonly person: SignedOn; readonly language: Language }): VNode {
  return (
    <>
      <h2>{CASE.parked[language]}</h2>
      {view.parked.map(({ commandId, type, receivedAt }) => (
        <div class="sheet" key={commandId}>
          <p><strong>{capital(commandTitle(type)[language])}</strong></p>
          <p class="small muted">{CASE.received[language]} {sayInstant(receivedAt, language)}</p>
          {person.role === 'auditor' ? null : (
            <form method="post" action={`/pratiche/${view.id}/in-attesa`}>
              <input type="hidden" name="csrf" value={person.csrf} />
              <input type="hidden" name="commandId" value={commandId} />
              <button type="submit" class="btn btn-outline-primary btn-sm">{CASE.withdraw[language]}<span class="visually-hidden">: {commandTitle(type)[language]}</span></button>
            </form>
          )}
        </div>
      ))}
    </>
  );
}
