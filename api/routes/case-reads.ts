import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Db } from '../../db/client.ts';
import { findCase, listCases, type CaseAt } from '../../db/queries/cases.ts';
import { allEventsAfter, eventsAfter } from '../../db/queries/events.ts';
import { MIGRATION_STAGES } from '../../domain/migration/stages.ts';
import { processOf } from '../../domain/processes.ts';
import { civilDateOf, type Instant } from '../../domain/shared/civil-date.ts';
import { sayReason } from '../../domain/shared/reason.ts';
import { says } from '../../domain/shared/says.ts';
import { CAMPAIGN_ID, CONSTITUTION_ID } from '../../domain/shared/case-kind.ts';
import { actorOf, callerOf } from '../auth/hook.ts';
import { streamOf, type CaseKind } from '../cases/kinds.ts';
import { jsonSchemaOf } from '../cases/json-schema.ts';
import { caseAtMoment, momentQuery } from '../cases/moment.ts';
import { isRecorded } from '../cases/recorded-reads.ts';
import type { Context } from '../context.ts';
import { hasAlready, sendTagged, sendUnchanged } from '../http/conditional.ts';
import { answerLanguage, inLanguage } from '../http/language.ts';
import { ndjson } from '../http/ndjson.ts';
import { decodeCursor, DEFAULT_LIMIT, pageOf, paging, queryNumber } from '../http/paging.ts';
import { AllowedCommands, CampaignLine, ConstitutionLine, Event, page, problems, VIEWS, type Documented } from '../openapi/schemas.ts';
import { Problem } from '../problems.ts';

const caseParams = z.strictObject({ id: z.string().max(100).describe('Id of the case') });
const noQuery = z.strictObject({});
const eventType = z.string().max(60).regex(/^[A-Z][A-Za-z]*$/, says('deve essere un tipo di evento, ad esempio ProposalSent', 'must be a type of event, like ProposalSent'));

/** Reads of a kind of case: list, view, what is allowed, events. */
export function caseReads(kind: CaseKind, context: Context): FastifyPluginAsyncZod {
  const View: Documented = VIEWS[kind.name];
  const Allowed: Documented = AllowedCommands;
  const tags = [`${kind.name}s`];

  /** A case the caller may see (the hook saw to that) and that there is. */
  const getCase = async (db: Db, id: string): Promise<CaseAt> => {
    const found = await findCase(db, streamOf(kind, id));
    if (found === undefined) throw Problem.of('NOT_FOUND');
    return found;
  };
  const viewOf = (state: object, now: Instant): object => {
    const view = kind.view(state, now);
    if (view === undefined) throw Problem.of('NOT_FOUND');
    return view;
  };

  return async (app) => {
    app.get(kind.path, {
      schema: {
        tags, operationId: `${kind.name}s-list`, summary: `Cases of this kind that the caller may see`, querystring: listQuery(kind),
        response: { 200: page(LISTED[kind.name].shown), ...problems(400) },
      },
    }, async (request, reply) => {
      const { phase, waitingFor, late, service, q, limit = DEFAULT_LIMIT, cursor } = request.query;
      const caller = callerOf(request);
      const { db } = context.as(caller);
      const now = new Date().toISOString();
      const rows = await listCases(db, {
        process: kind.name, body: caller.role === 'member' ? caller.body : null, phase, waitingFor, service, limit, today: civilDateOf(now),
        late: late === undefined ? undefined : late === 'true', after: decodeCursor(cursor, LISTED[kind.name].id), descending: LISTED[kind.name].newestFirst,
        search: q === undefined ? undefined : { text: q.toLowerCase(), bodies: context.bodies.search(q).map(({ ipaCode }) => ipaCode) },
      });
      const language = answerLanguage(request, reply);
      const shown = pageOf(rows, limit, ({ id }) => id, ({ state }) => inLanguage(kind.line?.(state) ?? kind.view(state, now) ?? {}, language));
      if (isRecorded(caller)) await context.reads.enterList(rows.slice(0, limit).map(({ id }) => streamOf(kind, id)), actorOf(caller));
      return shown;
    });

    app.get(`${kind.path}/:id`, {
      schema: {
        tags, operationId: `${kind.name}-get`, summary: 'The case as it is, as it was known, or as it was in force on a day', params: caseParams,
        querystring: momentQuery, response: { 200: View, ...problems(400, 404) },
      },
    }, async (request, reply) => {
      const { db } = context.as(callerOf(request));
      const head = await getCase(db, request.params.id);
      const { version, state, at } = await caseAtMoment(db, streamOf(kind, request.params.id), head, request.query, new Date().toISOString());
      const view = viewOf(state, at);
      // What was known is what can change: its version is the ETag, whatever the day.
      const tag = `"${version}"`;
      reply.header('ETag', tag);
      const language = answerLanguage(request, reply);
      // Being late is the one thing that comes by the day alone. It never ends within a version: who sees it not, never saw it.
      const comesByDay = 'late' in view && view.late === true;
      return hasAlready(request, tag) && !comesByDay ? sendUnchanged(reply) : reply.send(inLanguage(view, language));
    });

    app.get(`${kind.path}/:id/allowed`, {
      schema: {
        tags, operationId: `${kind.name}-allowed`, summary: 'What the caller may do now and, if not, why', params: caseParams, querystring: noQuery,
        response: { 200: Allowed, ...problems(404) },
      },
    }, async (request, reply) => {
      const language = answerLanguage(request, reply);
      const caller = callerOf(request);
      const { version, state } = await getCase(context.as(caller).db, request.params.id);
      const actor = actorOf(caller);
      const items = processOf(streamOf(kind, request.params.id)).allowed(state, { actor, now: new Date().toISOString(), commandId: 'allowed' });
      // It depends on the caller and the hour too: its tag is that of its content.
      return sendTagged(request, reply, {
        version,
        items: items.flatMap((item) => {
          const spec = kind.commands[item.command];
          return spec === undefined || !spec.by.includes(actor.role) ? [] : [{ ...item, reasons: item.reasons.map((reason) => sayReason(reason, language)), schema: jsonSchemaOf(spec.schema) }];
        }),
      });
    });

    app.get(`${kind.path}/:id/events`, {
      schema: {
        tags, operationId: `${kind.name}-events`, summary: 'Stored events in order; as a stream with Accept: application/x-ndjson', params: caseParams,
        querystring: z.strictObject({ after: queryNumber(0, 1_000_000_000).optional().describe('Only those after this version'), type: eventType.optional().describe('Only those of this type'), ...paging }),
        response: { 200: page(Event), ...problems(400, 404) },
      },
    }, async (request, reply) => {
      const { after = 0, type, limit = DEFAULT_LIMIT, cursor } = request.query;
      const stream = streamOf(kind, request.params.id);
      const { db } = context.as(callerOf(request));
      await getCase(db, request.params.id);
      const from = Math.max(after, Number(decodeCursor(cursor, /^\d{1,10}$/) ?? 0));
      if (request.headers.accept?.includes('application/x-ndjson') === true) return ndjson(reply, allEventsAfter(db, stream, from, type), context.log);
      const rows = await eventsAfter(db, stream, from, limit + 1, type);
      return reply.send(pageOf(rows, limit, ({ version }) => String(version), (event) => event));
    });
  };
}

const OF_BODIES = { id: /^[a-z][\w.-]{1,90}$/, newestFirst: false } as const;
/** How a list shows a case, what its ids are, and in which order. */
const LISTED = {
  adhesion: { shown: VIEWS.adhesion, ...OF_BODIES },
  migration: { shown: VIEWS.migration, ...OF_BODIES },
  campaign: { shown: CampaignLine, id: CAMPAIGN_ID, newestFirst: true },
  constitution: { shown: ConstitutionLine, id: CONSTITUTION_ID, newestFirst: true },
} as const;

const ADHESION_PHASES = ['RECOGNITION', 'DESIGN', 'IMPLEMENTATION', 'MANAGEMENT', 'EXITING', 'CLOSED'] as const;
const CAMPAIGN_STATES = ['PREPARING', 'RUNNING', 'PAUSED', 'STOPPED', 'COMPLETED', 'CANCELLED'] as const;
const CONSTITUTION_STATES = ['UNDER_WAY', 'COMPLETED', 'STOPPED'] as const;
const PHASES = {
  adhesion: { schema: z.enum(ADHESION_PHASES), what: 'Phase of the adhesion' },
  migration: { schema: z.enum(MIGRATION_STAGES), what: 'State of the migration' },
  campaign: { schema: z.enum(CAMPAIGN_STATES), what: 'State of the campaign' },
  constitution: { schema: z.enum(CONSTITUTION_STATES), what: 'State of the constitution' },
} as const;

function listQuery({ name }: CaseKind) {
  return z.strictObject({
    phase: PHASES[name].schema.optional().describe(PHASES[name].what),
    waitingFor: z.enum(['OPERATOR', 'MEMBER', 'PROVIDER', 'CLOCK']).optional().describe('Whose turn it is'),
    late: z.enum(['true', 'false']).optional().describe('Whether the window is past'),
    service: z.string().max(50).regex(/^[A-Z][A-Z0-9_]*$/, says('deve essere un servizio del catalogo, ad esempio TRAINING', 'must be a service of the catalogue, like TRAINING')).optional()
      .describe('With a migration of this service'),
    q: z.string().trim().min(1).max(100).optional().describe('Part of the name or of a code'),
    ...paging,
  });
}
