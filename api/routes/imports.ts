import { randomBytes } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { PaperAdhesion } from '../../domain/adhesion/schemas/import.ts';
import { callerOf } from '../auth/hook.ts';
import { idempotencyKey } from '../cases/request.ts';
import type { Context } from '../context.ts';
import { looseBody, parseData } from '../http/validation.ts';
import { checkImports, importAll, shownOf } from '../imports/importing.ts';
import { itemsOfTable, MOST_ROWS } from '../imports/table.ts';
import { problems, type Documented } from '../openapi/schemas.ts';
import { ImportAnswer } from '../openapi/territory-schemas.ts';
import { Problem } from '../problems.ts';

const items = z.array(PaperAdhesion).min(1).max(MOST_ROWS);
const Request = z.strictObject({
  items: items.optional().describe('The adhesions; or a table'),
  csv: z.string().min(1).max(900_000).optional().describe('A table with a header: body, document, resolutionNo, heldOn, … (docs/territory.md)'),
  dryRun: z.boolean().optional().describe('True: nothing is imported'),
}).describe('Adhesions that were concluded on paper');
const Whole = z.strictObject({ items });

/** Adhesions that were concluded on paper come in, with their dates and the papers they rest on. */
export function importRoutes(context: Context): FastifyPluginAsyncZod {
  const Answer: Documented = ImportAnswer;
  return async (app) => {
    app.setValidatorCompiler(looseBody);
    app.post('/v1/adhesion-imports', {
      schema: {
        tags: ['adhesions'], operationId: 'adhesions-import', summary: 'Imports adhesions that were concluded on paper; while one of them is wrong, none begins', querystring: z.strictObject({}),
        body: Request, response: { 200: Answer, 201: Answer, ...problems(400, 409, 413, 415, 503) },
      },
    }, async (request, reply) => {
      const { dryRun = false, ...asked } = parseData(Request, request.body);
      if ((asked.items === undefined) === (asked.csv === undefined)) throw either();
      const found = asked.items ?? parseData(Whole, { items: itemsOfTable(asked.csv ?? '') }).items;
      const caller = callerOf(request);
      const key = idempotencyKey(request);
      const requestId = `open/import/${key === undefined ? randomBytes(16).toString('hex') : context.keys.digest('open', 'import', caller.subject, key)}`;
      const checked = await checkImports(context, { items: found, caller, requestId });
      if (dryRun) return reply.code(200).send({ items: checked.map(shownOf) });
      return reply.code(201).send({ items: await importAll(context, checked, caller) });
    });
  };
}

function either(): Problem {
  return Problem.validation([{ code: 'VALIDATION', message: { it: 'Si indica o items o csv.', en: 'Give either items or csv.' }, path: 'items' }]);
}
