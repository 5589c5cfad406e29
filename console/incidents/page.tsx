import type { VNode } from 'preact';
import { INCIDENT_KINDS as KINDS, type Incident, type IncidentKind } from '../../api/cases/incidents.ts';
import { migrationStage } from '../../domain/migration/words.ts';
import { capital, type Language } from '../../domain/shared/bilingual.ts';
import { Effect } from '../migrations/running.tsx';
import { PARTIES } from '../words/codes.ts';
import { whatInWords } from '../words/commands.ts';
import { sayDate, sayInstant } from '../words/dates.ts';
import { INCIDENT_KINDS, INCIDENTS } from '../words/incidents.ts';
import { DEFECT_STATES, MIGRATION_PAGE } from '../words/migration.ts';
import { wordOf } from '../words/say.ts';
import { serviceTitle } from '../words/services.ts';

/** An incident, and what its reader may send about it. */
export interface ShownIncident {
  readonly incident: Incident;
  readonly bodyName: string;
  /** Commands that may be sent now. */
  readonly open: ReadonlySet<string>;
}

export interface IncidentsParts {
  readonly incidents: readonly ShownIncident[];
  readonly kind: IncidentKind | undefined;
  /** Address of the next page; null: this is the last. */
  readonly next: string | null;
  readonly language: Language;
}

/** What is wrong with migrations now, each with the ways on. */
export function IncidentsPage({ incidents, kind, next, language }: IncidentsParts): VNode {
  return (
    <>
      <p>{INCIDENTS.intro[language]}</p>
      <form method="get" action="/incidenti" class="filters">
        <div class="field">
          <label for="f-tipo">{INCIDENTS.kind[language]}</label>
          <select id="f-tipo" name="tipo">
            <option value="">{INCIDENTS.all[language]}</option>
            {KINDS.map((one) => <option key={one} value={one} selected={one === kind}>{wordOf(INCIDENT_KINDS, one, language)}</option>)}
          </select>
        </div>
        <div><button type="submit" class="btn btn-outline-primary">{INCIDENTS.show[language]}</button></div>
      </form>
      {incidents.length === 0 ? <p class="notice done">{kind === undefined ? INCIDENTS.well[language] : INCIDENTS.wellOfKind[language]}</p> : <h2>{INCIDENTS.open[language]}</h2>}
      {incidents.map((shown) => <One key={shown.incident.id} {...shown} language={language} />)}
      {next === null ? null : <p><a href={next}>{INCIDENTS.more[language]}</a></p>}
    </>
  );
}

function One({ incident: { id, service, state, kinds, effects, defects, overdue }, bodyName, open, language }: ShownIncident & { readonly language: Language }): VNode {
  const path = `/migrazioni/${id}`;
  return (
    <section class="incident">
      <h3><a href={path}>{serviceTitle(service)[language]} · {bodyName}</a></h3>
      <p>{capital(migrationStage(state)[language])}. {kinds.map((kind) => <span class={kind === 'EFFECT_WAITING' ? 'tag' : 'tag late'} key={kind}>{wordOf(INCIDENT_KINDS, kind, language)}</span>)}</p>
      {effects.map((effect) => <Effect key={effect.key} effect={effect} path={path} open={open} language={language} />)}
      {defects.length === 0 ? null : (
        <ul>{defects.map(({ defectNo, state: standing, reportedAt, dueAt }) => (
          <li key={defectNo}>{defectNo}: {wordOf(DEFECT_STATES, standing, language).toLowerCase()}, {MIGRATION_PAGE.reported[language].toLowerCase()} {sayInstant(reportedAt, language)}{dueAt === null ? '' : `; ${MIGRATION_PAGE.dueBy[language].toLowerCase()} ${sayInstant(dueAt, language)}`}</li>
        ))}</ul>
      )}
      {overdue.length === 0 ? null : (
        <ul>{overdue.map(({ who, what, dueOn }) => <li key={`${who} ${what} ${dueOn}`}>{capital(wordOf(PARTIES, who, language))}: {whatInWords(what)[language]} ({INCIDENTS.overdue[language].toLowerCase()}: {sayDate(dueOn, language)})</li>)}</ul>
      )}
      {open.has('RollBack') ? <p><a href={`${path}/comandi/RollBack`}>{MIGRATION_PAGE.rollBack[language]}<span class="visually-hidden">: {serviceTitle(service)[language]}, {bodyName}</span></a></p> : null}
    </section>
  );
}
