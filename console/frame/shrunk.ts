import compress from '@fastify/compress';
import type { FastifyInstance } from 'fastify';

/** The library's own way to be told that an answer stays as it is. */
const NOT_SHRUNK = 'x-no-compression';
/** What a browser says of a page that one of ours, or the person, asked for; a page of another site cannot have it said (Fetch Metadata). */
const OWN: ReadonlySet<unknown> = new Set(['same-origin', 'none']);

/**
 * Shrinks the answers of the routes that are added after it. How far a page shrinks tells of what stands in it beside what its
 * address puts there (BREACH): who may watch the line and choose the address, a page of another site, gets it as it is.
 */
export async function shrinkAnswers(app: FastifyInstance): Promise<void> {
  app.addHook('onRequest', async ({ headers }) => {
    if (!OWN.has(headers['sec-fetch-site'])) headers[NOT_SHRUNK] = 'true';
  });
  await app.register(compress, { globalCompression: true, globalDecompression: false, encodings: ['br', 'gzip'] });
}
