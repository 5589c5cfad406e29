import type { FastifyInstance } from 'fastify';
import type { VNode } from 'preact';
import type { Context } from '../../api/context.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import { getCaseAt } from '../../db/queries/cases.ts';
import { eventsAfter, type EventView } from '../../db/queries/events.ts';
import { viewAdhesion, type AdhesionState } from '../../domain/adhesion/index.ts';
import { processOf } from '../../domain/processes.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { crumbsOf } from '../case/form-case.ts';
import { personsOf, readCase, type CaseReading } from '../case/reading.ts';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { DIFFERENCES, filled } from '../words/audit.ts';
import { EVENTS } from '../words/events.ts';
import { wordOf } from '../words/say.ts';
import { AREA_NAMES, fieldInWords } from '../words/view-fields.ts';
import { Comparison, type Change } from './differences.ts';
import { asked, Labelled } from './fields.tsx';
import { entryInWords, Said } from './values.tsx';

/** Each event on the way is folded and looked at: a comparison is one request, not a rebuild. */
const MOST_EVENTS = 500;

interface Compared {
  readonly changes: readonly Change[];
  /** Events from that of the first version to that of the second. */
  readonly events: readonly EventView[];
}

/** What changed between two versions, field by field; both are views that the interface answers to `asOfVersion`. */
export function differencesRoute(app: FastifyInstance, context: Context, visits: Visits): void {
  app.get('/pratiche/:id/differenze', HIDDEN, async (request, reply) => {
    const reading = await readCase(context, request);
    const visit = await visits.of(request);
    const { language } = visit;
    const head = reading.at.version;
    const [from, to] = [versionIn(asked(request.query, 'da'), 1, head), versionIn(asked(request.query, 'a'), head, head)];
    const fault = from === null || to === null ? filled(DIFFERENCES.noVersion[language], { n: head })
      : Math.abs(to - from) > MOST_EVENTS ? filled(DIFFERENCES.tooFar[language], { n: MOST_EVENTS }) : null;
    const compared = from === null || to === null || fault !== null ? null : await compare(context, reading, Math.min(from, to), Math.max(from, to));
    return sendPage(reply, visit, {
      title: DIFFERENCES.title[language], crumbs: crumbsOf(reading, language), status: fault === null ? 200 : 400,
      main: (
        <>
          <VersionsForm id={reading.id} from={asked(request.query, 'da') || '1'} to={asked(request.query, 'a') || String(head)} fault={fault} language={language} />
          {compared === null ? null : <Differences id={reading.id} compared={compared} persons={await personsOf(context, reading)} language={language} />}
        </>
      ),
    });
  });
}

/** Null: there is no such version. */
function versionIn(text: string, otherwise: number, head: number): number | null {
  if (text === '') return otherwise;
  return /^[1-9]\d{0,8}$/.test(text) && Number(text) <= head ? Number(text) : null;
}

async function compare(context: Context, { stream, caller, now }: CaseReading, from: number, to: number): Promise<Compared> {
  const { db } = context.as(caller);
  const process = processOf(stream);
  // States come from the fold of this very process; all are looked at from one moment, so that only events make a difference.
  const viewOf = (state: object) => viewAdhesion(state as AdhesionState, now);
  const [{ state: first }, events] = await Promise.all([getCaseAt(db, stream, from), eventsAfter(db, stream, from - 1, to - from + 1)]);
  const comparison = new Comparison(viewOf(first));
  let state = first;
  for (const event of events.slice(1)) {
    const { type, data, version } = event;
    state = process.evolve(state, { type, data });
    comparison.next(viewOf(state), version);
  }
  return { changes: comparison.changes(), events };
}

function VersionsForm({ id, from, to, fault, language }: { readonly id: string; readonly from: string; readonly to: string; readonly fault: string | null; readonly language: Language }): VNode {
  const box = (name: string, value: string, label: string) => (
    <Labelled id={`f-${name}`} label={label} error={fault ?? undefined} control={(tied) => <input {...tied} name={name} type="text" inputMode="numeric" maxLength={9} autocomplete="off" value={value} />} />
  );
  return (
    <form method="get" action={`/pratiche/${id}/differenze`}>
      {fault === null ? null : <p class="notice fault" role="alert">{fault}</p>}
      <div class="filters">
        {box('da', from, DIFFERENCES.from[language])}
        {box('a', to, DIFFERENCES.to[language])}
        <button type="submit" class="btn btn-primary">{DIFFERENCES.show[language]}</button>
      </div>
    </form>
  );
}

function Differences({ id, compared: { changes, events }, persons, language }: { readonly id: string; readonly compared: Compared; readonly persons: ReadonlyMap<string, string>; readonly language: Language }): VNode {
  const [first, last] = [events.at(0), events.at(-1)];
  const typeOf = (event: EventView | undefined) => wordOf(EVENTS, event?.type ?? '', language);
  const types = new Map(events.map((event) => [event.version, typeOf(event)]));
  return (
    <>
      <p role="status">{filled((changes.length === 1 ? DIFFERENCES.one : DIFFERENCES.between)[language], { from: typeOf(first), n: first?.version ?? 0, to: typeOf(last), m: last?.version ?? 0, count: changes.length })}</p>
      {changes.length === 0 ? <p>{DIFFERENCES.none[language]}</p> : null}
      {Object.entries(AREA_NAMES).map(([area, name]) => {
        const own = changes.filter((change) => change.area === area);
        return own.length === 0 ? null : (
          <section key={area}>
            <h2>{name[language === 'it' ? 0 : 1]}</h2>
            <table class="table stack even">
              <caption class="visually-hidden">{name[language === 'it' ? 0 : 1]}</caption>
              <thead><tr><th scope="col">{DIFFERENCES.field[language]}</th><th scope="col">{DIFFERENCES.old[language]}</th><th scope="col">{DIFFERENCES.new[language]}</th><th scope="col">{DIFFERENCES.by[language]}</th></tr></thead>
              <tbody>{own.map((change) => <Row key={`${change.path} ${change.entries.join(' ')}`} id={id} change={change} types={types} persons={persons} language={language} />)}</tbody>
            </table>
          </section>
        );
      })}
    </>
  );
}

function Row({ id, change: { path, entries, before, after, by }, types, persons, language }: {
  readonly id: string; readonly change: Change; readonly types: ReadonlyMap<number, string>; readonly persons: ReadonlyMap<string, string>; readonly language: Language;
}): VNode {
  return (
    <tr>
      <th scope="row">{fieldInWords(path, language)}{entries.length === 0 ? null : <> <span class="small muted">({entries.map((entry) => entryInWords(path, entry, language)).join(', ')})</span></>}</th>
      <td data-label={DIFFERENCES.old[language]}><Said path={path} value={before} persons={persons} language={language} /></td>
      <td data-label={DIFFERENCES.new[language]}><Said path={path} value={after} persons={persons} language={language} /></td>
      <td data-label={DIFFERENCES.by[language]}>
        {by.map((version, index) => <span key={version}>{index === 0 ? null : ', '}<a href={`/pratiche/${id}/storia?evento=${version}`}>{version} · {types.get(version)}</a></span>)}
      </td>
    </tr>
  );
}
