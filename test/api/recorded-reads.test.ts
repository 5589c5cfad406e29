import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asOwner } from '../support/database.ts';
import { bodyAt, listOf, open, startApi, type Api, type As, type Json } from './support.ts';

let api: Api;
beforeAll(async () => { api = await startApi(); });
afterAll(async () => { await api.stop(); });

const readsOf = async (id: string, as: As, query = '') => (await api.call('GET', `/v1/adhesions/${id}/access${query}`, as)).body;
const shown = (reads: Json) => listOf(reads['items']).map((read) => [read['kind'], read['reader']?.['role'], read['route'], read['item']].map(String));

describe('GET /v1/adhesions/{id}/access', () => {
  test('shows a comune what operators and auditors have read of its case, newest first; its own reads are not recorded', async () => {
    const body = bodyAt(api, 0);
    const id = await open(api, body);
    await api.call('GET', `/v1/adhesions/${id}`, 'auditor');
    await api.call('GET', `/v1/adhesions/${id}/allowed`, 'operator');
    await api.call('GET', `/v1/adhesions/${id}`, body);
    await api.call('GET', `/v1/adhesions/${id}/events`, 'auditor', { headers: { accept: 'application/x-ndjson' } });
    const runs = await api.call('GET', `/v1/adhesions/${id}/runs`, 'auditor');
    const runId = String(runs.body['items']?.[0]?.['runId']);
    await api.call('GET', `/v1/adhesions/${id}/runs/${runId}/history`, 'auditor');
    const reads = await readsOf(id, body);
    expect(shown(reads)).toEqual([
      ['EXPORT', 'auditor', 'GET /v1/adhesions/:id/runs/:runId/history', runId],
      ['READ', 'auditor', 'GET /v1/adhesions/:id/runs', 'null'],
      ['EXPORT', 'auditor', 'GET /v1/adhesions/:id/events', 'null'],
      ['READ', 'operator', 'GET /v1/adhesions/:id/allowed', 'null'],
      ['READ', 'auditor', 'GET /v1/adhesions/:id', 'null'],
    ]);
    expect(reads['items']?.[0]?.['case']).toBe(`adhesion/${id}`);
    expect(String(reads['items']?.[0]?.['readAt'])).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    const first = await readsOf(id, body, '?limit=2');
    const second = await readsOf(id, body, `?limit=2&cursor=${String(first['nextCursor'])}`);
    expect([...listOf(first['items']), ...listOf(second['items'])]).toEqual(listOf(reads['items']).slice(0, 4));
  });

  test('tells in which lists a case was shown, and nothing of the cases beside it', async () => {
    const [mine, other] = [bodyAt(api, 1), bodyAt(api, 2)];
    const [id, otherId] = [await open(api, mine), await open(api, other)];
    await api.call('GET', `/v1/adhesions?q=${mine}`, 'operator');
    await api.call('GET', '/v1/adhesions?q=c_zzzz', 'operator');
    expect(shown(await readsOf(id, mine))).toEqual([['LIST', 'operator', 'null', 'null']]);
    expect(shown(await readsOf(otherId, other))).toEqual([]);
    await api.call('GET', '/v1/adhesions', 'auditor');
    const answer = await api.call('GET', `/v1/adhesions/${otherId}/access`, other);
    expect(shown(answer.body)).toEqual([['LIST', 'auditor', 'null', 'null']]);
    expect(answer.text).not.toContain(id);
  });

  test('what was refused or not found was not read', async () => {
    const [mine, other] = [bodyAt(api, 3), bodyAt(api, 4)];
    const id = await open(api, mine);
    expect((await api.call('GET', `/v1/adhesions/${id}?asOfVersion=99`, 'auditor')).status).toBe(404);
    expect((await api.call('GET', `/v1/adhesions/${id}`, other)).status).toBe(404);
    expect((await api.call('GET', `/v1/adhesions/${id}/access`, other)).status).toBe(404);
    expect((await api.call('GET', `/v1/adhesions/${mine}-7/access`, mine)).status).toBe(404);
    expect(shown(await readsOf(id, mine))).toEqual([]);
  });

  test('who is not signed on is led from the page of a case to the sign-on, and has read nothing', async () => {
    const body = bodyAt(api, 6);
    const id = await open(api, body);
    const { status, headers } = await api.call('GET', `/pratiche/${id}`, null, { headers: { accept: 'text/html' } });
    expect([status, headers['location']]).toEqual([302, `/login?to=${encodeURIComponent(`/pratiche/${id}`)}`]);
    expect(shown(await readsOf(id, body))).toEqual([]);
  });

  test('what cannot be recorded is not read', async () => {
    const body = bodyAt(api, 5);
    const id = await open(api, body);
    const disk = "BEGIN IF NEW.stream LIKE 'access/%' THEN RAISE EXCEPTION 'disk full' USING ERRCODE = '53100'; END IF; RETURN NEW; END";
    await asOwner(api.stack.ownerUrl, `CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ ${disk} $$`);
    await asOwner(api.stack.ownerUrl, 'CREATE TRIGGER full_disk BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION full_disk()');
    const { status, body: problem, text } = await api.call('GET', `/v1/adhesions/${id}`, 'auditor');
    await asOwner(api.stack.ownerUrl, 'DROP TRIGGER full_disk ON events');
    expect([status, String(problem['code'])]).toEqual([503, 'STORE_UNAVAILABLE']);
    expect(text).not.toContain('deliberation');
  });
});
