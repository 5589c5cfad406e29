import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MOST_VIEWS } from '../../db/views.ts';
import { bodyAt, startApi, tokenFor, type Api, type As } from './support.ts';

let api: Api;
beforeAll(async () => { api = await startApi(); });
afterAll(async () => { await api.stop(); });

const LATE = { q: '', phase: 'DESIGN', waitingFor: 'ANY', late: true, sort: 'population', descending: true };
const put = (as: As, name: string, body: unknown) => api.call('PUT', `/v1/views/${name}`, as, { body });
const names = async (as: As) => JSON.stringify((await api.call('GET', '/v1/views', as)).body['items']);

describe('saved views', () => {
  test('are kept under a name, replaced, listed by name and removed', async () => {
    expect((await put('operator', 'in-ritardo', { title: 'In ritardo', filter: LATE })).status).toBe(200);
    expect((await put('operator', 'adesioni', { title: 'Adesioni', filter: {} })).status).toBe(200);
    expect((await put('operator', 'in-ritardo', { title: ' In ritardo, per abitanti ', filter: { ...LATE, late: null } })).body).toEqual({ name: 'in-ritardo', title: 'In ritardo, per abitanti', filter: { ...LATE, late: null } });
    expect((await api.call('GET', '/v1/views', 'operator')).body).toEqual({
      items: [
        { name: 'adesioni', title: 'Adesioni', filter: { q: '', phase: 'ANY', waitingFor: 'ANY', late: null, sort: 'name', descending: false } },
        { name: 'in-ritardo', title: 'In ritardo, per abitanti', filter: { ...LATE, late: null } },
      ],
    });
    expect((await api.call('DELETE', '/v1/views/adesioni', 'operator')).status).toBe(204);
    expect((await api.call('GET', '/v1/views/adesioni', 'operator')).status).toBe(404);
    expect((await api.call('DELETE', '/v1/views/adesioni', 'operator')).status).toBe(404);
  });

  test('are of each person: another one sees, changes and removes none of them', async () => {
    await put('operator', 'mie', { title: 'Mie', filter: LATE });
    expect(await names('auditor')).toBe('[]');
    expect((await api.call('GET', '/v1/views/mie', 'auditor')).status).toBe(404);
    expect((await api.call('DELETE', '/v1/views/mie', 'auditor')).status).toBe(404);
    await put('auditor', 'mie', { title: 'Altre', filter: {} });
    expect((await api.call('GET', '/v1/views/mie', 'operator')).body['title']).toBe('Mie');
    const second = await api.call('GET', '/v1/views', null, { headers: { authorization: `Bearer ${await tokenFor(api.keys, 'operator', 'another')}` } });
    expect(second.body).toEqual({ items: [] });
    expect((await api.call('GET', '/v1/views', bodyAt(api, 0))).status).toBe(403);
  });

  test.each([
    ['an unknown phase', 'x', { title: 'X', filter: { phase: 'NOWHERE' } }, 400], ['an unknown member', 'x', { title: 'X', filter: { page: 2 } }, 400], ['no title', 'x', { title: '  ', filter: {} }, 400],
    ['a title that is too long', 'x', { title: 'x'.repeat(61), filter: {} }, 400], ['no filter', 'x', { title: 'X' }, 400], ['a name with capitals', 'Mine', { title: 'X', filter: {} }, 404],
    ['a name that is a path', '..%2Fviews', { title: 'X', filter: {} }, 404], ['a name with a hyphen at its end', 'x-', { title: 'X', filter: {} }, 404],
    ['a title that turns the direction of text', 'x', { title: 'a\u202Eb', filter: {} }, 400],
  ] as const)('with %s are refused', async (_name, name, body, status) => {
    const before = await names('operator');
    expect((await put('operator', name, body)).status).toBe(status);
    expect(await names('operator')).toBe(before);
  });

  test('have an end, also for who asks for many at once', async () => {
    const headers = { authorization: `Bearer ${await tokenFor(api.keys, 'operator', 'collector')}` };
    const answers = await Promise.all(Array.from({ length: MOST_VIEWS + 4 }, (_, index) => (
      api.call('PUT', `/v1/views/v${index}`, null, { headers: { ...headers }, body: { title: 'V', filter: {} } }))));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(MOST_VIEWS);
    expect(answers.filter(({ status, body }) => status === 409 && String(body['code']) === 'TOO_MANY_VIEWS')).toHaveLength(4);
    // One that is there may still be changed.
    const kept = answers.findIndex(({ status }) => status === 200);
    expect((await api.call('PUT', `/v1/views/v${kept}`, null, { headers, body: { title: 'W', filter: {} } })).status).toBe(200);
  });
});

describe('how far somebody has read', () => {
  test('is nowhere at first, and where it was said', async () => {
    expect((await api.call('GET', '/v1/visit', bodyAt(api, 1))).body).toEqual({ cursor: null, readAt: null });
    const { body: { nextCursor } } = await api.call('GET', '/v1/events', 'operator');
    const cursor = String(nextCursor);
    expect((await api.call('PUT', '/v1/visit', bodyAt(api, 1), { body: { cursor } })).body).toEqual({ cursor, readAt: expect.stringMatching(/^\d{4}-.*Z$/) });
    expect((await api.call('GET', '/v1/visit', bodyAt(api, 1))).body['cursor']).toBe(cursor);
    expect((await api.call('GET', '/v1/visit', bodyAt(api, 2))).body['cursor']).toBe(null);
    const wrong = await api.call('PUT', '/v1/visit', bodyAt(api, 1), { body: { cursor: 'none' } });
    expect([wrong.status, wrong.body['reasons']?.[0]?.['path']]).toEqual([400, 'cursor']);
  });
});
