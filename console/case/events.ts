import type { FastifyReply, FastifyRequest } from 'fastify';
import { namedIn } from '../../api/cases/named.ts';
import { isRecorded } from '../../api/cases/recorded-reads.ts';
import type { Context } from '../../api/context.ts';
import { eventsAfter, eventsOfCommand, eventTypes } from '../../db/queries/events.ts';
import { MIGRATION } from '../../api/cases/kinds.ts';
import { sendPage } from '../frame/page.tsx';
import type { Visit } from '../frame/visit.ts';
import { CASE } from '../words/case.ts';
import { EVENTS_A_PAGE, EventsPage, type EventsPageParts } from './events-page.tsx';
import { storedActs, storedTexts } from './acts.tsx';
import { crumbsOf, type FormCase } from './form-case.ts';

/** Types of the events of the command that has just been recorded, which the address names; null: none was. */
export async function recordedBy(context: Context, { stream, caller }: FormCase, { query }: FastifyRequest): Promise<readonly string[] | null> {
  const { fatto } = query as { readonly fatto?: unknown };
  const events = typeof fatto === 'string' ? await eventsOfCommand(context.as(caller).db, stream, fatto) : [];
  return events.length === 0 ? null : events.map(({ type }) => type);
}

/** A page of the events of a case. */
export async function sendEvents(
  context: Context, reading: FormCase, beside: Pick<EventsPageParts, 'hasHistory' | 'corrections'>, visit: Visit, { query }: FastifyRequest, reply: FastifyReply,
): Promise<FastifyReply> {
  const { kind, id, stream, path, caller } = reading;
  const { language } = visit;
  const { dopo, tipo, cancellato } = query as { readonly dopo?: unknown; readonly tipo?: unknown; readonly cancellato?: unknown };
  const after = typeof dopo === 'string' && /^\d{1,9}$/.test(dopo) ? Number(dopo) : 0;
  const type = typeof tipo === 'string' && tipo !== '' ? tipo : undefined;
  const { db } = context.as(caller);
  const [types, events] = await Promise.all([eventTypes(db, stream), eventsAfter(db, stream, after, EVENTS_A_PAGE + 1, type)]);
  const shown = events.slice(0, EVENTS_A_PAGE);
  return sendPage(reply, visit, {
    title: CASE.events[language], crumbs: crumbsOf(reading, language),
    main: EventsPage({ ...beside, path, dossier: isRecorded(caller) && kind !== MIGRATION ? `${kind.path}/${id}/dossier` : null, acts: await storedActs(context, reading, shown.flatMap(({ data }) => namedIn(data).acts)), texts: await storedTexts(context, reading, shown.flatMap(({ data }) => namedIn(data).texts)),
      mayErase: caller.role === 'operator', isErased: cancellato !== undefined, events: shown, more: events.length > EVENTS_A_PAGE, types, type, language }),
  });
}
