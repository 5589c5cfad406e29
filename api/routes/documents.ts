import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { OtherContent } from '../../db/journal.ts';
import { findCase } from '../../db/queries/cases.ts';
import { actorOf, callerOf } from '../auth/hook.ts';
import { ADHESION, streamOf } from '../cases/kinds.ts';
import { idempotencyKey } from '../cases/request.ts';
import type { Context } from '../context.ts';
import { addDocument, documentsPage, nameIn } from '../cases/documents.ts';
import { hasAlready, sendUnchanged } from '../http/conditional.ts';
import { DEFAULT_LIMIT, paging } from '../http/paging.ts';
import { DOCUMENT_TYPES, MAX_DOCUMENT_BYTES } from '../cases/document-types.ts';
import { Document, ListedDocument, page, problems, type Documented } from '../openapi/schemas.ts';
import { Problem } from '../problems.ts';
import { receiptPath } from './erasures.ts';

/** Papers of an adhesion: the records hold their digests, the bytes stand here. */
export function documentRoutes(context: Context): FastifyPluginAsyncZod {
  const path = `${ADHESION.path}/:id/documents`;
  const Info: Documented = Document;
  const bytes: Documented = z.string().max(MAX_DOCUMENT_BYTES).meta({ format: 'binary' });
  const BYTES = Object.fromEntries(DOCUMENT_TYPES.map((type) => [type, { schema: bytes }]));
  const params = z.strictObject({ id: z.string().max(100).describe('Id of the adhesion'), documentId: z.string().max(60).describe('Id of the document') });
  return async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser([...DOCUMENT_TYPES], { parseAs: 'buffer', bodyLimit: MAX_DOCUMENT_BYTES }, async (_request: unknown, body: Buffer) => body);

    app.post(path, {
      bodyLimit: MAX_DOCUMENT_BYTES,
      schema: {
        tags: ['documents'], operationId: 'documents-add', summary: 'Stores a document of the case; the same bytes are one document',
        description: 'Under an Idempotency-Key the first answer is given again, also when the document was erased meanwhile: a late repetition does not bring it back.',
        params: params.pick({ id: true }), querystring: z.strictObject({}), response: { 201: Info, ...problems(400, 404, 409, 413, 415, 503) },
      },
    }, async (request, reply) => {
      const { id } = request.params;
      const stream = streamOf(ADHESION, id);
      const caller = callerOf(request);
      const key = idempotencyKey(request);
      const { db, documents } = context.as(caller);
      if ((await findCase(db, stream)) === undefined) throw Problem.of('NOT_FOUND');
      const given = { mediaType: mediaType(request.headers['content-type']), content: request.body, name: nameIn(request.headers['content-disposition']) };
      const once = key === undefined ? undefined : {
        id: context.keys.digest('register', 'document', caller.subject, key), actor: actorOf(caller),
        hash: (sha256: string) => context.whole.way.requestHash('StoreDocument', { stream, type: given.mediaType, sha256 }),
      };
      const document = await addDocument(documents, stream, given, caller, once).catch((error: unknown) => { throw error instanceof OtherContent ? otherDocument() : error; });
      return reply.code(201).header('Location', `${ADHESION.path}/${id}/documents/${document.id}`).send(document);
    });

    app.get(path, {
      schema: {
        tags: ['documents'], operationId: 'documents-list', summary: 'Documents of a case, oldest first', params: params.pick({ id: true }), querystring: z.strictObject({ ...paging }),
        response: { 200: page(ListedDocument), ...problems(400, 404, 503) },
      },
    }, async (request) => {
      const stream = streamOf(ADHESION, request.params.id);
      const { limit = DEFAULT_LIMIT, cursor } = request.query;
      const { db, documents } = context.as(callerOf(request));
      if ((await findCase(db, stream)) === undefined) throw Problem.of('NOT_FOUND');
      return documentsPage(documents, stream, limit, cursor);
    });

    app.get(`${path}/:documentId`, {
      schema: {
        tags: ['documents'], operationId: 'document-get', summary: 'The bytes of a document', params, querystring: z.strictObject({}),
        response: { 200: { description: 'The bytes', content: BYTES }, ...problems(404, 503) },
      },
    }, async (request, reply) => {
      const { id, documentId } = request.params;
      const document = await context.as(callerOf(request)).documents.find(streamOf(ADHESION, id), documentId);
      if (document === undefined) throw Problem.of('NOT_FOUND');
      const tag = `"${document.sha256}"`;
      reply.header('ETag', tag);
      if (hasAlready(request, tag)) return sendUnchanged(reply);
      // The name is ours, of letters and digits: nothing of a client's stands in a header.
      return reply.type(document.mediaType).header('Content-Disposition', `attachment; filename="${document.id}"`).send(document.content);
    });

    app.delete(`${path}/:documentId`, {
      schema: {
        tags: ['documents'], operationId: 'document-erase', summary: 'Erases a document for good and leaves a receipt', params, querystring: z.strictObject({}),
        response: { 204: z.null().describe('Erased; Location names the receipt'), ...problems(404, 503) },
      },
    }, async (request, reply) => {
      const caller = callerOf(request);
      const erased = await context.as(caller).documents.erase(streamOf(ADHESION, request.params.id), request.params.documentId, caller);
      if (!erased) throw Problem.of('NOT_FOUND');
      return reply.code(204).header('Location', receiptPath(request.params.documentId)).send(null);
    });
  };
}

function otherDocument(): Problem {
  const message = { it: 'Con questa Idempotency-Key è stato conservato un altro documento: usarne una nuova.', en: 'This Idempotency-Key stored another document; use a new one.' };
  return Problem.refused('IDEMPOTENCY_MISMATCH', [{ code: 'IDEMPOTENCY_MISMATCH', message }]);
}

function mediaType(header: string | undefined): string {
  return header?.split(';')[0]?.trim().toLowerCase() ?? '';
}
