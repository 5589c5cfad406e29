import type { VNode } from 'preact';
import { ADHESION } from '../../api/cases/kinds.ts';
import type { AdhesionView } from '../../domain/adhesion/index.ts';
import { capital, type Language } from '../../domain/shared/bilingual.ts';
import type { CivilDate, Instant } from '../../domain/shared/civil-date.ts';
import type { AllowedItem, Party, Waiting } from '../../domain/shared/process.ts';
import type { SignedOn } from '../frame/visit.ts';
import type { Service } from '../../domain/catalogue/schemas.ts';
import { Services } from '../migrations/page.tsx';
import { ServiceTurns, serviceTurns, type ServiceTurn } from '../migrations/turns.tsx';
import type { ListedMigration } from '../migrations/reading.ts';
import { DIFFERENCES, HISTORY, MANDATES, READS } from '../words/audit.ts';
import { CASE, SENDING } from '../words/case.ts';
import { DPA_STATES } from '../words/codes.ts';
import { commandQuestion, commandTitle } from '../words/commands.ts';
import { sayInstant } from '../words/dates.ts';
import { EVENTS } from '../words/events.ts';
import { PROCESSING } from '../words/processing.ts';
import { wordOf } from '../words/say.ts';
import { WHY } from '../words/why.ts';
import { Acts, type StoredActs } from './acts.tsx';
import { Commands, Recorded } from './commands-list.tsx';
import { pathOfForm } from './commands.ts';
import { Agreement, Owed, Referents, Standing, Timeline } from './parts.tsx';
import type { Correction } from './correcting.ts';
import { LineageNotice } from './lineage.tsx';
import type { Step } from './timeline.ts';
import { whyLinks, type WhyBeside } from './why-link.tsx';

export interface CasePageParts {
  readonly view: AdhesionView;
  readonly steps: readonly Step[];
  /** Documents that the steps rest on. */
  readonly acts: StoredActs;
  /** Facts that the reader may correct now. */
  readonly corrections: readonly Correction[];
  readonly allowed: readonly AllowedItem[];
  readonly migrations: readonly ListedMigration[];
  /** Services that may be requested. */
  readonly offered: readonly Service[];
  readonly persons: ReadonlyMap<string, string>;
  readonly person: SignedOn;
  readonly language: Language;
  readonly today: CivilDate;
  readonly now: Instant;
  /** Events of the command that has just been recorded; null: none was. */
  readonly recorded: readonly string[] | null;
}

const OWN_PARTY: Readonly<Record<SignedOn['role'], Party | null>> = { operator: 'OPERATOR', member: 'MEMBER', auditor: null };

export function CasePage(parts: CasePageParts): VNode {
  const { view, steps, acts, corrections, allowed, migrations, offered, persons, person, language, today, now, recorded } = parts;
  const open = new Set(allowed.filter((item) => item.allowed).map(({ command }) => command));
  const own = view.waitingFor.filter(({ who }) => who === OWN_PARTY[person.role]);
  const others = view.waitingFor.filter(({ who }) => who !== OWN_PARTY[person.role]);
  const ofServices = serviceTurns(migrations);
  const servicesOwn = ofServices.filter(({ item }) => item.who === OWN_PARTY[person.role]);
  const servicesOthers = ofServices.filter((turn) => !servicesOwn.includes(turn));
  // What a comune has to do itself stands above, as questions.
  const [listed, servicesListed] = person.role === 'member' ? [others, servicesOthers] : [[...own, ...others], [...servicesOwn, ...servicesOthers]];
  const path = `/pratiche/${view.id}`;
  const why = whyLinks({ path, view, language });
  return (
    <>
      {recorded === null ? null : <Recorded events={recorded} language={language} />}
      <LineageNotice view={view} language={language} />
      <Standing view={view} language={language} why={why} />
      {person.role === 'member' ? <Guided own={own} services={servicesOwn} view={view} open={open} language={language} today={today} now={now} why={why} /> : null}
      <h2>{person.role === 'member' ? CASE.agencyOwes[language] : CASE.whose[language]}</h2>
      {listed.length + servicesListed.length === 0 ? <p>{CASE.nobody[language]}</p> : null}
      {listed.map((item) => (
        <div class="sheet" key={`${item.who} ${item.what} ${item.since}`}>
          {own.includes(item) ? <p><span class="tag mine">{CASE.yours[language]}</span></p> : null}
          <Owed item={item} language={language} today={today} now={now} why={why} />
          {own.includes(item) ? <RecordLink id={view.id} command={item.what} open={open} language={language} /> : null}
        </div>
      ))}
      <ServiceTurns turns={servicesListed} own={OWN_PARTY[person.role]} language={language} today={today} />
      {person.role === 'auditor' ? null : <Commands path={`/pratiche/${view.id}`} kind={ADHESION} allowed={allowed} language={language} />}
      <h2>{CASE.timeline[language]}</h2>
      <Timeline steps={steps} language={language} why={why} below={(step) => (
        <>
          <Then path={path} step={step} language={language} />
          <Acts path={`/pratiche/${view.id}`} digests={step.acts ?? []} stored={acts} language={language} short />
          <Corrections id={view.id} corrections={corrections.filter(({ command }) => step.by?.includes(command) === true)} language={language} />
        </>
      )} />
      <OtherCorrections id={view.id} corrections={corrections.filter(({ command }) => !steps.some(({ by }) => by?.includes(command) === true))} language={language} />
      {view.parked.length === 0 ? null : <Parked view={view} person={person} language={language} />}
      <h2>{CASE.convention[language]}</h2>
      <Agreement view={view} persons={persons} language={language} why={why} />
      <h2>{CASE.dpa[language]}</h2>
      <p>{wordOf(DPA_STATES, view.dpa.state, language)}.{why('dpa.state')}</p>
      <h2>{CASE.referents[language]}</h2>
      <Referents view={view} persons={persons} language={language} why={why} />
      <Services path={`/pratiche/${view.id}`} migrations={migrations} offered={offered} allowed={allowed} language={language} />
      <h2>{CASE.events[language]}</h2>
      <ul>
        <li><a href={`/pratiche/${view.id}/eventi`}>{CASE.eventsLink[language]}</a></li>
        <li><a href={`/pratiche/${view.id}/trattamento`}>{PROCESSING.title[language]}</a></li>
        <li><a href={`/pratiche/${view.id}/documenti`}>{CASE.documents[language]}</a></li>
        <li><a href={`/pratiche/${view.id}/storia`}>{HISTORY.link[language]}</a></li>
        <li><a href={`/pratiche/${view.id}/perche`}>{WHY.link[language]}</a></li>
        <li><a href={`/pratiche/${view.id}/differenze`}>{DIFFERENCES.title[language]}</a></li>
        <li><a href={`/pratiche/${view.id}/mandati`}>{MANDATES.title[language]}</a></li>
        <li><a href={`/pratiche/${view.id}/letture`}>{READS.title[language]}</a></li>
        <li><a href={`/pratiche/${view.id}/riepilogo`}>{CASE.summary[language]}</a></li>
      </ul>
    </>
  );
}

/** The way to the case as it was after the act from which a step is known. */
function Then({ path, step: { standing, title, sentences }, language }: { readonly path: string; readonly step: Step; readonly language: Language }): VNode | null {
  const field = sentences.find((sentence) => sentence.field !== undefined)?.field;
  if (field === undefined || standing === 'open') return null;
  return <p class="small no-print"><a href={`${path}/storia?${new URLSearchParams({ campo: field }).toString()}`}>{capital(WHY.then[language])}<span class="visually-hidden">: {title[language]}</span></a></p>;
}

/** The ways to correct facts, each named by what it is and by its version. */
function Corrections({ id, corrections, language }: { readonly id: string; readonly corrections: readonly Correction[]; readonly language: Language }): VNode | null {
  if (corrections.length === 0) return null;
  return <ul class="plain small no-print">{corrections.map(({ version, type }) => <li key={version}><a href={`/pratiche/${id}/correzioni/${version}`}>{CASE.correct[language]}: {wordOf(EVENTS, type, language)} ({CASE.version[language].toLowerCase()} {version})</a></li>)}</ul>;
}

function OtherCorrections(parts: Parameters<typeof Corrections>[0]): VNode | null {
  return parts.corrections.length === 0 ? null : <><h3>{CASE.corrections[parts.language]}</h3><Corrections {...parts} /></>;
}

/** The next step of a comune as a question in plain words. */
function Guided({ own, services, view, open, language, today, now, why }: {
  readonly own: readonly Waiting[]; readonly services: readonly ServiceTurn[]; readonly view: AdhesionView; readonly open: ReadonlySet<string>; readonly language: Language; readonly today: CivilDate; readonly now: Instant; readonly why: WhyBeside;
}): VNode {
  return (
    <>
      <h2>{CASE.next[language]}</h2>
      {own.length + services.length === 0 ? <p>{CASE.nobody[language]}</p> : own.map((item) => (
        <div class="sheet" key={`${item.what} ${item.since}`}>
          <h3>{commandQuestion(item.what)[language]}</h3>
          <Owed item={item} language={language} today={today} now={now} why={why} />
          <RecordLink id={view.id} command={item.what} open={open} language={language} guided />
        </div>
      ))}
      <ServiceTurns turns={services} own="MEMBER" language={language} today={today} />
    </>
  );
}

function RecordLink({ id, command, open, language, guided = false }: { readonly id: string; readonly command: string; readonly open: ReadonlySet<string>; readonly language: Language; readonly guided?: boolean }): VNode | null {
  if (!open.has(command)) return null;
  const path = pathOfForm(`/pratiche/${id}`, command);
  if (path === null) return <p class="muted">{SENDING.notHere[language]}</p>;
  return (
    <>
      <p class="actions"><a class="btn btn-primary" href={path}>{guided ? CASE.yes[language] : commandTitle(command)[language]}</a></p>
      {guided ? <p class="small muted">{CASE.notYet[language]}</p> : null}
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
