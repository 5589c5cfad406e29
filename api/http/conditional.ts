import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What If-None-Match holds (RFC 9110), for the document too. */
export const IF_NONE_MATCH = String.raw`^(\*|(W/)?"[!#-~]{0,100}"([ \t]{0,8},[ \t]{0,8}(W/)?"[!#-~]{0,100}"){0,50})$`;

/** True when the caller says that it has what this tag names (If-None-Match, compared weakly as RFC 9110 wants). */
export function hasAlready({ headers }: Pick<FastifyRequest, 'headers'>, tag: string): boolean {
  const given = headers['if-none-match'];
  if (given === undefined) return false;
  return given.trim() === '*' || given.split(',').some((one) => one.trim().replace(/^W\//, '') === tag);
}

/** No body: the caller has it. */
export function sendUnchanged(reply: FastifyReply): FastifyReply {
  return reply.code(304).send();
}

/** A tag of the very bytes that are answered. */
export function contentTag(content: string): string {
  return `"${createHash('sha256').update(content).digest('base64url').slice(0, 27)}"`;
}

/** Answers JSON under a tag of its content, or 304 to who has it. */
export function sendTagged(request: FastifyRequest, reply: FastifyReply, body: object): FastifyReply {
  const content = JSON.stringify(body);
  const tag = contentTag(content);
  reply.header('ETag', tag);
  return hasAlready(request, tag) ? sendUnchanged(reply) : reply.type('application/json; charset=utf-8').serializer(String).send(content);
}
