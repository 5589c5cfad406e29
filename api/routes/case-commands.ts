import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Db } from '../../db/client.ts';
import { standingOf, findSettlement, answerVersion } from '../../db/queries/commands.ts';
import { eventsOfCommand } from '../../db/queries/events.ts';
import { isDatabaseAway } from '../../db/unavailable.ts';
import { isTemporalAway } from '../../engine/runs.ts';
import { callerOf } from '../auth/hook.ts';
import { checkedCommand, specOf } from '../cases/checked-command.ts';
import { streamOf, type CaseKind } from '../cases/kinds.ts';
import { checkRole, commandIdOf, ifMatch, prefersAsync } from '../cases/request.ts';
import type { Context } from '../context.ts';
import { answerLanguage, inLanguage } from '../http/language.ts';
import { looseBody, parseData } from '../http/validation.ts';
import { CommandState, commandAnswer, problems, type Documented } from '../openapi/schemas.ts';
import { Problem } from '../problems.ts';

const Named = z.looseObject({ type: z.string().min(1).max(60) });
const Envelope = z.strictObject({ ...Named.shape, data: z.record(z.string(), z.unknown()) });
/** The engine's own ids hold `/` or `@`; they can be asked for in the form that a path takes. */
const commandParams = z.strictObject({ id: z.string().max(100).describe('Id of the case'), commandId: z.string().min(1).max(300).describe('Id of the command') });

/** The one way to change a case, and what became of a command. */
export function caseCommands(kind: CaseKind, context: Context): FastifyPluginAsyncZod {
  const { runs } = context;
  const tags = [`${kind.name}s`];
  const State: Documented = CommandState;
  const Answer: Documented = commandAnswer(kind.name);

  /** 404 for a case that is not there; while the store is away the engine's word is taken. */
  const checkExists = async (db: Db, stream: string, withoutStore: boolean): Promise<void> => {
    try {
      if ((await standingOf(db, stream, '')).head === 0) throw Problem.of('NOT_FOUND');
    } catch (error) {
      if (!isDatabaseAway(error) || !withoutStore) throw error;
      if (!(await knownToEngine(stream))) throw Problem.of('STORE_UNAVAILABLE', { cause: error });
    }
  };
  const knownToEngine = (stream: string): Promise<boolean> => runs.isKnown(stream).catch((cause: unknown) => {
    throw isTemporalAway(cause) ? Problem.of('ENGINE_UNAVAILABLE', { cause }) : cause;
  });

  return async (app) => {
    app.setValidatorCompiler(looseBody);
    app.post(`${kind.path}/:id/commands`, {
      schema: {
        tags, operationId: `${kind.name}-commands`, summary: 'Records a fact or a decision; the answer shows the case after it',
        params: z.strictObject({ id: z.string().max(100).describe('Id of the case') }), querystring: z.strictObject({}), body: commandUnion(kind),
        response: { 200: Answer, 202: State, ...problems(400, 404, 409, 412, 413, 415, 503) },
      },
    }, async (request, reply) => {
      const { id } = request.params;
      const body: unknown = request.body;
      const stream = streamOf(kind, id);
      const isAsync = prefersAsync(request);
      const caller = callerOf(request);
      const { db, way } = context.as(caller);
      await checkExists(db, stream, isAsync);
      const { type } = parseData(Named, body);
      const spec = specOf(kind, type);
      // Who may not send it is told so before anything else of it is judged.
      checkRole(type, spec, caller);
      const { data } = parseData(Envelope, body);
      const commandId = commandIdOf(request);
      const command = await checkedCommand(context, { kind, id, type, spec, data, caller, commandId, isFact: isAsync, ifMatch: ifMatch(request) });
      if (isAsync) {
        await way.submit(command);
        return reply.code(202).headers({ Location: `${kind.path}/${id}/commands/${commandId}`, 'Preference-Applied': 'respond-async' })
          .send({ commandId, state: 'PENDING' });
      }
      const { version, events, view } = await way.execute(command);
      return reply.header('ETag', `"${version}"`).send({ commandId, version, events, [kind.name]: inLanguage(view, answerLanguage(request, reply)) });
    });

    app.get(`${kind.path}/:id/commands/:commandId`, {
      schema: {
        tags, operationId: `${kind.name}-command-state`, summary: 'What became of a command', params: commandParams, querystring: z.strictObject({}),
        response: { 200: State, ...problems(404, 503) },
      },
    }, async (request) => {
      const { id, commandId } = request.params;
      const stream = streamOf(kind, id);
      const { db, way } = context.as(callerOf(request));
      const { known } = await standingOf(db, stream, commandId);
      if (known === undefined) {
        // Neither the store, nor this server, nor the case's run has heard of it: then nobody left it here.
        const held = way.isUnheard(stream, commandId) || await runs.holds(stream, commandId).catch((cause: unknown) => {
          throw isTemporalAway(cause) ? Problem.of('ENGINE_UNAVAILABLE', { cause }) : cause;
        });
        if (!held) throw Problem.of('NOT_FOUND');
        return { commandId, state: 'PENDING' };
      }
      const [events, settlement, version] = await Promise.all([
        eventsOfCommand(db, stream, commandId), findSettlement(db, stream, commandId), answerVersion(db, known),
      ]);
      const refused = events.find(({ type }) => type === 'FactRefused');
      const code = refused === undefined ? settlement?.code : codeIn(refused.data);
      const isRefused = refused !== undefined || settlement?.type === 'ParkedFactRefused';
      return { commandId, state: isRefused ? 'REFUSED' : 'DONE', ...(isRefused && typeof code === 'string' ? { code } : {}), version, events };
    });
  };
}

function codeIn(data: object): string | undefined {
  return 'code' in data && typeof data.code === 'string' ? data.code : undefined;
}

/** For the document: every command with the schema of its data. */
function commandUnion({ name, commands }: CaseKind): z.ZodType {
  const options = Object.entries(commands).map(([type, { schema, by }]) => z.strictObject({
    type: z.literal(type), data: schema,
  }).describe(`${schema.description ?? type}. By: ${by.join(', ')}`));
  return z.union(options).meta({ id: `${name.charAt(0).toUpperCase()}${name.slice(1)}Command` });
}
