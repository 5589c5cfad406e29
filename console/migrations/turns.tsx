import type { VNode } from 'preact';
import type { Bilingual, Language } from '../../domain/shared/bilingual.ts';
import type { CivilDate } from '../../domain/shared/civil-date.ts';
import type { Party, Waiting } from '../../domain/shared/process.ts';
import { Owed } from '../case/parts.tsx';
import { CASE } from '../words/case.ts';
import type { ListedMigration } from './reading.ts';

/** What somebody owes in a service of the case. */
export interface ServiceTurn {
  readonly id: string;
  readonly title: Bilingual;
  readonly item: Waiting;
}

/** Whose turn it is in each service that has begun, in the order in which they were asked for. */
export function serviceTurns(migrations: readonly ListedMigration[]): readonly ServiceTurn[] {
  return migrations.flatMap(({ id, title, view }) => (view?.waitingFor ?? []).map((item) => ({ id, title, item })));
}

/** The same among the turns of the case, each with the way to the page of its service. */
export function ServiceTurns({ turns, own, language, today }: {
  readonly turns: readonly ServiceTurn[]; readonly own: Party | null; readonly language: Language; readonly today: CivilDate;
}): VNode {
  return (
    <>
      {turns.map(({ id, title, item }) => (
        <div class="sheet" key={`${id} ${item.what} ${item.since} ${item.reasons[0]?.message.it ?? ''}`}>
          {item.who === own ? <p><span class="tag mine">{CASE.yours[language]}</span></p> : null}
          <p><a href={`/migrazioni/${id}`}>{title[language]}</a></p>
          <Owed item={item} language={language} today={today} />
        </div>
      ))}
    </>
  );
}
