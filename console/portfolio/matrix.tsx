import type { VNode } from 'preact';
import type { PortfolioRow } from '../../api/cases/portfolio.ts';
import type { Service } from '../../domain/catalogue/schemas.ts';
import { migrationStage } from '../../domain/migration/words.ts';
import { groupOf, letterOf, LETTERED_STATES } from '../../domain/portfolio/letters.ts';
import { capital, type Language } from '../../domain/shared/bilingual.ts';
import { sayNumber } from '../words/dates.ts';
import { PORTFOLIO } from '../words/portfolio.ts';

export interface MatrixFilter {
  readonly service: string | null;
  readonly state: string | null;
}

export interface MatrixParts {
  readonly rows: readonly PortfolioRow[];
  /** The catalogue, for names and the filter. */
  readonly services: readonly Service[];
  readonly filter: MatrixFilter;
  /** Whether all comuni are seen, and so files and plans. */
  readonly seesAll: boolean;
  readonly language: Language;
}

/** Comuni by services: a table that scrolls by itself, and on a narrow screen a list for each comune. */
export function MatrixPage({ rows, services, filter, seesAll, language }: MatrixParts): VNode {
  const asked = new Set(rows.flatMap(({ cells }) => cells.map(({ service }) => service)));
  const columns = services.filter(({ service }) => asked.has(service));
  const shown = rows.filter(({ cells }) => cells.length > 0);
  return (
    <>
      <ul class="links">
        <li><a href="/portafoglio/calendario">{PORTFOLIO.calendar[language]}</a></li>
        {seesAll ? <li><a href="/portafoglio/piano">{PORTFOLIO.plan[language]}</a></li> : null}
      </ul>
      <Filters services={services} filter={filter} language={language} />
      <p role="status">{PORTFOLIO.withServices[language]}: {sayNumber(shown.length, language)}</p>
      {shown.length === 0 ? <p>{PORTFOLIO.none[language]}</p> : (
        <>
          <Legend rows={shown} language={language} />
          <h2>{PORTFOLIO.matrix[language]}</h2>
          {seesAll ? <p><a href={`/portafoglio.csv${matrixQuery(filter)}`} download>{PORTFOLIO.csv[language]}</a></p> : null}
          <Matrix rows={shown} columns={columns} language={language} />
        </>
      )}
    </>
  );
}

/** The filter as an address says it. */
export function matrixQuery({ service, state }: MatrixFilter): string {
  const query = new URLSearchParams({ ...(service === null ? {} : { servizio: service }), ...(state === null ? {} : { stato: state }) }).toString();
  return query === '' ? '' : `?${query}`;
}

function Filters({ services, filter, language }: Pick<MatrixParts, 'services' | 'filter' | 'language'>): VNode {
  return (
    <form method="get" action="/portafoglio" role="search" class="filters" aria-label={PORTFOLIO.filter[language]}>
      <div class="field">
        <label for="p-service">{PORTFOLIO.service[language]}</label>
        <select id="p-service" name="servizio">
          <option value="">{PORTFOLIO.all[language]}</option>
          {services.map(({ service, title }) => <option key={service} value={service} selected={filter.service === service}>{title[language]}</option>)}
        </select>
      </div>
      <div class="field">
        <label for="p-state">{PORTFOLIO.state[language]}</label>
        <select id="p-state" name="stato">
          <option value="">{PORTFOLIO.all[language]}</option>
          {LETTERED_STATES.map((state) => <option key={state} value={state} selected={filter.state === state}>{capital(migrationStage(state)[language])}</option>)}
        </select>
      </div>
      <div class="actions mt-0">
        <button type="submit" class="btn btn-primary">{PORTFOLIO.filter[language]}</button>
        <a class="btn btn-outline-secondary" href="/portafoglio">{PORTFOLIO.reset[language]}</a>
      </div>
    </form>
  );
}

function Legend({ rows, language }: Pick<MatrixParts, 'rows' | 'language'>): VNode {
  const cells = rows.flatMap((row) => row.cells);
  const known = LETTERED_STATES.filter((state) => cells.some((cell) => cell.state === state));
  return (
    <>
      <h2>{PORTFOLIO.legend[language]}</h2>
      <ul class="legend">
        {known.map((state) => <li key={state} class={`mg-${groupOf(state)}`}><span class="letter">{letterOf(state)}</span> {capital(migrationStage(state)[language])} <span class="muted">({sayNumber(cells.filter((cell) => cell.state === state).length, language)})</span></li>)}
        {cells.some(({ late }) => late) ? <li><strong>!</strong> {capital(PORTFOLIO.late[language])}</li> : null}
      </ul>
    </>
  );
}

function Matrix({ rows, columns, language }: { readonly rows: readonly PortfolioRow[]; readonly columns: readonly Service[]; readonly language: Language }): VNode {
  return (
    <div class="matrix-frame" tabIndex={0} role="region" aria-label={PORTFOLIO.matrix[language]}>
      <table class="matrix">
        <caption class="visually-hidden">{PORTFOLIO.matrix[language]}</caption>
        <thead><tr><th scope="col">{PORTFOLIO.comune[language]}</th>{columns.map(({ service, title }) => <th scope="col" key={service}><a href={`/catalogo/${service}`}>{title[language]}</a></th>)}</tr></thead>
        <tbody>
          {rows.map(({ body, name, adhesion, cells }) => (
            <tr key={body}>
              <th scope="row">{adhesion === null ? name : <a href={`/pratiche/${adhesion}`}>{name}</a>}</th>
              {columns.map(({ service, title }) => {
                const cell = cells.find((one) => one.service === service);
                if (cell === undefined) return <td key={service} class="nothing" />;
                const words = `${migrationStage(cell.state)[language]}${cell.late ? `, ${PORTFOLIO.late[language]}` : ''}`;
                return (
                  <td key={service} class={`mg-${groupOf(cell.state)}`}>
                    <a href={`/migrazioni/${cell.migration}`}>
                      <span class="letter" aria-hidden="true">{letterOf(cell.state)}{cell.late ? '!' : ''}</span>
                      <span class="words">{title[language]}: {words}</span>
                    </a>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
