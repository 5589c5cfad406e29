import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problems.ts';

const FORM = 'application/x-www-form-urlencoded';
const MAX_FORM_BYTES = 10_000;

/** The routes of this scope take forms, and nothing else. */
export function acceptForms(app: FastifyInstance, bodyLimit = MAX_FORM_BYTES): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(FORM, { parseAs: 'string', bodyLimit }, async (_request: unknown, body: string) => new URLSearchParams(body));
}

/** The form that was sent. Throws Problem UNSUPPORTED_MEDIA_TYPE when none was. */
export function formOf({ body }: FastifyRequest): URLSearchParams {
  if (body instanceof URLSearchParams) return body;
  throw Problem.of('UNSUPPORTED_MEDIA_TYPE');
}
