import { AGENCY } from '../../domain/shared/body-code.ts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actorOf, callerOf, checkSees, readerOf } from '../auth/hook.ts';
import type { Caller } from '../auth/verify.ts';
import { unknownBody } from '../bodies.ts';
import { addPerson, NewSubject } from '../cases/persons.ts';
import { isRecorded } from '../cases/recorded-reads.ts';
import { idempotencyKey } from '../cases/request.ts';
import type { Context } from '../context.ts';
import { decodeCursor, DEFAULT_LIMIT, encodeCursor, paging } from '../http/paging.ts';
import { page, problems, Subject, type Documented } from '../openapi/schemas.ts';
import { Problem } from '../problems.ts';
import { receiptPath } from './erasures.ts';

const listQuery = z.strictObject({ body: NewSubject.shape.body, ...paging });

/** Persons: the records know them by their ids only. */
export function subjectRoutes(context: Context): FastifyPluginAsyncZod {
  const One: Documented = Subject;
  const params = z.strictObject({ id: z.string().max(64).describe('Id of the subject') });

  /** The body of a subject that the caller may see; that there is one of another body is for the security log alone. */
  const getBody = async (id: string, caller: Caller): Promise<string> => {
    const body = await context.whole.subjects.findBody(id);
    checkSees(caller, body);
    if (body === undefined) throw Problem.of('NOT_FOUND');
    return body;
  };

  return async (app) => {
    app.post('/v1/subjects', {
      schema: {
        tags: ['subjects'], operationId: 'subjects-add', summary: 'Adds a person of a body', querystring: z.strictObject({}), body: NewSubject,
        response: { 201: z.object({ id: z.string().max(64) }), ...problems(400, 409, 413, 415, 503) },
      },
    }, async (request, reply) => {
      const id = await addPerson(context, callerOf(request), request.body, idempotencyKey(request));
      return reply.code(201).header('Location', `/v1/subjects/${id}`).send({ id });
    });

    app.get('/v1/subjects', {
      schema: {
        tags: ['subjects'], operationId: 'subjects-list', summary: 'Persons of a body, or of the Agency', querystring: listQuery,
        response: { 200: page(Subject), ...problems(400, 404, 503) },
      },
    }, async (request) => {
      const { body, limit = DEFAULT_LIMIT, cursor } = request.query;
      const caller = callerOf(request);
      checkSees(caller, body);
      if (body !== AGENCY && context.bodies.find(body) === undefined) throw unknownBody(body);
      const { subjects, next } = await context.as(caller).subjects.pageOf(body, decodeCursor(cursor, /^sub-[\w-]{1,60}$/) ?? '', limit);
      if (isRecorded(caller)) await context.reads.enterList(subjects.map(({ id }) => `subject/${id}`), actorOf(caller));
      return { items: subjects, nextCursor: next === null ? null : encodeCursor(next) };
    });

    app.get('/v1/subjects/:id', {
      schema: {
        tags: ['subjects'], operationId: 'subject-get', summary: 'A person', params, querystring: z.strictObject({}), response: { 200: One, ...problems(404, 503) },
      },
    }, async (request) => {
      const { id } = request.params;
      const caller = callerOf(request);
      // What a case took over names persons of the body of before: who reads its cases reads who they are.
      const body = await context.whole.subjects.findBody(id);
      const reader = readerOf(context.bodies, caller, body);
      checkSees(reader, body);
      const subject = await context.as(reader).subjects.find(id);
      if (subject === undefined) throw Problem.of('NOT_FOUND');
      return subject;
    });

    app.delete('/v1/subjects/:id', {
      schema: {
        tags: ['subjects'], operationId: 'subject-erase', summary: 'Erases a person for good and leaves a receipt', params, querystring: z.strictObject({}),
        response: { 204: z.null().describe('Erased; Location names the receipt'), ...problems(404, 503) },
      },
    }, async (request, reply) => {
      const { id } = request.params;
      const caller = callerOf(request);
      await context.as(caller).subjects.erase(id, await getBody(id, caller), caller);
      return reply.code(204).header('Location', receiptPath(id)).send(null);
    });
  };
}
