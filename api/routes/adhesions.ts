import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { AdhesionCommands } from '../../domain/adhesion/commands.ts';
import type { Db } from '../../db/client.ts';
import { findCase } from '../../db/queries/cases.ts';
import { callerOf } from '../auth/hook.ts';
import { unknownBody } from '../bodies.ts';
import { ADHESION, MIGRATION, streamOf } from '../cases/kinds.ts';
import { openingId } from '../cases/opened.ts';
import { openAdhesion } from '../cases/opening.ts';
import { withOffer } from '../cases/offers.ts';
import { checkCommand, commandIdOf, idempotencyKey, ifMatch } from '../cases/request.ts';
import type { Context } from '../context.ts';
import { answerLanguage, inLanguage } from '../http/language.ts';
import { looseBody, parseData } from '../http/validation.ts';
import { Adhesion, Migration, problems, type Documented } from '../openapi/schemas.ts';
import { Problem } from '../problems.ts';

const REQUEST = 'RequestMigration';
/** A migration is begun by an effect of the adhesion: mostly within some milliseconds. */
const WAIT_MS = 3_000;
const LOOK_EVERY_MS = 50;

/** What begins: an adhesion, and the migrations of its services. */
export function adhesionRoutes(context: Context): FastifyPluginAsyncZod {
  const { bodies } = context;
  const Opened: Documented = Adhesion;
  const Requested: Documented = Migration;
  return async (app) => {
    app.setValidatorCompiler(looseBody);
    app.post(ADHESION.path, {
      schema: {
        tags: ['adhesions'], operationId: 'adhesions-open', summary: 'Starts the adhesion of a comune', querystring: z.strictObject({}),
        body: AdhesionCommands.OpenAdhesion.schema, response: { 201: Opened, ...problems(400, 409, 413, 415, 503) },
      },
    }, async (request, reply) => {
      const received: unknown = request.body;
      const key = idempotencyKey(request);
      const data = parseData(AdhesionCommands.OpenAdhesion.schema, received);
      const body = bodies.find(data.body);
      if (body === undefined) throw unknownBody(data.body);
      const caller = callerOf(request);
      const { id, answer } = await openAdhesion(context, { body, policies: data.policies, received, caller, commandId: openingId(context, caller, key) });
      return reply.code(201).headers({ Location: `${ADHESION.path}/${id}`, ETag: `"${answer.version}"` }).send(inLanguage(answer.view, answerLanguage(request, reply)));
    });

    app.post(`${ADHESION.path}/:id/migrations`, {
      schema: {
        tags: ['migrations'], operationId: 'adhesion-migrations-request', summary: 'Requests the migration of a service',
        params: z.strictObject({ id: z.string().max(100).describe('Id of the adhesion') }), querystring: z.strictObject({}),
        body: AdhesionCommands.RequestMigration.schema, response: { 201: Requested, ...problems(400, 404, 409, 412, 413, 415, 503) },
      },
    }, async (request, reply) => {
      const { id } = request.params;
      const received: unknown = request.body;
      const caller = callerOf(request);
      const { db, way } = context.as(caller);
      if ((await findCase(db, streamOf(ADHESION, id))) === undefined) throw Problem.of('NOT_FOUND');
      const spec = AdhesionCommands.RequestMigration;
      const data = await withOffer(context.catalogue, checkCommand(REQUEST, spec, received, caller), false);
      const answer = await way.execute({
        kind: ADHESION, id, commandId: commandIdOf(request), type: REQUEST, spec, data, received, caller, ifMatch: ifMatch(request),
      });
      const migration = answer.events.map((event) => event.data).find((event) => 'migrationId' in event && typeof event.migrationId === 'string');
      if (migration === undefined || !('migrationId' in migration)) throw new Error('The request of a migration gave no migration');
      const migrationId = String(migration.migrationId);
      reply.code(201).header('Location', `${MIGRATION.path}/${migrationId}`);
      const view = await viewWhenBegun(db, migrationId) ?? { ...migration, id: migrationId, adhesion: id, body: caller.body ?? id.split('-')[0], state: 'REQUESTED', version: 0 };
      return reply.send(inLanguage(view, answerLanguage(request, reply)));
    });
  };

  /** The migration once its own process has begun; undefined when that takes longer than a caller should wait. */
  async function viewWhenBegun(db: Db, id: string): Promise<object | undefined> {
    for (const deadline = Date.now() + WAIT_MS; ;) {
      const found = await findCase(db, streamOf(MIGRATION, id));
      const view = found === undefined ? undefined : MIGRATION.view(found.state, new Date().toISOString());
      if (view !== undefined || Date.now() >= deadline) return view;
      await delay(LOOK_EVERY_MS);
    }
  }
}
