import type { FastifyInstance } from 'fastify';
import type { VNode } from 'preact';
import { callerOf } from '../../api/auth/hook.ts';
import { MOST_HITS, SEARCH_GROUPS, searchCases, searchQuery, type SearchHit, type SearchResult } from '../../api/cases/search.ts';
import type { Context } from '../../api/context.ts';
import { parse } from '../../api/http/validation.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { sayReason } from '../../domain/shared/reason.ts';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { SEARCH, SEARCH_GROUP_NAMES } from '../words/audit.ts';
import { commandTitle } from '../words/commands.ts';
import { sayInstant } from '../words/dates.ts';
import { EVENTS } from '../words/events.ts';
import { wordOf } from '../words/say.ts';
import { asked, Labelled } from './fields.tsx';

/** One box for whatever somebody has in hand: what the interface answers under `/v1/searches`. */
export function searchRoute(app: FastifyInstance, context: Context, visits: Visits): void {
  app.get('/ricerca', HIDDEN, async (request, reply) => {
    const visit = await visits.of(request);
    const { language } = visit;
    const text = asked(request.query, 'q');
    const parsed = text === '' ? null : parse(searchQuery, { q: text });
    const error = parsed !== null && 'reasons' in parsed ? parsed.reasons.map((reason) => sayReason(reason, language).message.replace(' q ', ` «${SEARCH.text[language]}» `)).join(' ') : undefined;
    const result = parsed !== null && 'data' in parsed ? await searchCases(context, callerOf(request), parsed.data.q) : null;
    return sendPage(reply, visit, {
      title: SEARCH.title[language], section: 'search', status: error === undefined ? 200 : 400,
      main: <SearchPage text={text} error={error} result={result} language={language} />,
    });
  });
}

function SearchPage({ text, error, result, language }: { readonly text: string; readonly error: string | undefined; readonly result: SearchResult | null; readonly language: Language }): VNode {
  return (
    <>
      <form method="get" action="/ricerca" role="search">
        <Labelled id="f-q" label={SEARCH.text[language]} help={SEARCH.help[language]} error={error} control={(tied) => (
          <input {...tied} name="q" type="search" maxLength={300} autocomplete="off" value={text} autofocus={error !== undefined} />
        )} />
        <button type="submit" class="btn btn-primary">{SEARCH.find[language]}</button>
      </form>
      {result === null ? null : <Results text={text} result={result} language={language} />}
    </>
  );
}

function Results({ text, result: { items, more }, language }: { readonly text: string; readonly result: SearchResult; readonly language: Language }): VNode {
  const count = items.length === 0 ? SEARCH.none[language] : `${items.length}${more.length === 0 ? '' : '+'} ${(items.length === 1 ? SEARCH.foundOne : SEARCH.found)[language]}`;
  return (
    <>
      <p role="status" class="mt-4">{count} «{text}».</p>
      {items.length === 0 ? <p>{SEARCH.noneHelp[language]}</p> : null}
      {SEARCH_GROUPS.map((group) => {
        const hits = items.filter((hit) => hit.group === group);
        return hits.length === 0 ? null : (
          <section key={group}>
            <h2>{wordOf(SEARCH_GROUP_NAMES, group, language)}</h2>
            <ul class="hits">{hits.map((hit, index) => <li key={`${hit.case} ${index}`}><Hit hit={hit} language={language} /></li>)}</ul>
            {more.includes(group) ? <p class="small muted">{SEARCH.more[language]} ({MOST_HITS})</p> : null}
          </section>
        );
      })}
    </>
  );
}

function Hit({ hit, language }: { readonly hit: SearchHit; readonly language: Language }): VNode {
  const { name, body, version, type, at, documentId, group } = hit;
  if (hit.case === null) return <>{name} ({body}): {SEARCH.noCase[language]}</>;
  // A service has its events in its own order: it is reached by the case that it belongs to.
  const ofCase = `/pratiche/${hit.case.replace(/\..*/, '')}`;
  const href = hit.process === 'adhesion' && version !== null ? `${ofCase}/storia?evento=${version}` : ofCase;
  const what = type === null ? null : group === 'COMMAND' ? commandTitle(type)[language] : wordOf(EVENTS, type, language);
  return (
    <>
      <a href={href}>{name} · {hit.case}{what === null ? '' : `: ${what}`}</a>
      <span class="small muted">
        {version === null ? null : <> · {SEARCH.event[language]} {version}</>}
        {group === 'COMMAND' && version === null ? <> · {SEARCH.noEvent[language]}</> : null}
        {documentId === null ? null : <> · {SEARCH.document[language]} <span class="code">{documentId}</span></>}
        {at === null ? null : <> · {sayInstant(at, language)}</>}
      </span>
    </>
  );
}
