import type { VNode } from 'preact';
import type { Language } from '../../domain/shared/bilingual.ts';
import { capital } from '../../domain/shared/bilingual.ts';
import { BODY_TYPE_NAMES } from '../../domain/shared/body-types.ts';
import { Pager } from '../frame/pager.tsx';
import { CASE } from '../words/case.ts';
import { LETTERS, PARTIES, PHASES, type PhaseOrNone } from '../words/codes.ts';
import { sayNumber } from '../words/dates.ts';
import { wordOf } from '../words/say.ts';
import { CHANGES_WORDS } from '../words/territory-changes.ts';
import { TERRITORY } from '../words/territory.ts';
import { SavedViews, type SavedViewsParts } from './views.tsx';
import { queryOf, ROWS_A_PAGE, type Filter, type Row, type Sort } from './list.ts';

/** So many tiles a page may hold; of more comuni those of the page of the list are shown. */
const MOST_TILES = 400;

export interface TerritoryParts {
  readonly all: readonly Row[];
  readonly rows: readonly Row[];
  readonly filter: Filter;
  readonly mayStart: boolean;
  readonly language: Language;
  /** Of the one who looks. */
  readonly saved: Pick<SavedViewsParts, 'views' | 'csrf' | 'fault'>;
}

/** The rows that a page shows, as tiles or in its table. */
export function shownRows(rows: readonly Row[], filter: Filter): readonly Row[] {
  return rows.length <= MOST_TILES ? rows : pageOf(rows, filter);
}

export function TerritoryPage(parts: TerritoryParts): VNode {
  const { rows, filter, language } = parts;
  const paged = rows.length > MOST_TILES;
  const pages = Math.ceil(rows.length / ROWS_A_PAGE);
  return (
    <>
      <Legend {...parts} />
      <Filters filter={filter} language={language} />
      <SavedViews {...parts.saved} filter={filter} language={language} />
      <p role="status">{foundInWords(rows, language)}</p>
      {rows.length === 0 ? <p>{TERRITORY.none[language]}</p> : (
        <>
          <h2>{TERRITORY.tiles[language]}</h2>
          {paged ? <p class="small muted">{TERRITORY.tilesPaged[language]}</p> : null}
          <Tiles rows={shownRows(rows, filter)} mayStart={parts.mayStart} language={language} />
          <h2 id="elenco">{TERRITORY.table[language]}</h2>
          <p><a href="/territorio/variazioni">{CHANGES_WORDS.title[language]}</a></p>
          <p><a href={`/territorio.csv${queryOf(filter)}`} download>{TERRITORY.csv[language]}</a></p>
          <List {...parts} />
          <Pager page={Math.min(filter.page, pages)} pages={pages} to={(page) => `/territorio${queryOf(filter, { page })}#elenco`} label={TERRITORY.pages[language]} language={language} />
        </>
      )}
    </>
  );
}

/** Comuni are counted apart from other bodies. */
function foundInWords(rows: readonly Row[], language: Language): string {
  const comuni = rows.filter(({ bodyType }) => bodyType === 'COMUNE').length;
  const others = rows.length - comuni;
  const found = `${sayNumber(comuni, language)} ${TERRITORY.found[language]}`;
  return others === 0 ? found : `${found}, ${sayNumber(others, language)} ${(others === 1 ? TERRITORY.otherBody : TERRITORY.otherBodies)[language]}`;
}

function Legend({ all, filter, language }: TerritoryParts): VNode {
  const comuni = all.filter(({ bodyType }) => bodyType === 'COMUNE');
  const people = comuni.reduce((sum, { population }) => sum + population, 0);
  const entry = (phase: PhaseOrNone) => {
    const rows = comuni.filter((row) => row.phase === phase);
    const share = people === 0 ? 0 : rows.reduce((sum, { population }) => sum + population, 0) / people;
    return { phase, count: rows.length, share: sayNumber(share * 100, language) };
  };
  const phases = (Object.keys(PHASES) as PhaseOrNone[]).map(entry);
  return (
    <>
      <h2>{TERRITORY.legend[language]}</h2>
      <p class="small muted">{TERRITORY.legendNote[language]}</p>
      <ul class="phases">
        {phases.map(({ phase, count, share }) => (
          <li key={phase} class={`ph-${phase}`}>
            <a href={`/territorio${queryOf(filter, { phase: filter.phase === phase ? null : phase })}`} aria-current={filter.phase === phase ? 'true' : undefined}>
              <span class="letter" aria-hidden="true">{LETTERS[phase]}</span>
              <span><strong>{wordOf(PHASES, phase, language)}</strong><br /><span class="small">{count} · {share}%</span></span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

function Filters({ filter, language }: { readonly filter: Filter; readonly language: Language }): VNode {
  return (
    <form method="get" action="/territorio" role="search" class="filters" aria-label={TERRITORY.filter[language]}>
      <div class="field"><label for="t-q">{TERRITORY.text[language]}</label><input id="t-q" name="q" type="search" maxLength={100} value={filter.q} /></div>
      <div class="field">
        <label for="t-phase">{TERRITORY.phase[language]}</label>
        <select id="t-phase" name="fase">
          <option value="">{TERRITORY.all[language]}</option>
          {Object.keys(PHASES).map((phase) => <option key={phase} value={phase} selected={filter.phase === phase}>{wordOf(PHASES, phase, language)}</option>)}
        </select>
      </div>
      <div class="field">
        <label for="t-party">{TERRITORY.waitingFor[language]}</label>
        <select id="t-party" name="attesa">
          <option value="">{TERRITORY.anyone[language]}</option>
          {Object.keys(PARTIES).map((party) => <option key={party} value={party} selected={filter.waitingFor === party}>{capital(wordOf(PARTIES, party, language))}</option>)}
        </select>
      </div>
      <div class="field">
        <label for="t-late">{TERRITORY.late[language]}</label>
        <select id="t-late" name="ritardo">
          <option value="">{TERRITORY.all[language]}</option>
          <option value="si" selected={filter.late === true}>{TERRITORY.onlyLate[language]}</option>
          <option value="no" selected={filter.late === false}>{TERRITORY.notLate[language]}</option>
        </select>
      </div>
      {filter.sort === 'name' ? null : <input type="hidden" name="ordine" value={filter.sort} />}
      {filter.descending ? <input type="hidden" name="verso" value="giu" /> : null}
      <div class="actions mt-0">
        <button type="submit" class="btn btn-primary">{TERRITORY.filter[language]}</button>
        <a class="btn btn-outline-secondary" href="/territorio">{TERRITORY.reset[language]}</a>
      </div>
    </form>
  );
}

function Tiles({ rows, mayStart, language }: { readonly rows: readonly Row[]; readonly mayStart: boolean; readonly language: Language }): VNode {
  return (
    <ul class="tiles">
      {rows.map(({ ipaCode, name, bodyType, phase, late, caseId }) => {
        const kind = bodyType === 'COMUNE' ? '' : `${BODY_TYPE_NAMES[bodyType][language]}, `;
        const words = `${kind}${wordOf(PHASES, phase, language)}${late ? `, ${CASE.late[language].toLowerCase()}` : ''}`;
        const inside = <><span class="letter" aria-hidden="true">{LETTERS[phase]}</span><span>{name}{late ? <strong aria-hidden="true"> !</strong> : null}<span class="visually-hidden">: {words}</span></span></>;
        const href = caseId !== null ? `/pratiche/${caseId}` : mayStart ? `/territorio/${ipaCode}/avvio` : `/territorio?q=${ipaCode}`;
        return <li key={ipaCode} class={`ph-${phase}`}><a href={href}>{inside}</a></li>;
      })}
    </ul>
  );
}

function List({ rows, filter, mayStart, language }: TerritoryParts): VNode {
  return (
    <table class="table stack">
      <caption class="visually-hidden">{TERRITORY.table[language]}</caption>
      <thead>
        <tr>
          <Head sort="name" filter={filter} language={language} text={TERRITORY.name[language]} />
          <Head sort="population" filter={filter} language={language} text={TERRITORY.population[language]} />
          <Head sort="phase" filter={filter} language={language} text={TERRITORY.phase[language]} />
          <th scope="col">{TERRITORY.waitingFor[language]}</th>
          <th scope="col">{TERRITORY.case[language]}</th>
        </tr>
      </thead>
      <tbody>
        {pageOf(rows, filter).map(({ ipaCode, name, bodyType, population, phase, waitingFor, late, caseId }) => (
          <tr key={ipaCode}>
            <th scope="row">{name} <span class="small muted">{bodyType === 'COMUNE' ? '' : `${BODY_TYPE_NAMES[bodyType][language]}, `}{ipaCode}</span></th>
            <td data-label={TERRITORY.population[language]}>{sayNumber(population, language)}</td>
            <td data-label={TERRITORY.phase[language]}>{wordOf(PHASES, phase, language)} {late ? <span class="tag late">{CASE.late[language]}</span> : null}</td>
            <td data-label={TERRITORY.waitingFor[language]}>{waitingFor.length === 0 ? '–' : waitingFor.map((party) => wordOf(PARTIES, party, language)).join(', ')}</td>
            <td data-label={TERRITORY.case[language]}>
              {caseId === null ? null : <a href={`/pratiche/${caseId}`}>{caseId}</a>}{' '}
              {mayStart && (caseId === null || phase === 'CLOSED') ? <a href={`/territorio/${ipaCode}/avvio`}>{TERRITORY.start[language]}<span class="visually-hidden">: {name}</span></a> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Head({ sort, filter, language, text }: { readonly sort: Sort; readonly filter: Filter; readonly language: Language; readonly text: string }): VNode {
  const isSorted = filter.sort === sort;
  const descending = isSorted && !filter.descending;
  return (
    <th scope="col" aria-sort={isSorted ? (filter.descending ? 'descending' : 'ascending') : undefined}>
      <a href={`/territorio${queryOf(filter, { sort, descending })}#elenco`}><span class="visually-hidden">{TERRITORY.sortBy[language]} </span>{text}{isSorted ? <span aria-hidden="true">{filter.descending ? ' ↓' : ' ↑'}</span> : null}</a>
    </th>
  );
}

function pageOf(rows: readonly Row[], { page }: Filter): readonly Row[] {
  const last = Math.max(1, Math.ceil(rows.length / ROWS_A_PAGE));
  const from = (Math.min(page, last) - 1) * ROWS_A_PAGE;
  return rows.slice(from, from + ROWS_A_PAGE);
}
