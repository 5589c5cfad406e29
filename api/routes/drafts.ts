import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findCase } from '../../db/queries/cases.ts';
import type { Draft } from '../../db/vault/drafts.ts';
import { callerOf } from '../auth/hook.ts';
import type { Caller } from '../auth/verify.ts';
import { draftSchemaOf, saverOf } from '../cases/drafts.ts';
import { ADHESION, streamOf, type CommandSpec } from '../cases/kinds.ts';
import { checkRole, ifMatch } from '../cases/request.ts';
import type { Context } from '../context.ts';
import { looseBody, parseData } from '../http/validation.ts';
import { Draft as DraftBody, DraftData, problems, type Documented } from '../openapi/schemas.ts';
import { Problem } from '../problems.ts';

/** Commands that are still being filled in, one a case and command. A draft is no event: the case hears nothing of it. */
export function draftRoutes(context: Context): FastifyPluginAsyncZod {
  const path = `${ADHESION.path}/:id/drafts/:command`;
  const One: Documented = DraftBody;
  const params = z.strictObject({ id: z.string().max(100).describe('Id of the adhesion'), command: z.string().max(60).describe('Command that is being filled in, e.g. SubmitRecognition') });

  /** What the edge knows of the command: 404 for none of that name or no case, 403 for who may not send it. */
  const specFor = async ({ id, command }: z.infer<typeof params>, caller: Caller): Promise<CommandSpec> => {
    const spec = Object.hasOwn(ADHESION.commands, command) ? ADHESION.commands[command] : undefined;
    if (spec === undefined) throw Problem.of('NOT_FOUND');
    checkRole(command, spec, caller);
    if ((await findCase(context.as(caller).db, streamOf(ADHESION, id))) === undefined) throw Problem.of('NOT_FOUND');
    return spec;
  };

  return async (app) => {
    app.setValidatorCompiler(looseBody);
    app.get(path, {
      schema: {
        tags: ['drafts'], operationId: 'draft-get', summary: 'A command that is still being filled in', params, querystring: z.strictObject({}),
        response: { 200: One, ...problems(404, 503) },
      },
    }, async (request, reply) => {
      const { id, command } = request.params;
      const caller = callerOf(request);
      await specFor(request.params, caller);
      const draft = await context.as(caller).drafts.find(streamOf(ADHESION, id), command);
      if (draft === undefined) throw Problem.of('NOT_FOUND');
      return reply.header('ETag', `"${draft.version}"`).send({ command, ...draft });
    });

    app.put(path, {
      schema: {
        tags: ['drafts'], operationId: 'draft-save', summary: 'Saves a command that is still being filled in, over the draft that If-Match names or where there is none', params,
        querystring: z.strictObject({}), body: DraftData, response: { 200: One, ...problems(400, 404, 412, 413, 415, 503) },
      },
    }, async (request, reply) => {
      const { id, command } = request.params;
      const caller = callerOf(request);
      const spec = await specFor(request.params, caller);
      const received: unknown = request.body;
      const data = parseData(draftSchemaOf(spec.schema), received);
      const { drafts } = context.as(caller);
      const stream = streamOf(ADHESION, id);
      const standing = await drafts.find(stream, command);
      const seen = seenIn(request, standing);
      const saved = seen === undefined ? undefined : await drafts.save(stream, command, { data, seen, by: saverOf(caller) });
      if (saved === undefined) throw draftChanged((await drafts.find(stream, command))?.version ?? null);
      return reply.header('ETag', `"${saved.version}"`).send({ command, ...saved });
    });

    app.delete(path, {
      schema: {
        tags: ['drafts'], operationId: 'draft-discard', summary: 'Erases a draft for good', params, querystring: z.strictObject({}),
        response: { 204: z.null().describe('Erased'), ...problems(404, 412, 503) },
      },
    }, async (request, reply) => {
      const { id, command } = request.params;
      const caller = callerOf(request);
      await specFor(request.params, caller);
      const { drafts } = context.as(caller);
      const stream = streamOf(ADHESION, id);
      const standing = await drafts.find(stream, command);
      if (standing === undefined) throw Problem.of('NOT_FOUND');
      const versions = ifMatch(request) ?? [standing.version];
      if (!versions.includes(standing.version) || !await drafts.discard(stream, command, standing.version)) throw draftChanged(standing.version);
      return reply.code(204).send(null);
    });
  };
}

/** The version that is saved over; null: none is there, as the caller believes; undefined: the caller has seen another. */
function seenIn(request: Parameters<typeof ifMatch>[0], standing: Draft | undefined): number | null | undefined {
  const versions = ifMatch(request);
  if (versions !== undefined) return standing !== undefined && versions.includes(standing.version) ? standing.version : undefined;
  if (request.headers['if-match'] === undefined) return null;
  // `*`: whichever is there.
  return standing?.version;
}

function draftChanged(version: number | null): Problem {
  return Problem.of('DRAFT_CONFLICT', {
    detail: {
      it: 'Altri hanno salvato o tolto questa bozza: si rilegga, poi si salvi indicandone la versione in If-Match.',
      en: 'Somebody else has saved or discarded this draft: read it again, then save with its version in If-Match.',
    },
    extra: { version },
  });
}
