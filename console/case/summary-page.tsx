import type { VNode } from 'preact';
import type { AdhesionView } from '../../domain/adhesion/index.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import type { CivilDate, Instant } from '../../domain/shared/civil-date.ts';
import { CASE } from '../words/case.ts';
import { sayInstant } from '../words/dates.ts';
import { Agreement, Owed, Referents, Standing, Timeline } from './parts.tsx';
import type { Step } from './timeline.ts';

/** The case on paper: how it stands, its way, whose turn it is; nothing to press. */
export function SummaryPage({ view, steps, persons, language, today, now }: {
  readonly view: AdhesionView; readonly steps: readonly Step[]; readonly persons: ReadonlyMap<string, string>; readonly language: Language; readonly today: CivilDate; readonly now: Instant;
}): VNode {
  return (
    <>
      <p>{view.name ?? view.body} ({view.body}) · {sayInstant(now, language)}</p>
      <p class="no-print notice">{CASE.summaryHint[language]}</p>
      <Standing view={view} language={language} />
      <h2>{CASE.whose[language]}</h2>
      {view.waitingFor.length === 0 ? <p>{CASE.nobody[language]}</p> : null}
      <ul class="plain">{view.waitingFor.map((item) => <li key={`${item.who} ${item.what} ${item.since}`}><Owed item={item} language={language} today={today} now={now} /></li>)}</ul>
      <h2>{CASE.timeline[language]}</h2>
      <Timeline steps={steps} language={language} />
      <h2>{CASE.convention[language]}</h2>
      <Agreement view={view} persons={persons} language={language} />
      <h2>{CASE.referents[language]}</h2>
      <Referents view={view} persons={persons} language={language} />
    </>
  );
}
