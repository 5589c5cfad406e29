import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { versionKnown } from '../../api/cases/moment.ts';
import { namedIn } from '../../api/cases/named.ts';
import { whyOf, type CaseWhy } from '../../api/cases/why.ts';
import type { Context } from '../../api/context.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import { Problem } from '../../api/problems.ts';
import type { AdhesionView } from '../../domain/adhesion/index.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { leavesOf } from '../../domain/shared/places.ts';
import { AREA_OF } from '../audit/differences.ts';
import { asked } from '../audit/fields.tsx';
import { Shown } from '../audit/values.tsx';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { AREA_NAMES } from '../words/view-fields.ts';
import { WHY } from '../words/why.ts';
import { storedActs } from './acts.tsx';
import { crumbsOf } from './form-case.ts';
import { personsOf, readCase, type CaseReading } from './reading.ts';
import { labelOf, whyLinks } from './why-link.tsx';
import { LINKS_A_PAGE, WhyPage } from './why-page.tsx';

/** Why a value of a case is as it is: what the interface answers under `…/why`; without a value, those to choose from. */
export function whyRoute(app: FastifyInstance, context: Context, visits: Visits): void {
  app.get('/pratiche/:id/perche', HIDDEN, async (request, reply) => {
    const reading = await readCase(context, request);
    const visit = await visits.of(request);
    const { language } = visit;
    const persons = await personsOf(context, reading);
    const field = asked(request.query, 'campo');
    const why = field === '' ? null : await whyAsked(context, reading, field, request);
    const main = why === null || 'status' in why
      ? <Choice reading={reading} fault={why === null ? null : WHY.unknown[language]} persons={persons} language={language} />
      : await answered(context, reading, why, persons, language);
    return sendPage(reply, visit, {
      title: why === null || 'status' in why ? WHY.title[language] : `${WHY.title[language]}: ${labelOf(reading.view, why.field, language)}`, crumbs: crumbsOf(reading, language), status: why !== null && 'status' in why ? why.status : 200, main,
    });
  });
}

/** A fault of what was asked for: its status. Other Problems go their way. */
async function whyAsked(context: Context, { kind, id, stream, caller, at, now }: CaseReading, field: string, { query }: FastifyRequest): Promise<CaseWhy | { readonly status: number }> {
  const { db } = context.as(caller);
  const event = asked(query, 'evento');
  if (!/^(?:|[1-9]\d{0,8})$/.test(event)) return { status: 400 };
  try {
    const version = await versionKnown(db, stream, at.version, event === '' ? {} : { asOfVersion: Number(event) }, now);
    return await whyOf(db, kind, id, { field, version, at: now });
  } catch (error) {
    if (error instanceof Problem && (error.status === 400 || error.status === 404)) return { status: error.status };
    throw error;
  }
}

async function answered(context: Context, reading: CaseReading, why: CaseWhy, persons: ReadonlyMap<string, string>, language: Language): Promise<VNode> {
  const { stream, path, view, at: { version: head } } = reading;
  const acts = await storedActs(context, reading, why.chain.slice(0, LINKS_A_PAGE).flatMap(({ event }) => namedIn(event.data).acts));
  return <WhyPage stream={stream} path={path} view={view} why={why} head={head} typeAt={(version) => why.events[version - 1]?.type ?? ''} acts={acts} persons={persons} language={language} />;
}

/** Every value that the case has, to choose one. */
function Choice({ reading: { path, view }, fault, persons, language }: {
  readonly reading: CaseReading; readonly fault: string | null; readonly persons: ReadonlyMap<string, string>; readonly language: Language;
}): VNode {
  const leaves = leavesOf(view).map((leaf) => ({ ...leaf, area: AREA_OF[leaf.members[0] as keyof AdhesionView] }));
  const why = whyLinks({ path, view, language });
  return (
    <>
      {fault === null ? null : <p class="notice fault" role="alert">{fault}</p>}
      <p>{WHY.choose[language]}</p>
      {Object.entries(AREA_NAMES).filter(([area]) => leaves.some((leaf) => leaf.area === area)).map(([area, name]) => (
        <details key={area} open={area === 'DELIBERATION'}>
          <summary>{name[language === 'it' ? 0 : 1]}</summary>
          <ul class="plain">
            {leaves.filter((leaf) => leaf.area === area).map(({ path: field, value }) => (
              <li key={field}>{labelOf(view, field, language)}: <Shown view={view} field={field} value={value} persons={persons} language={language} />{why(field)}</li>
            ))}
          </ul>
        </details>
      ))}
    </>
  );
}
