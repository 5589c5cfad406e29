import type { VNode } from 'preact';
import type { MigrationView } from '../../domain/migration/index.ts';
import { migrationStage } from '../../domain/migration/words.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import type { CivilDate } from '../../domain/shared/civil-date.ts';
import { optionInWords } from '../words/codes.ts';
import { sayDate, sayEuros, sayInstant } from '../words/dates.ts';
import { GATES, MIGRATION_PAGE } from '../words/migration.ts';
import { wordOf } from '../words/say.ts';
import { saySentence } from '../words/sentences.ts';
import { serviceTitle } from '../words/services.ts';
import { Chart } from './chart.tsx';
import type { ChartRow } from './chart-rows.ts';

interface Parts {
  readonly view: MigrationView;
  readonly language: Language;
}

/** The gates of the way, each with what it still needs. */
export function Gates({ view: { gates }, language }: Parts): VNode {
  return (
    <>
      <h2>{MIGRATION_PAGE.gates[language]}</h2>
      <ol class="gates">
        {gates.map(({ gate, open, reasons }) => (
          <li key={gate}>
            {wordOf(GATES, gate, language)} <span class={open ? 'tag mine' : 'tag'}>{open ? `✓ ${MIGRATION_PAGE.open[language]}` : MIGRATION_PAGE.shut[language]}</span>
            {reasons.length === 0 ? null : <ul>{reasons.map(({ message }) => <li key={message.it}>{saySentence(message[language], language)}</li>)}</ul>}
          </li>
        ))}
      </ol>
    </>
  );
}

/** The services that it depends on, each with how its migration stands. */
export function Dependencies({ view: { adhesion, dependencies }, language }: Parts): VNode | null {
  if (dependencies.length === 0) return null;
  return (
    <>
      <h2>{MIGRATION_PAGE.dependencies[language]}</h2>
      <ul>
        {dependencies.map(({ service, state }) => {
          const title = serviceTitle(service)[language];
          return <li key={service}>{state === null ? `${title}: ${MIGRATION_PAGE.neverRequested[language]}` : <><a href={`/migrazioni/${adhesion}.${service}`}>{title}</a>: {migrationStage(state)[language]}</>}</li>;
        })}
      </ul>
    </>
  );
}

/** The days of the plan beside those on which it happened, and what else it says. */
export function Plan({ view, texts, rows, today, language }: Parts & { readonly texts: ReadonlyMap<string, string>; readonly rows: readonly ChartRow[]; readonly today: CivilDate }): VNode {
  const { schedule } = view;
  if (schedule === null) return <><h2>{MIGRATION_PAGE.plan[language]}</h2><p>{MIGRATION_PAGE.noPlan[language]}</p></>;
  const rollback = texts.get(schedule.rollback.textId);
  const facts: readonly (readonly [string, string])[] = [
    [MIGRATION_PAGE.approved[language], schedule.approvedOn === null ? MIGRATION_PAGE.notYet[language] : sayDate(schedule.approvedOn, language)],
    [MIGRATION_PAGE.cost[language], sayEuros(schedule.costCents, language)],
    ...(schedule.committedCents === null ? [] : [[MIGRATION_PAGE.committed[language], sayEuros(schedule.committedCents, language)] as const]),
    ...(schedule.dataClass === null ? [] : [[MIGRATION_PAGE.dataClass[language], optionInWords('dataClass', schedule.dataClass, language)] as const]),
    ...(rollback === undefined ? [] : [[MIGRATION_PAGE.rollbackPlan[language], rollback] as const]),
  ];
  return (
    <>
      <h2>{MIGRATION_PAGE.plan[language]}</h2>
      <Chart rows={rows} today={today} language={language} />
      <dl class="facts">{facts.map(([term, text]) => <div key={term}><dt>{term}</dt><dd class="lines">{text}</dd></div>)}</dl>
    </>
  );
}

/** The window that is set, the next one that is free, and what is to be kept away from. */
export function Windows({ view: { windows }, language }: Parts): VNode | null {
  if (windows.length === 0) return null;
  const scheduled = windows.find(({ kind }) => kind === 'SCHEDULED');
  const forbidden = windows.filter(({ kind }) => kind === 'FORBIDDEN');
  const preferred = windows.find(({ kind }) => kind === 'PREFERRED');
  return (
    <>
      <h2>{MIGRATION_PAGE.windows[language]}</h2>
      {scheduled === undefined ? null : <p><strong>{MIGRATION_PAGE.scheduled[language]}:</strong> {sayInstant(scheduled.from, language)} – {sayInstant(scheduled.to, language)}.</p>}
      {scheduled === undefined || scheduled.reasons.length === 0 ? null : (
        <div class="notice warn"><p>{MIGRATION_PAGE.conflicts[language]}</p><ul>{scheduled.reasons.map(({ message }) => <li key={message.it}>{saySentence(message[language], language)}</li>)}</ul></div>
      )}
      {preferred === undefined ? null : preferred.reasons.map(({ message }) => <p key={message.it}>{saySentence(message[language], language)}</p>)}
      {forbidden.length === 0 ? null : (
        <details>
          <summary>{MIGRATION_PAGE.forbidden[language]} ({forbidden.length})</summary>
          <ul>{forbidden.flatMap(({ reasons }) => reasons).map(({ message }) => <li key={message.it}>{saySentence(message[language], language)}</li>)}</ul>
        </details>
      )}
    </>
  );
}
