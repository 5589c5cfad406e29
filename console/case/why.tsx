import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { versionKnown } from '../../api/cases/moment.ts';
import { namedIn } from '../../api/cases/named.ts';
import { whyOf, type CaseWhy } from '../../api/cases/why.ts';
import type { Context } from '../../api/context.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import { Problem } from '../../api/problems.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { asked } from '../audit/fields.tsx';
import { Shown } from '../audit/values.tsx';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { WHY } from '../words/why.ts';
import { storedActs } from './acts.tsx';
import { crumbsOf, type FormCase, type ReadFormCase } from './form-case.ts';
import { groupsOf } from './why-choice.ts';
import { labelOf, whyLinks, type NameOf } from './why-link.tsx';
import { LINKS_A_PAGE, WhyPage } from './why-page.tsx';

type Reading = FormCase & { readonly view: object };
type Persons = ReadonlyMap<string, string>;

/** A kind of case whose pages say why. */
interface Asked<Of extends Reading> {
  /** Where its cases are: `/pratiche/:id`. */
  readonly at: string;
  readonly read: ReadFormCase<Of>;
  /** Names of persons that its values have, where it has some. */
  readonly personsOf?: (context: Context, reading: Of) => Promise<Persons>;
  /** Whether there are pages that show the case as it stood at an event. */
  readonly hasHistory: boolean;
}

interface Named {
  readonly persons: Persons;
  readonly nameOf: NameOf;
  readonly language: Language;
}

/** Why a value of a case is as it is: what the interface answers under `…/why`; without a value, those to choose from. */
export function whyRoute<Of extends Reading>(app: FastifyInstance, context: Context, visits: Visits, { at, read, personsOf, hasHistory }: Asked<Of>): void {
  app.get(`${at}/perche`, HIDDEN, async (request, reply) => {
    const reading = await read(context, request);
    const visit = await visits.of(request);
    const { language } = visit;
    const named: Named = { persons: await personsOf?.(context, reading) ?? new Map(), nameOf: (code) => context.bodies.find(code)?.name, language };
    const field = asked(request.query, 'campo');
    const why = field === '' ? null : await whyAsked(context, reading, field, request);
    const main = why === null || 'status' in why
      ? <Choice reading={reading} fault={why === null ? null : WHY.unknown[language]} {...named} />
      : await answered(context, reading, why, hasHistory, named);
    return sendPage(reply, visit, {
      title: why === null || 'status' in why ? WHY.title[language] : `${WHY.title[language]}: ${labelOf(reading.view, why.field, language, named.nameOf)}`, crumbs: crumbsOf(reading, language), status: why !== null && 'status' in why ? why.status : 200, main,
    });
  });
}

/** A fault of what was asked for: its status. Other Problems go their way. */
async function whyAsked(context: Context, { kind, id, stream, caller, at, now }: Reading, field: string, { query }: FastifyRequest): Promise<CaseWhy | { readonly status: number }> {
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

async function answered(context: Context, reading: Reading, why: CaseWhy, hasHistory: boolean, named: Named): Promise<VNode> {
  const { stream, path, view, at: { version: head } } = reading;
  const acts = await storedActs(context, reading, why.chain.slice(0, LINKS_A_PAGE).flatMap(({ event }) => namedIn(event.data).acts));
  const eventAt = (version: number) => (hasHistory ? `${path}/storia?evento=${version}` : `${path}/eventi?dopo=${version - 1}`);
  return <WhyPage stream={stream} path={path} view={view} why={why} head={head} typeAt={(version) => why.events[version - 1]?.type ?? ''} acts={acts} eventAt={eventAt} hasHistory={hasHistory} {...named} />;
}

/** Every value that the case has, to choose one. */
function Choice({ reading: { path, view }, fault, persons, nameOf, language }: { readonly reading: Reading; readonly fault: string | null } & Named): VNode {
  const why = whyLinks({ path, view, nameOf, language });
  return (
    <>
      {fault === null ? null : <p class="notice fault" role="alert">{fault}</p>}
      <p>{WHY.choose[language]}</p>
      {groupsOf(view, language).map(({ title, isOpen, leaves }) => (
        <details key={title} open={isOpen}>
          <summary>{title}</summary>
          <ul class="plain">
            {leaves.map(({ path: field, value }) => (
              <li key={field}>{labelOf(view, field, language, nameOf)}: <Shown view={view} field={field} value={value} persons={persons} language={language} />{why(field)}</li>
            ))}
          </ul>
        </details>
      ))}
    </>
  );
}
