import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { OtherContent } from '../../db/journal.ts';
import { callerOf, checkSees } from '../auth/hook.ts';
import { AGENCY } from '../auth/tokens.ts';
import type { Caller } from '../auth/verify.ts';
import { idempotencyKey } from '../cases/request.ts';
import { unknownBody } from '../bodies.ts';
import { says } from '../../domain/shared/says.ts';
import type { Context } from '../context.ts';
import { problems, Subject, type Documented } from '../openapi/schemas.ts';
import { Problem } from '../problems.ts';

const NewSubject = z.strictObject({
  body: z.string().regex(/^(?:c_[a-z]\d{3}|agency)$/, says('deve essere un codice IPA, o agency', 'must be an IPA code, or agency')).describe('Body that the person acts for').meta({ examples: ['c_a010'] }),
  name: z.string().trim().min(1).max(200).regex(/^[^\r\n\t]*$/, says('deve stare su una riga', 'must be one line')).describe('Name and surname'),
  email: z.email().max(254).describe('Address of the office'),
  phone: z.string().regex(/^\+?[0-9 ().-]{5,30}$/, says('deve essere un numero di telefono', 'must be a telephone number')).optional().describe('Telephone of the office'),
});

/** Persons: the records know them by their ids only. */
export function subjectRoutes(context: Context): FastifyPluginAsyncZod {
  const { bodies, keys, whole: { way } } = context;
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
      const { body, ...person } = request.body;
      const caller = callerOf(request);
      if (caller.role === 'member' && caller.body !== body) {
        throw Problem.of('FORBIDDEN', { detail: { it: 'Un ente aderente registra solo persone proprie.', en: 'A member adds persons of its own body.' } });
      }
      if (body !== AGENCY && bodies.find(body) === undefined) throw unknownBody(body);
      const key = idempotencyKey(request);
      const once = key === undefined ? undefined : {
        id: `sub-${keys.digest('register', caller.subject, key).slice(0, 32)}`, hash: way.requestHash('RegisterSubject', request.body),
      };
      const id = await context.as(caller).subjects.add(body, person, caller, once).catch((error: unknown) => {
        throw error instanceof OtherContent ? otherPerson() : error;
      });
      return reply.code(201).header('Location', `/v1/subjects/${id}`).send({ id });
    });

    app.get('/v1/subjects/:id', {
      schema: {
        tags: ['subjects'], operationId: 'subject-get', summary: 'A person', params, querystring: z.strictObject({}), response: { 200: One, ...problems(404, 503) },
      },
    }, async (request) => {
      const { id } = request.params;
      const caller = callerOf(request);
      await getBody(id, caller);
      const subject = await context.as(caller).subjects.find(id);
      if (subject === undefined) throw Problem.of('NOT_FOUND');
      return subject;
    });

    app.delete('/v1/subjects/:id', {
      schema: {
        tags: ['subjects'], operationId: 'subject-erase', summary: 'Erases a person for good and leaves a receipt', params, querystring: z.strictObject({}),
        response: { 204: z.null().describe('Erased'), ...problems(404, 503) },
      },
    }, async (request, reply) => {
      const { id } = request.params;
      const caller = callerOf(request);
      await context.as(caller).subjects.erase(id, await getBody(id, caller), caller);
      return reply.code(204).send(null);
    });
  };
}

function otherPerson(): Problem {
  return Problem.refused('IDEMPOTENCY_MISMATCH', [{ code: 'IDEMPOTENCY_MISMATCH', message: { it: "Con questa Idempotency-Key è stata registrata un'altra persona: usarne una nuova.", en: 'This Idempotency-Key added another person; use a new one.' } }]);
}
