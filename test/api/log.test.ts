import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { addLogKey, openLogKeys } from '../../db/log/keys.ts';
import { Sequencer } from '../../db/log/sequencer.ts';
import { openCheckpoint } from '../../tlog/checkpoint.ts';
import { leafHash, treeRange, verifyConsistency, verifyInclusion } from '../../tlog/merkle.ts';
import { parseVerifier } from '../../tlog/note.ts';
import { hashRanges, tilePath } from '../../tlog/tiles.ts';
import { note } from '../support/log.ts';
import { bodyAt, listOf, open, PROPOSAL, startApi, tokenFor, type Answer, type Api, type As } from './support.ts';

/** What who trusts nobody reads of the log over HTTP, and verifies by himself. */
let api: Api;
let sequencer: Sequencer;
let id: string;
let before: readonly Answer[];

const get = (url: string, as: As | null = null) => api.call('GET', url, as);
const bytes = async (url: string, as: As | null = null): Promise<Buffer> => {
  const headers = as === null ? {} : { authorization: `Bearer ${await tokenFor(api.keys, as)}` };
  const answer = await api.app.inject({ method: 'GET', url, headers });
  expect([url, answer.statusCode, answer.headers['content-type']]).toEqual([url, 200, 'application/octet-stream']);
  return answer.rawPayload;
};
const verifiers = async () => (await get('/log/key')).text.trimEnd().split('\n').map(parseVerifier);
const newest = async () => openCheckpoint((await get('/log/checkpoint')).text, await verifiers());
const decoded = (value: Answer['body'] | undefined) => listOf(value).map((one) => Buffer.from(String(one), 'base64'));
const sizeAtLeast = (size: number) => vi.waitFor(async () => { expect((await newest()).size).toBeGreaterThanOrEqual(size); }, { timeout: 15_000, interval: 50 });

beforeAll(async () => {
  api = await startApi();
  id = await open(api, bodyAt(api, 0));
  before = await Promise.all([
    get('/log/checkpoint'), get('/log/key'), get(`/v1/adhesions/${id}/events/1/proof`, bodyAt(api, 0)), get('/v1/log/consistency?from=0', 'auditor'), get('/log/tile/0/000.p/1'),
  ]);
  sequencer = new Sequencer(api.stack.db, await openLogKeys(api.keysDir, 'associa.example/log'), pino({ level: 'silent' }));
  sequencer.start();
  await note(api.stack.db, 'note/a', 300);
  await sizeAtLeast(301);
});
afterAll(async () => {
  await sequencer.stop();
  await api.stop();
});

test('before anything was signed there is nothing to be had, and a time to ask again', () => {
  expect(before.map(({ status, body, headers }) => [status, body['code'], headers['retry-after']])).toEqual([
    [404, 'NOT_SEQUENCED', '1'], [404, 'NOT_SEQUENCED', '1'], [404, 'NOT_SEQUENCED', '1'], [404, 'NOT_SEQUENCED', '1'], [404, 'NOT_FOUND', undefined],
  ]);
  expect(before[2]?.headers['log-checkpoint']).toBeUndefined();
});

test('checkpoint and key are text, open to all, and belong together', async () => {
  const [checkpoint, key] = await Promise.all([get('/log/checkpoint'), get('/log/key')]);
  expect([checkpoint.headers['content-type'], checkpoint.headers['cache-control']]).toEqual(['text/plain; charset=utf-8', 'no-store']);
  expect([key.headers['content-type'], key.headers['cache-control']]).toEqual(['text/plain; charset=utf-8', 'public, max-age=300']);
  expect(key.text).toMatch(/^associa\.example\/log\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}\n$/);
  expect((await newest()).origin).toBe('associa.example/log');
});

describe('a proof', () => {
  test('leads from the record to the signed root, within two seconds of the event', async () => {
    await api.call('POST', `/v1/adhesions/${id}/commands`, 'operator', { body: PROPOSAL });
    const storedAt = Date.now();
    const answer = await vi.waitFor(async () => {
      const found = await get(`/v1/adhesions/${id}/events/2/proof`, bodyAt(api, 0));
      expect(found.status).toBe(200);
      return found;
    }, { timeout: 10_000, interval: 25 });
    expect(Date.now() - storedAt).toBeLessThan(2_000);
    const { body } = answer;
    const { size, root } = openCheckpoint(String(body['checkpoint']), await verifiers());
    const record = Buffer.from(String(body['record']), 'base64');
    expect(size).toBe(body['treeSize']);
    expect(verifyInclusion(Number(body['leafIndex']), size, leafHash(record), decoded(body['hashes']), root)).toBe(true);
    expect(verifyInclusion(Number(body['leafIndex']), size, leafHash(Buffer.concat([record, Buffer.from(' ')])), decoded(body['hashes']), root)).toBe(false);
    expect(JSON.parse(record.toString('utf8'))).toMatchObject({ stream: `adhesion/${id}`, version: 2, type: 'ProposalSent' });
    const events = await get(`/v1/adhesions/${id}/events`, bodyAt(api, 0));
    expect(listOf(events.body['items'])[1]?.['record']).toBe(body['record']);
  });

  test.each([['99', 404, 'NOT_FOUND'], ['0', 400, 'VALIDATION'], ['x', 400, 'VALIDATION']])('of version %s: %s %s', async (version, status, code) => {
    const answer = await get(`/v1/adhesions/${id}/events/${version}/proof`, 'operator');
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
  });

  test("of another body's event is not found", async () => {
    expect((await get(`/v1/adhesions/${id}/events/1/proof`, bodyAt(api, 1))).body['code']).toBe('NOT_FOUND');
  });

  test('that the log only grew holds between any two sizes', async () => {
    const size = (await newest()).size;
    const stored = await api.stack.db.selectFrom('log_checkpoints').select(['size', 'root']).orderBy('number').execute();
    expect(stored.length).toBeGreaterThan(1);
    const last = stored.find((one) => one.size === size);
    for (const first of stored) {
      const { body } = await get(`/v1/log/consistency?from=${first.size}&to=${size}`, bodyAt(api, 3));
      expect([body['from'], body['to']]).toEqual([first.size, size]);
      expect(verifyConsistency(first, { size, root: last?.root ?? Buffer.alloc(0) }, decoded(body['hashes']))).toBe(true);
    }
  });

  test.each([['from=2&to=1', 400, 'VALIDATION'], ['from=1&to=9999999', 404, 'NOT_SEQUENCED'], ['to=1', 400, 'VALIDATION'], ['from=-1', 400, 'VALIDATION']])('of consistency %s: %s %s', async (query, status, code) => {
    const answer = await get(`/v1/log/consistency?${query}`, 'auditor');
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
  });
});

describe('tiles', () => {
  test('alone give the root that was signed', async () => {
    const { size, root } = await newest();
    const read: string[] = [];
    const [computed = Buffer.alloc(0)] = await hashRanges([treeRange(size)], size, (tile) => {
      read.push(tilePath(tile));
      return bytes(`/log/tile/${tilePath(tile)}`);
    });
    expect(computed.toString('hex')).toBe(root.toString('hex'));
    expect(read).toEqual(['1/000.p/1', `0/001.p/${size - 256}`]);
  });

  test('that are full may be kept for good, partial ones for a while', async () => {
    const [full, partial] = await Promise.all([get('/log/tile/0/000'), get('/log/tile/0/000.p/17')]);
    expect(full.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(partial.headers['cache-control']).toBe('public, max-age=300');
    const [all, some] = await Promise.all([bytes('/log/tile/0/000'), bytes('/log/tile/0/000.p/17')]);
    expect([all.length, some]).toEqual([8192, all.subarray(0, 17 * 32)]);
  });

  test.each(['0/001', '1/000', '2/000.p/1', '0/000.p/0', '0/000.p/256', '0/0', '0/0000', '0/x000/000', '0/x001/234', '0/x001/234.p/5', '64/000', '-1/000', '00/000', '8/0/000', 'a/000', 'entries/000.p'])('%s is none', async (path) => {
    const answer = await get(`/log/tile/${path}`, 'auditor');
    expect([answer.status, answer.body['code'], answer.headers['cache-control']]).toEqual([404, 'NOT_FOUND', 'no-store']);
  });
});

describe('bundles of entries', () => {
  test('hold the records of the leaves, for auditors and operators, who are recorded', async () => {
    const { size } = await newest();
    const [bundle, tile] = [await bytes('/log/tile/entries/000', 'auditor'), await bytes('/log/tile/0/000')];
    const records: Buffer[] = [];
    for (let at = 0; at < bundle.length; at += 2 + bundle.readUInt16BE(at)) records.push(bundle.subarray(at + 2, at + 2 + bundle.readUInt16BE(at)));
    expect(Buffer.concat(records.map(leafHash)).equals(tile)).toBe(true);
    expect((await bytes(`/log/tile/entries/001.p/${size - 256}`, 'operator')).length).toBeGreaterThan(0);
    const { body } = await get(`/v1/adhesions/${id}/access`, bodyAt(api, 0));
    expect(listOf(body['items']).map((one) => [one['kind'], one['reader']?.['role']])).toContainEqual(['LIST', 'auditor']);
  });

  test('are for nobody else', async () => {
    const answers = await Promise.all([get('/log/tile/entries/000'), get('/log/tile/entries/000', bodyAt(api, 0)), get('/log/tile/entries/000.p/5', bodyAt(api, 0))]);
    expect(answers.map(({ status, body }) => [status, body['code']])).toEqual([[401, 'UNAUTHENTICATED'], [403, 'FORBIDDEN'], [403, 'FORBIDDEN']]);
  });
});

describe('answers to a member', () => {
  const named = async (answer: Answer) => openCheckpoint(Buffer.from(String(answer.headers['log-checkpoint']), 'base64').toString('utf8'), await verifiers());

  test('name the newest checkpoint, whatever the answer; those to others do not', async () => {
    const { size } = await newest();
    await delay(1_050);
    for (const url of [`/v1/adhesions/${id}`, `/v1/adhesions/${bodyAt(api, 5)}-1`, '/v1/subjects/sub-none', '/v1/adhesions?limit=x', '/']) {
      expect((await named(await get(url, bodyAt(api, 0)))).size, url).toBeGreaterThanOrEqual(size);
    }
    expect((await named(await get('/log/tile/entries/000', bodyAt(api, 0)))).size).toBeGreaterThanOrEqual(size);
    for (const as of [null, 'operator', 'auditor'] as const) expect((await get('/v1/bodies', as)).headers['log-checkpoint']).toBeUndefined();
  });

  test('cost one look at the database a second, and name it a second later at most', async () => {
    const as = bodyAt(api, 0);
    await delay(1_050);
    const known = (await named(await get('/v1/bodies', as))).size;
    const beganAt = performance.now();
    await note(api.stack.db, 'note/b', 1);
    const sizes = new Set<number>();
    while (performance.now() - beganAt < 300) sizes.add((await named(await get('/v1/bodies', as))).size);
    expect([...sizes]).toEqual([known]);
    await sizeAtLeast(known + 1);
    await delay(1_050);
    expect((await named(await get('/v1/bodies', as))).size).toBeGreaterThan(known);
  });
});

test('after a rotation both keys are published, the newest first', async () => {
  const [old] = await verifiers();
  const added = await addLogKey(api.keysDir, 'associa.example/log');
  expect((await get('/log/key')).text).toBe(`${added.text}\n${old?.text ?? ''}\n`);
});
