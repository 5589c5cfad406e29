import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Logger } from 'pino';

export const NDJSON = 'application/x-ndjson; charset=utf-8';

/** Sends items as lines of JSON while they are read; an answer that breaks off was not whole. */
export function ndjson(reply: FastifyReply, items: AsyncIterable<object>, log: Logger): FastifyReply {
  const lines = Readable.from(linesOf(items));
  lines.on('error', (error) => { log.warn({ err: error, correlationId: reply.request.id }, 'a stream of events broke off'); });
  return reply.type(NDJSON).send(lines);
}

async function* linesOf(items: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const item of items) yield `${JSON.stringify(item)}\n`;
}
