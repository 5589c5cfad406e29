import type { VNode } from 'preact';
import type { News } from '../../db/queries/news.ts';
import { caseId } from '../../domain/processes.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { EVENTS } from '../words/events.ts';
import { sayInstant } from '../words/dates.ts';
import { wordOf } from '../words/say.ts';
import { TODAY } from '../words/today.ts';

/** What a person has not read yet. */
export interface Reading {
  /** Since when; null: it is the first visit. */
  readonly readAt: string | null;
  readonly news: News;
  /** Position up to which all of it is read, when the person says so. */
  readonly upTo: string;
}

export const MOST_NEWS = 20;

/** Changes by case, in words. */
export function NewsList({ reading: { readAt, news: { items, total }, upTo }, csrf, nameOf, language }: { readonly reading: Reading; readonly csrf: string; readonly nameOf: (body: string) => string; readonly language: Language }): VNode {
  return (
    <>
      <h2 id="novita-lista">{TODAY.news[language]}{total === 0 ? '' : ` (${total})`}</h2>
      {readAt === null ? <p>{TODAY.firstVisit[language]}</p> : <p class="small muted">{TODAY.newsSince[language].replace('{when}', sayInstant(readAt, language))}</p>}
      {readAt !== null && total === 0 ? <p>{TODAY.noNews[language]}</p> : null}
      {items.length === 0 ? null : (
        <>
          <ul class="changes">
            {items.map(({ stream, types, lastAt }) => {
              const id = caseId(stream);
              return (
                <li key={id} id={`novita-${id}`}>
                  <a href={`/pratiche/${id}`}>{nameOf(id.slice(0, id.indexOf('-')))}</a>: {types.map((type) => wordOf(EVENTS, type, language)).join('; ')}{' '}
                  <span class="small muted">({sayInstant(lastAt, language)})</span>
                </li>
              );
            })}
          </ul>
          {total > items.length ? <p>{TODAY.newsMore[language].replace('{n}', String(total - items.length))}</p> : null}
          <form method="post" action="/oggi/letto">
            <input type="hidden" name="csrf" value={csrf} />
            <input type="hidden" name="cursor" value={upTo} />
            <button type="submit" class="btn btn-outline-primary">{TODAY.read[language]}</button>
          </form>
        </>
      )}
    </>
  );
}
