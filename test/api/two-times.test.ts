import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pathOf, walk } from './path.ts';
import { bodyAt, listOf, open, startApi, type Answer, type Api, type MemberCode } from './support.ts';

let api: Api;
beforeAll(async () => { api = await startApi(); });
afterAll(async () => { await api.stop(); });

const get = (url: string, query: Readonly<Record<string, string>> = {}, as: MemberCode | 'operator' = 'operator') =>
  api.call('GET', `${url}?${new URLSearchParams(query).toString()}`, as);

/** When each version was recorded, from 1 on; an empty text before. */
async function recordings(url: string): Promise<readonly string[]> {
  return ['', ...listOf((await get(`${url}/events`, { limit: '100' })).body['items']).map((event) => String(event['recordedAt']))];
}

const deliberation = ({ body }: Answer) => {
  const { state, adoptedOn, firstDay, executiveOn, executivity, certifiedExecutiveOn } = body['deliberation'] ?? {};
  return { version: body['version'], state, adoptedOn, firstDay, executiveOn, executivity, certifiedExecutiveOn };
};

describe('as known, as in force: a publication of 28 January, corrected to 30 January', () => {
  let body: MemberCode;
  let url: string;
  let recorded: readonly string[];
  const PUBLISHED = 9;
  const CORRECTED = 11;

  beforeAll(async () => {
    body = bodyAt(api, 0);
    url = `/v1/adhesions/${await open(api, body)}`;
    const correction = { version: PUBLISHED, data: { noticeBoardNo: '77/2026', firstDay: '2026-01-30' } };
    for (const [as, type, data] of [...pathOf(body, 's').slice(0, 8), ['operator', 'CorrectFact', correction] as const]) {
      const { status, text } = await api.call('POST', `${url}/commands`, as, { body: { type, data } });
      if (status !== 200) throw new Error(text);
    }
    recorded = await recordings(url);
  });

  const adopted = { state: 'APPROVED', adoptedOn: '2026-01-26', firstDay: null, executiveOn: null, executivity: 'NONE', certifiedExecutiveOn: null };
  const first = { ...adopted, state: 'PUBLISHED', firstDay: '2026-01-28', executiveOn: '2026-02-08', executivity: 'PENDING' };
  const right = { ...first, firstDay: '2026-01-30', executiveOn: '2026-02-10' };

  test.each<[string, number, string, object]>([
    ['the first reading before the correction', 10, '2026-01-28', first],
    ['executive by the first reading, on its day', 10, '2026-02-08', { ...first, executivity: 'EXECUTIVE' }],
    ['not the day before', 10, '2026-02-07', first],
    ['no publication yet on 28 January, once corrected', 12, '2026-01-28', adopted],
    ['the corrected day', 12, '2026-01-30', right],
    ['what had ripened by the mistake is taken back', 12, '2026-02-09', right],
    ['executive on the corrected day', 12, '2026-02-10', { ...right, executivity: 'EXECUTIVE' }],
    ['between correction and ripening', CORRECTED, '2026-02-10', right],
    ['before the session', 12, '2026-01-25', { ...adopted, state: 'CONVENED', adoptedOn: null }],
    ['before the proposal', 12, '2026-01-11', { ...adopted, state: 'NOT_STARTED', adoptedOn: null }],
  ])('%s (version %i, in force on %s)', async (_name, version, validOn, expected) => {
    const at = await get(url, { asOf: recorded[version] ?? '', validOn }, body);
    expect(at.status).toBe(200);
    // Timers are recorded with what made them due: the last version of that instant counts.
    expect(deliberation(at)).toEqual({ ...expected, version: recorded.lastIndexOf(recorded[version] ?? '') });
    const byVersion = await get(url, { asOfVersion: String(version), validOn }, body);
    expect(deliberation(byVersion)).toEqual({ ...expected, version });
    expect(byVersion.headers['etag']).toBe(`"${version}"`);
  });

  test('validOn alone goes by what is known now', async () => {
    const answer = await get(url, { validOn: '2026-01-28' }, body);
    expect(deliberation(answer)).toEqual({ ...adopted, version: 12 });
    expect(answer.headers['etag']).toBe('"12"');
    expect(deliberation(await get(url, { validOn: '2199-12-31' }))).toEqual(deliberation(await get(url)));
  });

  test('whose turn it was follows the day', async () => {
    const turns = (answer: Answer) => listOf(answer.body['waitingFor']).map((turn) => String(turn['what']));
    expect(turns(await get(url, { validOn: '2026-01-28' }))).toEqual(['RecordPublication']);
    expect(turns(await get(url, { validOn: '2026-02-01' }))).toEqual(['TransmitResolution', 'executivity-2']);
  });

  test.each<[string, Readonly<Record<string, string>>, number, string, string | undefined]>([
    ['no date', { validOn: 'yesterday' }, 400, 'VALIDATION', 'validOn'],
    ['a day that there is not', { validOn: '2026-02-30' }, 400, 'VALIDATION', 'validOn'],
    ['an instant for a day', { validOn: '2026-02-03T10:00:00Z' }, 400, 'VALIDATION', 'validOn'],
    ['an empty day', { validOn: '' }, 400, 'VALIDATION', 'validOn'],
    ['a day for an instant', { asOf: '2026-02-03', validOn: '2026-02-03' }, 400, 'VALIDATION', 'asOf'],
    ['a moment to come', { asOf: '2199-01-01T00:00:00Z', validOn: '2026-02-03' }, 400, 'VALIDATION', 'asOf'],
    ['two moments', { asOf: '2026-02-03T00:00:00Z', asOfVersion: '3', validOn: '2026-02-03' }, 400, 'VALIDATION', 'asOf'],
    ['before the case was known', { asOf: '2020-01-01T00:00:00Z', validOn: '2026-02-03' }, 404, 'NOT_FOUND', undefined],
    ['a version that is not there', { asOfVersion: '99', validOn: '2026-02-03' }, 404, 'NOT_FOUND', undefined],
  ])('%s is refused', async (_name, query, status, code, path) => {
    const answer = await get(url, query);
    expect({ status: answer.status, code: answer.body['code'], path: answer.body['reasons']?.[0]?.['path'], etag: answer.headers['etag'] }).toEqual({ status, code, path, etag: undefined });
  });

  test('the same day twice is refused, and another body sees nothing', async () => {
    expect((await api.call('GET', `${url}?validOn=2026-01-28&validOn=2026-01-29`, 'operator')).status).toBe(400);
    expect((await get(url, { validOn: '2026-01-28' }, bodyAt(api, 1))).status).toBe(404);
  });

  test('the document names the three parameters for both kinds of case', async () => {
    const { body: document } = await api.call('GET', '/openapi.json', null);
    for (const path of ['/v1/adhesions/{id}', '/v1/migrations/{id}']) {
      const names = listOf(document['paths']?.[path]?.['get']?.['parameters']).map((parameter) => `${String(parameter['in'])} ${String(parameter['name'])} ${String(parameter['schema']?.['format'])}`);
      expect(names).toEqual(expect.arrayContaining(['query asOfVersion int32', 'query asOf date-time', 'query validOn date']));
    }
  });
});

test('a migration too is shown as in force on a day', async () => {
  const body = bodyAt(api, 2);
  await open(api, body);
  await walk(api, body);
  const { status, body: begun } = await api.call('POST', `/v1/adhesions/${body}-1/migrations`, 'operator', { body: { service: 'TRAINING' } });
  expect(status).toBe(201);
  const url = `/v1/migrations/${String(begun['id'])}`;
  const today = new Date().toISOString().slice(0, 10);
  const item = listOf((await get(url)).body['workItems'])[0];
  const done = await api.call('POST', `${url}/commands`, 'operator', { body: { type: 'CompleteWorkItem', data: { workItemId: item?.['id'], completedOn: today } } });
  expect(done.text).toContain('WorkItemCompleted');
  // That the adhesion has heard of the migration is noted here a moment later, and counts as a version.
  const types = async () => listOf((await get(`${url}/events`)).body['items']).map((event) => String(event['type']));
  await expect.poll(types, { timeout: 20_000 }).toContain('EffectCompleted');
  const state = async (query: Readonly<Record<string, string>>) => {
    const { body: view, headers } = await get(url, query);
    return { state: view['state'], items: listOf(view['workItems']).map((one) => String(one['state']))[0], etag: headers['etag'] };
  };
  const head = await state({});
  expect(await state({ validOn: '2199-01-01' })).toEqual(head);
  expect(await state({ validOn: '2026-02-01' })).toEqual({ state: 'REQUESTED', items: undefined, etag: head.etag });
  expect((await state({ asOfVersion: '2', validOn: '2199-01-01' })).items).toBe('OPEN');
});
