import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ACCESS } from '../../api/auth/access.ts';
import { EXAMPLES } from '../../api/openapi/examples.ts';
import { walk } from './path.ts';
import { expectRefused } from './refusal.ts';
import { bodyAt, open, PROPOSAL, startApi, type Answer, type Api, type As, type CallOptions } from './support.ts';

/** What every route does alike, and what integrators build on. */
let api: Api;
let limited: Api;
let id: string;

beforeAll(async () => {
  [api, limited] = await Promise.all([startApi(), startApi({ rateLimitPerMinute: 3 })]);
  id = await open(api, bodyAt(api, 0));
});
afterAll(async () => { await Promise.all([api.stop(), limited.stop()]); });

const get = (url: string, headers: Record<string, string> = {}, as: As | null = 'operator') => api.call('GET', url, as, { headers });
const post = (url: string, body: unknown, key: string, as: As = 'operator') => api.call('POST', url, as, { body, headers: { 'idempotency-key': key } });

describe('an Idempotency-Key', () => {
  interface Start { readonly name: string; readonly url: () => string; readonly as: () => As; readonly body: () => object; readonly other: () => object; readonly status: number; readonly writes: Readonly<Record<string, number>> }
  const starts: readonly Start[] = [
    { name: 'a person', url: () => '/v1/subjects', as: () => 'operator', body: () => person('Ada'), other: () => person('Eva'), status: 201, writes: { subjects: 1, events: 1, commands: 1 } },
    { name: 'an adhesion', url: () => '/v1/adhesions', as: () => 'operator', body: () => ({ body: bodyAt(api, 1) }), other: () => ({ body: bodyAt(api, 2) }), status: 201, writes: { events: 1, commands: 1 } },
    { name: 'a command', url: () => `/v1/adhesions/${id}/commands`, as: () => 'operator', body: () => PROPOSAL, other: () => ({ ...PROPOSAL, data: { ...PROPOSAL.data, sentAt: '2026-03-02T09:00:01+01:00' } }), status: 200, writes: { commands: 1 } },
  ];
  const person = (name: string) => ({ body: 'agency', name, email: 'a@example.org' });

  test.each(starts)('makes of 50 requests at once one effect and one answer: $name', async ({ url, as, body, other, status, writes }) => {
    const before = await api.counts();
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(url(), body(), 'fifty', as())));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([status]));
    expect(new Set(answers.map(({ text, headers }) => `${String(headers['location'])} ${text}`)).size).toBe(1);
    const after = await api.counts();
    for (const [table, count] of Object.entries(writes)) expect((after[table] ?? 0) - (before[table] ?? 0), table).toBeGreaterThanOrEqual(count);
    expect((after['subjects'] ?? 0) - (before['subjects'] ?? 0)).toBe(writes['subjects'] ?? 0);
    expect((after['commands'] ?? 0) - (before['commands'] ?? 0)).toBe(1);
    const changed = await post(url(), other(), 'fifty', as());
    expect([changed.status, changed.body['code']]).toEqual([409, 'IDEMPOTENCY_MISMATCH']);
    expect(await api.counts()).toEqual(after);
  });

  test('of two persons under one key at once one is added and the other refused', async () => {
    const answers = await Promise.all(['Anna', 'Bice', 'Carla', 'Dora'].map((name) => post('/v1/subjects', person(name), 'two')));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409]);
    const added = answers.findIndex(({ status }) => status === 201);
    const { body } = await get(`/v1/subjects/${String(answers[added]?.body['id'])}`);
    expect(body['name']).toBe(['Anna', 'Bice', 'Carla', 'Dora'][added]);
  });

  test('is of one caller: another may use the same', async () => {
    const one = await post('/v1/subjects', { body: bodyAt(api, 3), name: 'Ada', email: 'a@example.org' }, 'mine', bodyAt(api, 3));
    const other = await post('/v1/subjects', { body: bodyAt(api, 3), name: 'Eva', email: 'e@example.org' }, 'mine');
    expect([one.status, other.status]).toEqual([201, 201]);
    expect(one.body['id']).not.toEqual(other.body['id']);
  });

  test('brings back nobody who was erased', async () => {
    const added = await post('/v1/subjects', person('Livia'), 'erased');
    const where = String(added.headers['location']);
    expect((await api.call('DELETE', where, 'operator')).status).toBe(204);
    const again = await post('/v1/subjects', person('Livia'), 'erased');
    expect([again.status, again.text]).toEqual([201, added.text]);
    expect((await get(where)).status).toBe(404);
  });

  describe('on a document', () => {
    const store = (content: string, key: string | undefined, caseId = id, type = 'application/pdf') => api.call('POST', `/v1/adhesions/${caseId}/documents`, 'operator', {
      body: Buffer.from(content), headers: { 'content-type': type, ...(key === undefined ? {} : { 'idempotency-key': key }) },
    });

    test('makes of 20 requests at once one document and one answer, and refuses other bytes, another type and another case', async () => {
      const before = await api.counts();
      const answers = await Promise.all(Array.from({ length: 20 }, () => store('twenty', 'twenty')));
      expect(new Set(answers.map(({ status, headers, text }) => `${status} ${String(headers['location'])} ${text}`)).size).toBe(1);
      expect([answers[0]?.status, answers[0]?.body['size']]).toEqual([201, 6]);
      expect((await get(String(answers[0]?.headers['location']))).text).toBe('twenty');
      const after = await api.counts();
      expect(after).toEqual({ ...before, documents: Number(before['documents']) + 1, events: Number(before['events']) + 1, commands: Number(before['commands']) + 1 });
      const another = await open(api, bodyAt(api, 6));
      const now = await api.counts();
      for (const changed of [await store('others', 'twenty'), await store('twenty', 'twenty', id, 'application/xml'), await store('twenty', 'twenty', another)]) {
        expect([changed.status, changed.body['code']]).toEqual([409, 'IDEMPOTENCY_MISMATCH']);
      }
      expect(await api.counts()).toEqual(now);
    });

    test('is remembered where the bytes were stored before without one, or under another', async () => {
      const first = await store('stored before', undefined);
      for (const key of ['a', 'b', 'a']) expect((await store('stored before', key)).text).toBe(first.text);
      for (const key of ['a', 'b']) expect((await store('something else', key)).body['code']).toBe('IDEMPOTENCY_MISMATCH');
    });

    test('brings back nothing that was erased; the same bytes without it are a new document', async () => {
      const first = await store('erased', 'erased');
      const where = String(first.headers['location']);
      expect((await api.call('DELETE', where, 'operator')).status).toBe(204);
      const again = await store('erased', 'erased');
      expect([again.status, again.text, (await get(where)).status]).toEqual([201, first.text, 404]);
      const anew = await store('erased', undefined);
      expect([anew.status, anew.body['id'] === first.body['id']]).toEqual([201, false]);
      expect((await store('erased', 'erased')).text).toBe(first.text);
    });

    test('that is malformed: 400, nothing stored', async () => {
      const before = await api.counts();
      const { status, body } = await store('malformed', 'e/key');
      expect([status, body['code'], await api.counts()]).toEqual([400, 'VALIDATION', before]);
    });
  });
});

describe('every POST that starts something', () => {
  const sends: Readonly<Record<string, readonly [url: () => string, body: () => unknown]>> = {
    'POST /v1/adhesions': [() => '/v1/adhesions', () => ({ body: bodyAt(api, 7) })],
    'POST /v1/adhesions/:id/commands': [() => `/v1/adhesions/${id}/commands`, () => PROPOSAL],
    'POST /v1/adhesions/:id/migrations': [() => `/v1/adhesions/${id}/migrations`, () => ({ service: 'TRAINING' })],
    'POST /v1/adhesions/:id/documents': [() => `/v1/adhesions/${id}/documents`, () => Buffer.from('%PDF-1.7')],
    'POST /v1/migrations/:id/commands': [() => `/v1/migrations/${bodyAt(api, 8)}-1.TRAINING/commands`, () => ({ type: 'Cancel', data: { reasons: 'x' } })],
    'POST /v1/subjects': [() => '/v1/subjects', () => ({ body: 'agency', name: 'Ada', email: 'a@example.org' })],
    'POST /v1/webhooks': [() => '/v1/webhooks', () => ({ url: 'https://uno.example.org/x' })],
    'POST /v1/webhooks/:id/replays': [() => `/v1/webhooks/${webhook}/replays`, () => ({})],
    'POST /v1/calendar-feeds': [() => '/v1/calendar-feeds', () => ({})],
    'POST /v1/brokers': [() => '/v1/brokers', () => EXAMPLES['brokers-add']],
    'POST /v1/constitution': [() => '/v1/constitution', () => EXAMPLES['constitutions-start']],
    'POST /v1/constitution/:id/commands': [() => '/v1/constitution/agency-1/commands', () => EXAMPLES['constitution-commands']],
    'POST /v1/territory/changes': [() => '/v1/territory/changes', () => EXAMPLES['territory-change-record']],
    'POST /v1/territory/changes/:id/corrections': [() => '/v1/territory/changes/2027-01-01.c_z999/corrections', () => EXAMPLES['territory-change-correct']],
    'POST /v1/territory/changes/:id/withdrawals': [() => '/v1/territory/changes/2027-01-01.c_z999/withdrawals', () => EXAMPLES['territory-change-withdraw']],
    'POST /v1/adhesion-imports': [() => '/v1/adhesion-imports', () => EXAMPLES['adhesions-import']],
    'POST /v1/campaigns': [() => '/v1/campaigns', () => EXAMPLES['campaigns-start']],
    'POST /v1/campaigns/:id/commands': [() => `/v1/campaigns/${campaign}/commands`, () => EXAMPLES['campaign-commands']],
  };
  let webhook: string;
  let campaign: string;
  beforeAll(async () => {
    webhook = String((await api.call('POST', '/v1/webhooks', 'operator', { body: { url: 'https://uno.example.org/x' } })).body['id']);
    campaign = String((await api.call('POST', '/v1/campaigns', 'operator', { body: { name: 'Avvio', select: { bodies: [bodyAt(api, 7)] }, action: { kind: 'OPEN_ADHESION' } } })).body['id']);
    await api.call('POST', '/v1/constitution', 'operator', { body: {} });
    const joined = await open(api, bodyAt(api, 8));
    await walk(api, bodyAt(api, 8));
    await api.call('POST', `/v1/adhesions/${joined}/migrations`, 'operator', { body: { service: 'TRAINING' } });
    await vi.waitFor(async () => {
      const { status, text } = await get(`/v1/migrations/${joined}.TRAINING`);
      if (status !== 200) throw new Error(text);
    }, 10_000);
    await api.calm();
  });

  test('is in this table, and says in the document that it takes a key', async () => {
    const { paths } = JSON.parse((await get('/openapi.json')).text) as { paths: Record<string, { post?: { parameters?: { $ref?: string }[] } }> };
    const documented = Object.entries(paths).filter(([, { post }]) => post?.parameters?.some(({ $ref }) => $ref === '#/components/parameters/IdempotencyKey') === true);
    // Credentials are shown, once: nothing is started, and a second time there is nothing to show. A forecast starts nothing either; a joining is the same however often it is asked for.
    const routes = Object.keys(ACCESS).filter((route) => route.startsWith('POST /v1/') && !/\/(?:credentials|forecasts|joinings)$/.test(route));
    expect(Object.keys(sends).toSorted()).toEqual(routes.toSorted());
    expect(documented.map(([path]) => `POST ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`).toSorted()).toEqual(routes.toSorted());
  });

  test.each(Object.keys(sends))('%s: reads the key, and refuses one that is malformed', async (route) => {
    const [url, body] = sends[route] ?? [];
    const sent = body?.();
    const headers = { 'idempotency-key': 'e/key', ...(Buffer.isBuffer(sent) ? { 'content-type': 'application/pdf' } : {}) };
    const { body: problem } = await expectRefused(api, () => api.call('POST', url?.() ?? '', 'operator', { body: sent, headers }), [400, 'VALIDATION', 'BAD_DATA']);
    expect(problem['reasons']).toMatchObject([{ code: 'IDEMPOTENCY_KEY_INVALID', path: 'Idempotency-Key' }]);
  });
});

describe('what the caller has already is not sent again', () => {
  test('a view: 304 by its version, 200 after the next event', async () => {
    const caseId = await open(api, bodyAt(api, 4));
    const first = await get(`/v1/adhesions/${caseId}`);
    expect([first.status, first.headers['etag']]).toEqual([200, '"1"']);
    for (const tags of ['"1"', 'W/"1"', '"7", "1"', '*']) {
      const same = await get(`/v1/adhesions/${caseId}`, { 'if-none-match': tags });
      expect([tags, same.status, same.text, same.headers['etag'], same.headers['content-type']]).toEqual([tags, 304, '', '"1"', undefined]);
    }
    await api.call('POST', `/v1/adhesions/${caseId}/commands`, 'operator', { body: PROPOSAL });
    const changed = await get(`/v1/adhesions/${caseId}`, { 'if-none-match': '"1"' });
    expect([changed.status, changed.headers['etag']]).toEqual([200, '"2"']);
  });

  test('a view that has become late by the day is sent, although its version is the same', async () => {
    const caseId = `${bodyAt(api, 5)}-1`;
    await api.call('POST', '/v1/adhesions', 'operator', { body: { body: bodyAt(api, 5), policies: { window: { from: '2026-01-01', to: '2026-01-31' } } } });
    const { body, headers } = await get(`/v1/adhesions/${caseId}`);
    expect(body['late']).toBe(true);
    expect((await get(`/v1/adhesions/${caseId}`, { 'if-none-match': String(headers['etag']) })).status).toBe(200);
  });

  test.each([
    ['allowed', () => `/v1/adhesions/${id}/allowed`], ['the document', () => '/openapi.json'], ['the document as YAML', () => '/openapi.yaml'],
  ])('%s: by its content', async (_name, url) => {
    const first = await get(url());
    expect(first.headers['etag']).toMatch(/^"[\w-]{27}"$/);
    const same = await get(url(), { 'if-none-match': String(first.headers['etag']) });
    expect([same.status, same.text]).toEqual([304, '']);
    expect((await get(url(), { 'if-none-match': '"other"' })).text).toBe(first.text);
  });

  test('allowed of another caller has another tag', async () => {
    const operator = await get(`/v1/adhesions/${id}/allowed`);
    const member = await get(`/v1/adhesions/${id}/allowed`, { 'if-none-match': String(operator.headers['etag']) }, bodyAt(api, 0));
    expect(member.status).toBe(200);
  });

  test('a document: by its digest, under a name of ours', async () => {
    const added = await api.call('POST', `/v1/adhesions/${id}/documents`, bodyAt(api, 0), { body: Buffer.from('%PDF-1.7'), headers: { 'content-type': 'application/pdf' } });
    const first = await get(String(added.headers['location']));
    expect(first.headers['content-disposition']).toMatch(/^attachment; filename="doc-[0-9a-f-]{36}"$/);
    expect((await get(String(added.headers['location']), { 'if-none-match': String(first.headers['etag']) })).status).toBe(304);
  });

  test.each(['17', '"a', 'W/17', '"a" "b"', ''])('If-None-Match: %j is refused', async (tags) => {
    expect((await get(`/v1/adhesions/${id}`, { 'if-none-match': tags })).body['code']).toBe('VALIDATION');
  });
});

test.each([
  ['/openapi.json', 'public, max-age=300'], ['/openapi.yaml', 'public, max-age=300'], ['/.well-known/jwks.json', 'public, max-age=300'], ['/.well-known/openid-configuration', 'public, max-age=300'],
  ['/v1/calendar/days/2026-10-04', 'private, max-age=3600'], ['/v1/calendar/days/nope', 'no-store'], ['/v1/calendar/term?kind=NOPE', 'no-store'], ['/status', 'no-store'], ['/v1/bodies', 'no-store'],
  ['/v1/adhesions', 'no-store'], ['/v1/nothing', 'no-store'], ['/%', 'no-store'],
])('%s may be kept: %s', async (url, expected) => {
  expect((await get(url)).headers['cache-control']).toBe(expected);
});

test('every answer carries the headers that make it harmless, and lets no other site in', async () => {
  const answers = await Promise.all([get('/status'), get('/v1/bodies'), get('/v1/nothing'), get('/v1/bodies', {}, null), get(`/v1/adhesions/${id}`, { origin: 'https://elsewhere.example' })]);
  for (const { headers } of answers) {
    expect(headers['content-security-policy']).toBe("default-src 'self';base-uri 'none';object-src 'none';frame-ancestors 'none';form-action 'self';script-src 'self';script-src-attr 'none';style-src 'self';img-src 'self' data:;font-src 'self' data:;connect-src 'self'");
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer', 'cross-origin-resource-policy': 'same-origin', 'strict-transport-security': expect.any(String) });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control-') || name === 'x-powered-by' || name === 'server')).toEqual([]);
  }
});

test.each([['/v1/adhesions', 'GET, HEAD, POST'], ['/v1/adhesions/x/commands', 'POST'], ['/v1/subjects/x', 'DELETE, GET, HEAD'], ['/status', 'GET, HEAD'], ['/openapi.json', 'GET, HEAD']])('%s: another method is told %s', async (url, allow) => {
  for (const method of ['PUT', 'PATCH', 'OPTIONS'] as const) {
    const { status, headers, body } = await api.call(method, url, null, { headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' } });
    expect([status, headers['allow'], body['code']]).toEqual([405, allow, 'METHOD_NOT_ALLOWED']);
  }
  if (!allow.includes('HEAD')) return;
  const [head, full] = [await api.call('HEAD', url, 'operator'), await get(url)];
  expect([head.status, head.text, head.headers['content-type']]).toEqual([full.status, '', full.headers['content-type']]);
});

describe('the limit of requests', () => {
  const ask = (url: string, as: As | null, options?: CallOptions): Promise<Answer> => limited.call('GET', url, as, options);

  test('counts what is refused too, and is told on every answer', async () => {
    const asked = [await ask('/v1/nothing-here', null), await ask('/v1/bodies', null), await ask('/v1/adhesions', null), await ask('/v1/adhesions', null)];
    expect(asked.map(({ status }) => status)).toEqual([404, 401, 401, 429]);
    expect(asked.map(({ headers }) => headers['x-ratelimit-remaining'])).toEqual(['2', '1', '0', '0']);
    expect(asked[3]?.headers['retry-after']).toBe(asked[3]?.headers['x-ratelimit-reset']);
    // Others behind the same address are heard: they have proved who they are.
    expect((await ask('/v1/bodies', 'auditor')).status).toBe(200);
  });

  test('is of the caller, whatever its token', async () => {
    const member = bodyAt(limited, 0);
    const other = await limited.call('GET', '/v1/bodies', member, { headers: { 'x-forwarded-for': '10.0.0.1' } });
    const statuses = [other.status];
    for (const _ of [1, 2, 3]) statuses.push((await ask('/v1/bodies', member)).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    expect((await ask('/v1/bodies', bodyAt(limited, 1))).status).toBe(200);
  });

  test('comes before a body is read, and does not hold for the health', async () => {
    const as = bodyAt(limited, 2);
    for (const _ of [1, 2, 3]) await ask('/v1/bodies', as);
    const refused = await limited.call('POST', '/v1/adhesions', as, { body: '{broken' });
    expect([refused.status, refused.body['code']]).toEqual([429, 'TOO_MANY_REQUESTS']);
    for (const _ of [1, 2, 3, 4]) expect((await ask('/status', null)).status).toBe(200);
  });
});

test.each(['a\r\nSet-Cookie: x=1', 'a'.repeat(129), '', 'a b', '\u001b[31m', '${jndi:ldap://x}', '../../etc', 'è'])('a correlation id %j is not repeated', async (given) => {
  const { headers } = await get('/status', { 'x-correlation-id': given });
  expect(headers['x-correlation-id']).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
  expect(headers['set-cookie']).toBeUndefined();
});
