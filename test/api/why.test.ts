import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asOwner } from '../support/database.ts';
import { pathOf, walk } from './path.ts';
import { bodyAt, listOf, open, startApi, type Answer, type Api, type As, type Json, type MemberCode } from './support.ts';

let api: Api;
beforeAll(async () => { api = await startApi(); });
afterAll(async () => { await api.stop(); });

const get = (url: string, query: Readonly<Record<string, string>> = {}, as: As = 'operator', headers: Readonly<Record<string, string>> = {}) =>
  api.call('GET', `${url}?${new URLSearchParams(query).toString()}`, as, { headers });
const chainOf = ({ body }: Answer) => listOf(body['chain']);
const reason = ({ body }: Answer) => ({ code: body['code'], reason: body['reasons']?.[0]?.['code'], path: body['reasons']?.[0]?.['path'] });

describe('why: a publication of 28 January, corrected to 30 January', () => {
  let body: MemberCode;
  let id: string;
  let url: string;
  let events: readonly Json[];
  const PUBLISHED = 9;
  const CORRECTED = 11;

  beforeAll(async () => {
    body = bodyAt(api, 0);
    id = await open(api, body);
    url = `/v1/adhesions/${id}`;
    const correction = { version: PUBLISHED, data: { noticeBoardNo: '77/2026', firstDay: '2026-01-30' } };
    for (const [as, type, data] of [...pathOf(body, 's').slice(0, 8), ['operator', 'CorrectFact', correction] as const]) {
      const { status, text } = await api.call('POST', `${url}/commands`, as, { body: { type, data }, headers: type === 'CorrectFact' ? { 'idempotency-key': 'correction-1' } : {} });
      if (status !== 200) throw new Error(text);
    }
    events = listOf((await get(`${url}/events`, { limit: '100' })).body['items']);
  });

  test('the chain of the executive day: event, command, actor, act number, rule and version', async () => {
    const answer = await get(`${url}/why`, { field: 'deliberation.executiveOn' }, body, { 'accept-language': 'en' });
    expect(answer.status).toBe(200);
    expect({ field: answer.body['field'], version: answer.body['version'], value: answer.body['value'], next: answer.body['nextCursor'] })
      .toEqual({ field: 'deliberation.executiveOn', version: events.length, value: '2026-02-10', next: null });
    const [corrected, published, ...others] = chainOf(answer);
    expect(others).toEqual([]);
    const stored = events[CORRECTED - 1];
    expect(corrected).toMatchObject({
      before: '2026-02-08', after: '2026-02-10',
      event: { id: `adhesion/${id}@${CORRECTED}`, version: CORRECTED, type: 'FactCorrected', recordedAt: stored?.['recordedAt'], hash: stored?.['hash'], corrects: PUBLISHED },
      command: { id: 'correction-1', type: 'CorrectFact' }, actor: stored?.['actor'], parked: null, timer: null, toldBy: null,
      acts: { numbers: [{ field: 'noticeBoardNo', value: '77/2026' }], digests: [] },
      basis: { policyVersion: '2026.2', calendarVersion: '2026.1' },
      rule: { code: 'EXECUTIVITY', law: 'art. 134 c.3 TUEL', value: '2026-02-10', agrees: true },
    });
    expect(published).toMatchObject({ before: null, after: '2026-02-08', event: { version: PUBLISHED, type: 'PublicationRecorded', corrects: null }, command: { type: 'RecordPublication' }, actor: { role: 'member', body } });
    expect(String(corrected?.['rule']?.['message'])).toContain('After the tenth day');
    const inputs = listOf(corrected?.['rule']?.['inputs']);
    expect(inputs.map((input) => [input['field'], input['value'], input['since']])).toContainEqual(['deliberation.firstDay', '2026-01-30', CORRECTED]);
    const end = inputs.find((input) => String(input['field']) === 'deliberation.publicationEndsOn');
    expect(end?.['rule']).toMatchObject({ code: 'NOTICE_BOARD', law: 'art. 124 c.1 TUEL', agrees: true });
    expect(String(end?.['rule']?.['message'])).toContain('Fifteen consecutive days');
  });

  test('positions are those of the store, rising with the versions', async () => {
    const positions = chainOf(await get(`${url}/why`, { field: 'deliberation.executiveOn' })).map((link) => Number(link['event']?.['position']));
    const { rows } = await asOwner(api.stack.ownerUrl, `SELECT position FROM events WHERE stream = 'adhesion/${id}' AND version IN (${PUBLISHED}, ${CORRECTED}) ORDER BY version DESC`);
    expect(positions).toEqual(rows.map(({ position }: { position: string }) => Number(position)));
  });

  test('executivity came by a timer: which, and since which event it stood', async () => {
    const [executive] = chainOf(await get(`${url}/why`, { field: 'deliberation.executivity' }));
    expect(executive).toMatchObject({
      after: 'EXECUTIVE', actor: { role: 'engine' }, command: { type: 'RipenExecutivity' }, timer: { at: '2026-02-09T23:00:00Z', setBy: CORRECTED },
    });
  });

  test('then: by version, instant, event and position, each the same', async () => {
    const at = events[PUBLISHED - 1];
    const next = await get(`${url}/why`, { field: 'deliberation.executiveOn' });
    const position = String(chainOf(next).at(-1)?.['event']?.['position']);
    const ways: readonly Readonly<Record<string, string>>[] = [{ asOfVersion: String(PUBLISHED) }, { asOfEvent: `adhesion/${id}@${PUBLISHED}` }, { asOfPosition: position }];
    for (const way of ways) {
      const then = await get(`${url}/why`, { field: 'deliberation.executiveOn', ...way }, body);
      expect({ way, version: then.body['version'], value: then.body['value'], chain: chainOf(then).map((link) => link['event']?.['version']) })
        .toEqual({ way, version: PUBLISHED, value: '2026-02-08', chain: [PUBLISHED] });
      const view = await get(url, way, body);
      expect({ version: view.body['version'], executiveOn: view.body['deliberation']?.['executiveOn'], etag: view.headers['etag'] }).toEqual({ version: PUBLISHED, executiveOn: '2026-02-08', etag: `"${PUBLISHED}"` });
    }
    const byInstant = await get(`${url}/why`, { field: 'deliberation.executiveOn', asOf: String(at?.['recordedAt']) }, body);
    // The timer that was due with it is recorded at the same instant.
    expect([byInstant.body['value'], chainOf(byInstant).map((link) => link['event']?.['version'])]).toEqual(['2026-02-08', [PUBLISHED]]);
  });

  test('when an event of another case was recorded, which only who sees it may name', async () => {
    const other = bodyAt(api, 1);
    const otherId = await open(api, other);
    const seen = await get(url, { asOfEvent: `adhesion/${otherId}@1` }, 'auditor');
    expect([seen.status, seen.body['version']]).toEqual([200, events.length]);
    expect((await get(url, { asOfEvent: `adhesion/${otherId}@1` }, body)).status).toBe(404);
    expect((await get(`/v1/adhesions/${otherId}`, { asOfEvent: `adhesion/${id}@3` }, 'auditor')).status).toBe(404);
  });

  test('pages, newest first', async () => {
    const first = await get(`${url}/why`, { field: 'version', limit: '2' });
    const second = await get(`${url}/why`, { field: 'version', limit: '2', cursor: String(first.body['nextCursor']) });
    expect([...chainOf(first), ...chainOf(second)].map((link) => link['after'])).toEqual([events.length, events.length - 1, events.length - 2, events.length - 3]);
  });

  test.each<[string, Readonly<Record<string, string>>, number, object, string]>([
    ['a field that is not there', { field: 'deliberation.executivOn' }, 400, { code: 'VALIDATION', reason: 'FIELD_UNKNOWN', path: 'field' }, 'executiveOn'],
    ['no field of a view at all', { field: '__proto__.x' }, 400, { code: 'VALIDATION', reason: 'FIELD_UNKNOWN', path: 'field' }, 'deliberation'],
    ['none', {}, 400, { code: 'VALIDATION', path: 'field' }, 'field'],
    ['two moments', { field: 'phase', asOfVersion: '3', asOfPosition: '3' }, 400, { code: 'VALIDATION', reason: 'ONE_OF', path: 'asOfPosition' }, 'asOfEvent'],
    ['what is no event', { field: 'phase', asOfEvent: 'register/c_a010@1' }, 400, { code: 'VALIDATION', path: 'asOfEvent' }, '@9'],
    ['an event that is not there', { field: 'phase', asOfEvent: 'adhesion/c_a010-1@999' }, 404, { code: 'NOT_FOUND' }, '@999'],
    ['a position that is not there', { field: 'phase', asOfPosition: '2000000000' }, 404, { code: 'NOT_FOUND' }, '2000000000'],
    ['a version that is not there', { field: 'phase', asOfVersion: '99' }, 404, { code: 'NOT_FOUND' }, '99'],
    ['a day in force', { field: 'phase', validOn: '2026-01-28' }, 400, { code: 'VALIDATION' }, 'validOn'],
  ])('%s is refused, and it is said what would be right', async (_name, query, status, expected, says) => {
    const answer = await get(`${url}/why`, query);
    expect(answer.status).toBe(status);
    expect(reason(answer)).toMatchObject(expected);
    expect(answer.text).toContain(says);
  });

  test('another comune gets the answer of a case that is not there; what operators and auditors read is recorded', async () => {
    const foreign = await get(`${url}/why`, { field: 'phase' }, bodyAt(api, 1));
    expect([foreign.status, foreign.body['code']]).toEqual([404, 'NOT_FOUND']);
    await get(`${url}/why`, { field: 'phase' }, 'auditor');
    await get(`${url}/why`, { field: 'phase' }, body);
    const reads = listOf((await get(`${url}/access`, { limit: '1' }, body)).body['items']);
    expect(reads.map((read) => [read['reader']?.['role'], read['route']])).toEqual([['auditor', 'GET /v1/adhesions/:id/why']]);
  });
});

test('a service in an adhesion is told of by its migration, and a migration says why too', async () => {
  const body = bodyAt(api, 2);
  const id = await open(api, body);
  await walk(api, body);
  const { body: begun, status } = await api.call('POST', `/v1/adhesions/${id}/migrations`, 'operator', { body: { service: 'TRAINING' } });
  expect(status).toBe(201);
  const migration = String(begun['id']);
  const field = `migrations.${migration}.state`;
  const link = async () => chainOf(await get(`/v1/adhesions/${id}/why`, { field }))[0];
  await expect.poll(async () => (await link())?.['toldBy'], { timeout: 20_000 }).toMatch(new RegExp(`^migration/${migration}@\\d+$`));
  const why = await get(`/v1/migrations/${migration}/why`, { field: 'state' }, body);
  expect(why.status).toBe(200);
  expect(chainOf(why).at(-1)).toMatchObject({ before: null, event: { version: 1 } });
  expect(chainOf(why)[0]?.['after']).toBe(why.body['value']);
});
