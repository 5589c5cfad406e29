import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { readLogVerifiers } from '../../db/log/keys.ts';
import { newestCheckpoint, proveConsistency, readTileOf, recordsOfSpan } from '../../db/log/store.ts';
import { HASH_BYTES } from '../../tlog/merkle.ts';
import { entryBundle, parseSpanPath, TILE_WIDTH, type Tile } from '../../tlog/tiles.ts';
import { actorOf, callerOf } from '../auth/hook.ts';
import type { Context } from '../context.ts';
import { IMMUTABLE_CACHE, PUBLIC_CACHE } from '../http/cache.ts';
import { queryNumber } from '../http/paging.ts';
import { problems, type Documented } from '../openapi/schemas.ts';
import { Problem } from '../problems.ts';

export const int32 = (least: number) => z.int().min(least).max(2_147_483_647).meta({ format: 'int32' });
export const note = z.string().max(10_000).describe('Signed note (C2SP tlog-checkpoint)');
export const hashes = z.array(z.string().max(44).describe('Base64 of 32 bytes')).max(64);

const Consistency: Documented = z.object({ from: int32(0), to: int32(0), hashes })
  .meta({ id: 'LogConsistency', description: 'Proves that the larger tree begins with all of the smaller one (RFC 6962)' });
const Text: Documented = z.string().max(100_000);
const Bytes: Documented = z.string().max(16_000_000).meta({ format: 'binary' });
const bytes = { 200: { description: 'As C2SP tlog-tiles has it', content: { 'application/octet-stream': { schema: Bytes } } } };
const text = (description: string) => ({ 200: { description, content: { 'text/plain': { schema: Text } } } });

/** Where a tile stands below its level: `067`, `x001/234`, and with a width, `x001/234.p/17`. */
const part = (example: string) => z.string().max(20).meta({ examples: [example] }).describe('Part of the index of the tile, as C2SP tlog-tiles writes it');
const DEPTHS = [
  { path: ':a', params: { a: part('067') } },
  { path: ':a/:b', params: { a: part('067.p'), b: part('17') } },
  { path: ':a/:b/:c', params: { a: part('x001'), b: part('234.p'), c: part('17') } },
] as const;
const CASE = /^(?:adhesion|migration|campaign|constitution)\//;

/** The transparency log as tools made by others read it (C2SP tlog-tiles), and the proof that it only grew. */
export function logRoutes(context: Context): FastifyPluginAsyncZod {
  const { whole: { db }, keys, reads } = context;
  const tags = ['log'];
  const querystring = z.strictObject({});
  return async (app) => {
    app.get('/log/checkpoint', {
      schema: { tags, operationId: 'log-checkpoint', summary: 'The newest checkpoint of the transparency log', querystring, response: { ...text('Signed note'), ...problems(404) } },
    }, async (_request, reply) => {
      const newest = await newestCheckpoint(db);
      if (newest === undefined) throw notSequenced();
      return reply.type('text/plain; charset=utf-8').send(newest.note);
    });

    app.get('/log/key', {
      schema: { tags, operationId: 'log-key', summary: 'The keys that verify checkpoints, one a line, newest first', querystring, response: { ...text('Verifier keys (C2SP signed-note)'), ...problems(404) } },
    }, async (_request, reply) => {
      const verifiers = await readLogVerifiers(keys.folder);
      if (verifiers.length === 0) throw notSequenced();
      return reply.headers(PUBLIC_CACHE).type('text/plain; charset=utf-8').send(verifiers.map((verifier) => `${verifier.text}\n`).join(''));
    });

    for (const [depth, { path, params }] of DEPTHS.entries()) {
      app.get(`/log/tile/:level/${path}`, {
        schema: {
          tags, operationId: `log-tile-${depth + 1}`, summary: `Hashes of the log's tree, a tile; its path has ${['one part', 'two parts', 'three parts'][depth] ?? ''}`,
          params: z.strictObject({ level: z.string().max(20).meta({ examples: ['0'] }).describe('Level of the tile'), ...params }), querystring, response: { ...bytes, ...problems(404) },
        },
      }, async (request, reply) => {
        const { level, ...parts } = request.params;
        if (!/^(?:\d|[1-5]\d|6[0-3])$/.test(level)) throw Problem.of('NOT_FOUND');
        const tile = { level: Number(level), ...spanOf(parts) };
        const content = await readTileOf(db)(tile);
        if (content.length < tile.width * HASH_BYTES) throw Problem.of('NOT_FOUND');
        return reply.headers(tile.width === TILE_WIDTH ? IMMUTABLE_CACHE : PUBLIC_CACHE).type('application/octet-stream').send(content);
      });

      app.get(`/log/tile/entries/${path}`, {
        schema: {
          tags, operationId: `log-entries-${depth + 1}`, summary: `Records of the log, a bundle; its path has ${['one part', 'two parts', 'three parts'][depth] ?? ''}`,
          description: 'For: operator, auditor. That the cases in it were read is recorded.', params: z.strictObject(params), querystring, response: { ...bytes, ...problems(404) },
        },
      }, async (request, reply) => {
        const span = spanOf(request.params);
        const entries = await recordsOfSpan(db, span);
        if (entries.length < span.width) throw Problem.of('NOT_FOUND');
        await reads.enterList([...new Set(entries.map(({ stream }) => stream).filter((stream) => CASE.test(stream)))], actorOf(callerOf(request)));
        return reply.type('application/octet-stream').send(entryBundle(entries.map(({ record }) => record)));
      });
    }

    app.get('/v1/log/consistency', {
      schema: {
        tags, operationId: 'log-consistency', summary: 'Proves that the log of one size is the beginning of the log of another',
        querystring: z.strictObject({
          from: queryNumber(0, 2_147_483_647).describe('Leaves of the smaller tree'), to: queryNumber(0, 2_147_483_647).optional().describe('Leaves of the larger tree; default: of the newest checkpoint'),
        }),
        response: { 200: Consistency, ...problems(400, 404) },
      },
    }, async (request) => {
      const newest = await newestCheckpoint(db);
      if (newest === undefined) throw notSequenced();
      const { from, to = newest.size } = request.query;
      if (from > to) throw Problem.validation([{ code: 'INVALID', message: { it: 'from non può superare to.', en: 'from may not be beyond to.' }, path: 'from' }]);
      if (to > newest.size) throw notSequenced();
      const proof = await proveConsistency(db, from, to);
      return { from, to, hashes: proof.map((hash) => hash.toString('base64')) };
    });
  };
}

const RETRY_AFTER_S = 1;

export function notSequenced(): Problem {
  return Problem.of('NOT_SEQUENCED', { headers: { 'Retry-After': String(RETRY_AFTER_S) } });
}

/** Throws Problem NOT_FOUND for a path that no tile has. */
function spanOf(parts: Readonly<Record<string, string>>): Pick<Tile, 'index' | 'width'> {
  const span = parseSpanPath(Object.values(parts).join('/'));
  if (span === undefined) throw Problem.of('NOT_FOUND');
  return span;
}
