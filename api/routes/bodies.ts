import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { civilDate } from '../../domain/adhesion/schemas/fields.ts';
import { BODY_CODE } from '../../domain/shared/body-code.ts';
import { BODY_TYPES, COMPETENT_ORGANS } from '../../domain/shared/body-types.ts';
import { civilDateOf } from '../../domain/shared/civil-date.ts';
import { bodyOf, type Body as BodyOnDay } from '../../domain/territory/territory.ts';
import { learnTerritoryIfThere, type Context } from '../context.ts';
import { decodeCursor, DEFAULT_LIMIT, pageOf, paging } from '../http/paging.ts';
import { page, problems, type Documented } from '../openapi/schemas.ts';
import { Body } from '../openapi/territory-schemas.ts';
import { Problem } from '../problems.ts';

const PATH = '/v1/bodies';
const at = civilDate.optional().describe('Day on which they are asked for; default today');

/** The bodies of the territory, today or on a day. */
export function bodyRoutes(context: Context): FastifyPluginAsyncZod {
  const { bodies } = context;
  const One: Documented = Body;
  return async (app) => {
    app.get(PATH, {
      schema: {
        tags: ['bodies'], operationId: 'bodies-list', summary: 'Comuni of the territory, and other bodies that may join; a former name or code finds the body that took its place',
        querystring: z.strictObject({
          q: z.string().trim().min(1).max(100).optional().describe('Part of the name or of a code'), at, type: z.enum(BODY_TYPES).optional().describe('Kind of body'), ...paging,
        }),
        response: { 200: page(Body), ...problems(400) },
      },
    }, async (request) => {
      const { q, at: on, type, limit = DEFAULT_LIMIT, cursor } = request.query;
      const after = decodeCursor(cursor, BODY_CODE);
      await learnTerritoryIfThere(context);
      const all = bodies.on(on ?? civilDateOf(new Date().toISOString()));
      const found = (q === undefined ? all : bodies.search(q, all)).filter((body) => (type === undefined || body.bodyType === type) && (after === undefined || body.ipaCode > after));
      return pageOf(found, limit, ({ ipaCode }) => ipaCode, shownOf);
    });

    app.get(`${PATH}/:ipaCode`, {
      schema: {
        tags: ['bodies'], operationId: 'body-get',
        summary: 'A body. The code of one that a single other has succeeded leads there (301); with `at`, or where several have, the body as it was, and who succeeded it',
        params: z.strictObject({ ipaCode: z.string().max(100).describe('IPA code, e.g. c_a010') }), querystring: z.strictObject({ at }),
        response: { 200: One, 301: Body.describe('The body as it was; its successor is at Location'), ...problems(400, 404) },
      },
    }, async (request, reply) => {
      const { ipaCode } = request.params;
      const { at: on } = request.query;
      await learnTerritoryIfThere(context);
      const body = on === undefined ? bodies.find(ipaCode) : bodyOf(bodies.known, ipaCode, on);
      if (body === undefined) throw Problem.of('NOT_FOUND');
      const [successor, other] = on === undefined ? bodies.standingFor(ipaCode) : [];
      const moved = successor !== undefined && other === undefined && successor.ipaCode !== ipaCode;
      return moved ? reply.code(301).header('Location', `${PATH}/${successor.ipaCode}`).send(shownOf(body)) : reply.send(shownOf(body));
    });
  };
}

/** With the organ of such a body that resolves on joining. */
function shownOf(body: BodyOnDay): object {
  return { ...body, competentOrgan: COMPETENT_ORGANS[body.bodyType] };
}
