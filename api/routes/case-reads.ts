import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findCase, getCaseAt, listCases, versionAsOf, type CaseAt } from '../../db/queries/cases.ts';
import { allEventsAfter, eventsAfter } from '../../db/queries/events.ts';
import { processOf } from '../../domain/processes.ts';
import { civilDateOf, type Instant } from '../../domain/shared/civil-date.ts';
import { isInstant } from '../../domain/shared/instant.ts';
import { callerOf } from '../auth/hook.ts';
import { streamOf, type CaseKind } from '../cases/kinds.ts';
import { jsonSchemaOf } from '../cases/json-schema.ts';
import type { Context } from '../context.ts';
import { ndjson } from '../http/ndjson.ts';
import { decodeCursor, DEFAULT_LIMIT, pageOf, paging, queryNumber } from '../http/paging.ts';
import { AllowedCommands, Event, Adhesion, Migration, page, problems, type Documented } from '../openapi/schemas.ts';
import { Problem } from '../problems.ts';

const caseParams = z.strictObject({ id: z.string().max(100).describe('Id of the case') });
const noQuery = z.strictObject({});

/** Reads of a kind of case: list, view, what is allowed, events. */
export function caseReads(kind: CaseKind, context: Context): FastifyPluginAsyncZod {
  const { db } = context;
  const View: Documented = kind.name === 'adhesion' ? Adhesion : Migration;
  const Allowed: Documented = AllowedCommands;
  const tags = [`${kind.name}s`];

  /** A case the caller may see (the hook saw to that) and that there is. */
  const getCase = async (id: string): Promise<CaseAt> => {
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
        response: { 200: page(kind.name === 'adhesion' ? Adhesion : Migration), ...problems(400) },
      },
    }, async (request) => {
      const { phase, waitingFor, late, service, q, limit = DEFAULT_LIMIT, cursor } = request.query;
      const caller = callerOf(request);
      const now = new Date().toISOString();
      const rows = await listCases(db, {
        process: kind.name, body: caller.role === 'member' ? caller.body : null, phase, waitingFor, service, limit, today: civilDateOf(now),
        late: late === undefined ? undefined : late === 'true', after: decodeCursor(cursor, /^c_[\w.-]{1,90}$/),
        search: q === undefined ? undefined : { text: q.toLowerCase(), bodies: context.bodies.search(q).map(({ ipaCode }) => ipaCode) },
      });
      return pageOf(rows, limit, ({ id }) => id, ({ state }) => kind.view(state, now) ?? {});
    });

    app.get(`${kind.path}/:id`, {
      schema: {
        tags, operationId: `${kind.name}-get`, summary: 'The case as it is, or as it was', params: caseParams,
        querystring: z.strictObject({
          asOfVersion: queryNumber(1, 1_000_000_000).optional().describe('The case at this version'),
          asOf: z.string().max(35).refine(isInstant, 'Must be an instant by RFC 3339 with offset').meta({ format: 'date-time' }).optional()
            .describe('The case as it was known at this instant'),
        }),
        response: { 200: View, ...problems(400, 404) },
      },
    }, async (request, reply) => {
      const { asOfVersion, asOf } = request.query;
      if (asOfVersion !== undefined && asOf !== undefined) {
        throw Problem.validation([{ code: 'ONE_OF', message: 'asOfVersion and asOf are two ways to ask for one moment: give one.', path: 'asOf' }]);
      }
      const stream = streamOf(kind, request.params.id);
      const head = await getCase(request.params.id);
      const at = asOf === undefined ? asOfVersion : await versionAsOf(db, stream, asOf);
      if (at !== undefined && (at === 0 || at > head.version)) throw Problem.of('NOT_FOUND', { detail: 'The case has no such version.' });
      const { version, state } = at === undefined || at === head.version ? head : await getCaseAt(db, stream, at);
      return reply.header('ETag', `"${version}"`).send(viewOf(state, asOf ?? new Date().toISOString()));
    });

    app.get(`${kind.path}/:id/allowed`, {
      schema: {
        tags, operationId: `${kind.name}-allowed`, summary: 'What the caller may do now and, if not, why', params: caseParams, querystring: noQuery,
        response: { 200: Allowed, ...problems(404) },
      },
    }, async (request) => {
      const { version, state } = await getCase(request.params.id);
      const { subject, role, body } = callerOf(request);
      const actor = { subject, role, body };
      const items = processOf(streamOf(kind, request.params.id)).allowed(state, { actor, now: new Date().toISOString(), commandId: 'allowed' });
      return {
        version,
        items: items.flatMap((item) => {
          const spec = kind.commands[item.command];
          return spec === undefined || !spec.by.includes(role) ? [] : [{ ...item, schema: jsonSchemaOf(spec.schema) }];
        }),
      };
    });

    app.get(`${kind.path}/:id/events`, {
      schema: {
        tags, operationId: `${kind.name}-events`, summary: 'Stored events in order; as a stream with Accept: application/x-ndjson', params: caseParams,
        querystring: z.strictObject({ after: queryNumber(0, 1_000_000_000).optional().describe('Only those after this version'), ...paging }),
        response: { 200: page(Event), ...problems(400, 404) },
      },
    }, async (request, reply) => {
      const { after = 0, limit = DEFAULT_LIMIT, cursor } = request.query;
      const stream = streamOf(kind, request.params.id);
      await getCase(request.params.id);
      const from = Math.max(after, Number(decodeCursor(cursor, /^\d{1,10}$/) ?? 0));
      if (request.headers.accept?.includes('application/x-ndjson') === true) return ndjson(reply, allEventsAfter(db, stream, from), context.log);
      const rows = await eventsAfter(db, stream, from, limit + 1);
      return reply.send(pageOf(rows, limit, ({ version }) => String(version), (event) => event));
    });
  };
}

const ADHESION_PHASES = ['RECOGNITION', 'DESIGN', 'IMPLEMENTATION', 'MANAGEMENT', 'EXITING', 'CLOSED'] as const;
const MIGRATION_STATES = ['REQUESTED', 'PROVISIONING', 'OPERATING', 'CLOSED', 'CANCELLED'] as const;

function listQuery({ name }: CaseKind) {
  return z.strictObject({
    phase: (name === 'adhesion' ? z.enum(ADHESION_PHASES) : z.enum(MIGRATION_STATES)).optional()
      .describe(name === 'adhesion' ? 'Phase of the adhesion' : 'State of the migration'),
    waitingFor: z.enum(['OPERATOR', 'MEMBER', 'PROVIDER', 'CLOCK']).optional().describe('Whose turn it is'),
    late: z.enum(['true', 'false']).optional().describe('Whether the window is past'),
    service: z.string().max(50).regex(/^[A-Z][A-Z0-9_]*$/).optional().describe('With a migration of this service'),
    q: z.string().trim().min(1).max(100).optional().describe('Part of the name or of a code'),
    ...paging,
  });
}
