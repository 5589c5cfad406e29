import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findCase } from '../../db/queries/cases.ts';
import { callerOf } from '../auth/hook.ts';
import { streamOf, type CaseKind } from '../cases/kinds.ts';
import { knownQuery, versionKnown } from '../cases/moment.ts';
import { linkJson, whyOf } from '../cases/why.ts';
import type { Context } from '../context.ts';
import { answerLanguage, inLanguage } from '../http/language.ts';
import { decodeCursor, DEFAULT_LIMIT, pageOf, paging } from '../http/paging.ts';
import { Why, problems, type Documented } from '../openapi/schemas.ts';
import { Problem } from '../problems.ts';

const params = z.strictObject({ id: z.string().max(100).describe('Id of the case') });
const query = z.strictObject({
  field: z.string().max(300).describe('Place in the view of the case: members by name, entries of lists by what names them, e.g. deliberation.executiveOn, referents.ref-1.state'),
  ...knownQuery, ...paging,
});

/** Why a field of a case is as it is, or was as it was. */
export function caseWhy(kind: CaseKind, context: Context): FastifyPluginAsyncZod {
  const Answer: Documented = Why;
  return async (app) => {
    app.get(`${kind.path}/:id/why`, {
      schema: {
        tags: [`${kind.name}s`], operationId: `${kind.name}-why`, summary: 'The events behind a field of the case: who brought them, by which command, act and rule',
        params, querystring: query, response: { 200: Answer, ...problems(400, 404) },
      },
    }, async (request, reply) => {
      const { field, limit = DEFAULT_LIMIT, cursor, ...known } = request.query;
      const { id } = request.params;
      const { db } = context.as(callerOf(request));
      const now = new Date().toISOString();
      const before = Number(decodeCursor(cursor, /^\d{1,10}$/) ?? Infinity);
      const head = await findCase(db, streamOf(kind, id));
      if (head === undefined) throw Problem.of('NOT_FOUND');
      const version = await versionKnown(db, streamOf(kind, id), head.version, known, now);
      const { value, chain } = await whyOf(db, kind, id, { field, version, at: known.asOf ?? now });
      const language = answerLanguage(request, reply);
      const links = chain.filter(({ event }) => event.version < before).slice(0, limit + 1);
      const { items, nextCursor } = pageOf(links, limit, ({ event }) => String(event.version), (link) => linkJson(kind, id, link, language));
      return reply.send({ field, version, value: inLanguage(value, language), chain: items, nextCursor });
    });
  };
}
