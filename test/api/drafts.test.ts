import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { APPLICATION, RECOGNITION } from '../support/recognition.ts';
import { bodyAt, open, startApi, type Answer, type Api, type As, type MemberCode } from './support.ts';

let api: Api;
beforeAll(async () => { api = await startApi(); });
afterAll(async () => { await api.stop(); });

const COMMAND = 'SubmitRecognition';
const EVIDENCE = 'ANPR e pagoPA sono attivi dal mese di marzo';
const PART = { dimensions: { PLATFORMS: { score: 2, evidence: EVIDENCE } } };
const path = (id: string, command = COMMAND) => `/v1/adhesions/${id}/drafts/${command}`;
const save = (id: string, as: As, body: unknown, seen?: string, command = COMMAND): Promise<Answer> => (
  api.call('PUT', path(id, command), as, { body, headers: seen === undefined ? {} : { 'if-match': seen } }));
const told = ({ status, headers, body }: Answer) => [status, headers['etag'], body['code']];

describe('a draft', () => {
  test('is saved piece by piece, read by the same comune, and never over what its sender has not seen', async () => {
    const body = bodyAt(api, 0);
    const id = await open(api, body);
    expect(told(await api.call('GET', path(id), body))).toEqual([404, undefined, 'NOT_FOUND']);
    expect(told(await save(id, body, PART))).toEqual([200, '"1"', undefined]);
    // Whoever believes that there is none writes over nothing, nor does who has seen an older one.
    expect(told(await save(id, body, {}))).toEqual([412, undefined, 'DRAFT_CONFLICT']);
    const more = { dimensions: { ...PART.dimensions, APPLICATIONS: { score: 0 } }, applications: [APPLICATION] };
    expect(told(await save(id, body, more, '"1"'))).toEqual([200, '"2"', undefined]);
    const stale = await save(id, body, {}, '"1"');
    expect([...told(stale), stale.body['version']]).toEqual([412, undefined, 'DRAFT_CONFLICT', 2]);
    const read = await api.call('GET', path(id), body);
    expect([read.status, read.headers['etag'], read.body]).toEqual([200, '"2"', { command: COMMAND, version: 2, data: more, savedAt: expect.stringMatching(/Z$/) as string, savedBy: 'member' }]);
    expect(told(await save(id, body, PART, '*'))).toEqual([200, '"3"', undefined]);
    expect(told(await save(id, body, PART, 'x'))).toEqual([400, undefined, 'VALIDATION']);
  });

  test('of two that save the same version at once one wins', async () => {
    const body = bodyAt(api, 1);
    const id = await open(api, body);
    const first = await Promise.all([save(id, body, PART), save(id, body, PART)]);
    expect(first.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412]);
    const next = await Promise.all([save(id, body, PART, '"1"'), save(id, body, {}, '"1"'), save(id, body, PART, '"1"')]);
    expect(next.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412, 412]);
    expect((await api.call('GET', path(id), body)).body['version']).toBe(2);
  });

  test('is no event: the case and its records know nothing of it, and no text of it stands in the database', async () => {
    const body = bodyAt(api, 2);
    const id = await open(api, body);
    const before = await api.counts();
    await save(id, body, PART);
    expect(await api.counts()).toEqual(before);
    expect((await api.call('GET', `/v1/adhesions/${id}`, body)).body['version']).toBe(1);
    const { rows } = await sql<{ row: string }>`SELECT t::text || encode(cipher, 'escape') AS row FROM drafts t WHERE cipher IS NOT NULL`.execute(api.stack.db);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map(({ row }) => row).join()).not.toContain('pagoPA');
  });

  test('is erased for good, key and content; what comes after it has a version that nobody has seen', async () => {
    const body = bodyAt(api, 3);
    const id = await open(api, body);
    await save(id, body, PART);
    const { id: key } = await api.stack.db.selectFrom('drafts').select('id').where('stream', '=', `adhesion/${id}`).executeTakeFirstOrThrow();
    expect(existsSync(join(api.keysDir, 'vault', 'drafts', `${key}.key`))).toBe(true);
    expect(told(await api.call('DELETE', path(id), body, { headers: { 'if-match': '"9"' } }))).toEqual([412, undefined, 'DRAFT_CONFLICT']);
    expect((await api.call('DELETE', path(id), body, { headers: { 'if-match': '"1"' } })).status).toBe(204);
    expect(readdirSync(join(api.keysDir, 'vault', 'drafts'))).not.toContain(`${key}.key`);
    expect(told(await api.call('GET', path(id), body))).toEqual([404, undefined, 'NOT_FOUND']);
    expect((await api.call('DELETE', path(id), body)).status).toBe(404);
    // Who still has the first one open writes over nothing of the next one.
    expect(told(await save(id, body, PART, '"1"'))).toEqual([412, undefined, 'DRAFT_CONFLICT']);
    expect(told(await save(id, body, PART))).toEqual([200, '"3"', undefined]);
  });

  test('is only for who may send the command: not for the auditor, nor another body, nor the Agency where the comune answers', async () => {
    const [body, other] = [bodyAt(api, 4), bodyAt(api, 5)];
    const id = await open(api, body);
    await save(id, body, PART);
    for (const [as, expected] of [['operator', [403, 'FORBIDDEN']], ['auditor', [403, 'FORBIDDEN']], [other, [404, 'NOT_FOUND']]] as const) {
      for (const method of ['GET', 'PUT', 'DELETE'] as const) {
        const { status, body: { code } } = await api.call(method, path(id), as, method === 'PUT' ? { body: {} } : {});
        expect([as, method, status, code]).toEqual([as, method, ...expected]);
      }
    }
    expect((await api.call('GET', path(id), body)).body['version']).toBe(1);
    expect(told(await save(id, 'operator', { reasons: 'Il Comune rinuncia' }, undefined, 'CloseAdhesion'))).toEqual([200, '"1"', undefined]);
    expect(told(await save(id, body, { reasons: 'x' }, undefined, 'CloseAdhesion'))).toEqual([403, undefined, 'FORBIDDEN']);
    expect(told(await save(`${other}-1`, other, PART))).toEqual([404, undefined, 'NOT_FOUND']);
    expect(told(await save(id, body, PART, undefined, 'OpenAdhesion'))).toEqual([404, undefined, 'NOT_FOUND']);
  });
});

describe('what a draft takes', () => {
  let body: MemberCode;
  let id: string;
  beforeAll(async () => {
    body = bodyAt(api, 6);
    id = await open(api, body);
  });

  test.each<[string, unknown]>([
    ['nothing yet', {}], ['the whole command', RECOGNITION], ['a score without its evidence', { dimensions: { PLATFORMS: { score: 4 } } }], ['half of the resources', { resources: { ictStaffFte: 1.5 } }],
  ])('%s', async (_name, data) => {
    expect((await save(id, body, data, (await api.call('GET', path(id), body)).headers['etag']?.toString())).status).toBe(200);
    expect((await api.call('GET', path(id), body)).body['data']).toEqual(data);
  });

  test.each<[string, unknown, string]>([
    ['a score beyond the scale', { dimensions: { PLATFORMS: { score: 5 } } }, 'dimensions.PLATFORMS.score'], ['a text for a number', { dimensions: { PLATFORMS: { score: '2' } } }, 'dimensions.PLATFORMS.score'],
    ['a dimension that there is not', { dimensions: { MAGIC: {} } }, 'dimensions'], ['a member that there is not', { note: 'x' }, ''], ['a list for an object', { dimensions: [] }, 'dimensions'],
    ['half an application', { applications: [{ code: 'X' }] }, 'applications.0.area'], ['one application twice', { applications: [APPLICATION, APPLICATION] }, 'applications.1.code'],
    ['evidence beyond a text', { dimensions: { PLATFORMS: { evidence: 'x'.repeat(4_001) } } }, 'dimensions.PLATFORMS.evidence'], ['no object', 'x', ''], ['null', null, ''],
  ])('never %s', async (_name, data, place) => {
    const answer = await save(id, body, JSON.stringify(data), '*');
    expect([answer.status, answer.body['code']]).toEqual([400, 'VALIDATION']);
    expect(String(answer.body['reasons']?.[0]?.['path'] ?? '')).toBe(place);
  });

  test('never more than a command could take, nor what is no JSON', async () => {
    const answer = await save(id, body, JSON.stringify({ dimensions: { PLATFORMS: { evidence: 'x'.repeat(1024 * 1024) } } }), '*');
    expect([answer.status, answer.body['code']]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    const other = await api.call('PUT', path(id), body, { body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    expect([other.status, other.body['code']]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
  });
});
