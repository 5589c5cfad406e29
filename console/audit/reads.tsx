import type { FastifyInstance } from 'fastify';
import type { VNode } from 'preact';
import type { Context } from '../../api/context.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import type { RecordedRead } from '../../db/access-journal.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { crumbsOf } from '../case/form-case.ts';
import { readCase } from '../case/reading.ts';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { READ_ROUTES, READS } from '../words/audit.ts';
import { sayInstant } from '../words/dates.ts';
import { ROLE_NAMES } from '../words/frame.ts';
import { bilingual } from '../words/say.ts';
import { asked } from './fields.tsx';

const READS_A_PAGE = 50;

/** Who has read a case, newest first: what the interface answers under `…/access`. */
export function readsRoute(app: FastifyInstance, context: Context, visits: Visits): void {
  app.get('/pratiche/:id/letture', HIDDEN, async (request, reply) => {
    const reading = await readCase(context, request);
    const visit = await visits.of(request);
    const { language } = visit;
    const text = asked(request.query, 'prima');
    const before = /^\d{1,15}$/.test(text) ? Number(text) : undefined;
    const rows = await context.reads.readsOf(reading.id, before, READS_A_PAGE + 1);
    const shown = rows.slice(0, READS_A_PAGE);
    const next = rows.length > READS_A_PAGE ? shown.at(-1)?.position : undefined;
    return sendPage(reply, visit, {
      title: READS.title[language], crumbs: crumbsOf(reading, language),
      main: (
        <>
          <p>{READS.intro[language]}</p>
          {shown.length === 0 ? <p role="status">{(before === undefined ? READS.none : READS.noMore)[language]}</p> : <Reads reads={shown} language={language} />}
          {next === undefined ? null : <p><a href={`/pratiche/${reading.id}/letture?prima=${next}`}>{READS.earlier[language]}</a></p>}
        </>
      ),
    });
  });
}

function Reads({ reads, language }: { readonly reads: readonly (RecordedRead & { readonly position: number })[]; readonly language: Language }): VNode {
  return (
    <table class="table stack">
      <caption class="visually-hidden">{READS.title[language]}</caption>
      <thead><tr><th scope="col">{READS.when[language]}</th><th scope="col">{READS.who[language]}</th><th scope="col">{READS.what[language]}</th><th scope="col">{READS.how[language]}</th></tr></thead>
      <tbody>
        {reads.map(({ position, readAt, reader: { role, subject }, kind, route, item, case: stream }) => (
          <tr key={position}>
            <th scope="row">{sayInstant(readAt, language)}</th>
            <td data-label={READS.who[language]}>{role === 'engine' ? role : ROLE_NAMES[role][language]}<br /><span class="code">{subject}</span></td>
            <td data-label={READS.what[language]}>
              {route === null ? READS.list[language] : whatIn(route, language)}
              {kind === 'EXPORT' ? <> <span class="tag late">{READS.export[language]}</span></> : null}
              {stream.startsWith('migration/') ? <><br /><span class="code">{stream}</span></> : null}
              {item === null ? null : <><br /><span class="code">{item}</span></>}
            </td>
            <td data-label={READS.how[language]}>{route === null ? '–' : <>{(route.includes(' /v1/') ? READS.interface : READS.page)[language]}<br /><span class="code">{route}</span></>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function whatIn(route: string, language: Language): string {
  const words = READ_ROUTES.find(([end]) => end.test(route))?.[1];
  return words === undefined ? route : bilingual(words)[language];
}
