import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACCESS } from '../../api/auth/access.ts';
import { abbiategrassoPath } from '../support/adhesion-path.ts';
import { bodyAt, listOf, open, startApi, type Answer, type Api, type As, type CallOptions, type Method } from './support.ts';

/** SQL and ids that look alike, in every place of every route: made from the table of routes, the document and a whole path of commands, so that none is left out. */
let api: Api;
let id: string;
let parameters: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  api = await startApi();
  id = await open(api, bodyAt(api, 0));
  const { paths } = JSON.parse((await api.call('GET', '/openapi.json', null)).text) as { paths: Record<string, { get?: { parameters?: { in?: string; name?: string }[] } }> };
  parameters = new Map(Object.entries(paths).map(([path, { get }]) => [path, (get?.parameters ?? []).filter((one) => one.in === 'query').map(({ name = '' }) => name)]));
});
afterAll(async () => { await api.stop(); });

const SQL = ["'; DROP TABLE events; --", "' OR '1'='1", '1); DELETE FROM events; --', String.raw`\'; SELECT pg_sleep(9) --`, "%' UNION SELECT record FROM events --"];

/** Sends a request that must not be served; nothing may be written. */
async function refused(method: Method, url: string, as: As, options: CallOptions = {}): Promise<Answer> {
  const before = await api.counts();
  const answer = await api.call(method, url, as, options);
  expect(await api.counts()).toEqual(before);
  return answer;
}

describe('in a path', () => {
  /** Of the letters of other scripts, of letters that are not seen, of other cases; and SQL. */
  const ALIKE = ['с_a010-1', 'ｃ_ａ０１０-1', 'c_а010-1', 'C_A010-1', 'c_a010-1\u200b', 'c_a01O-1', 'c_a010-1 ', ' c_a010-1', 'c_a010-01', 'c_a010-١', 'c\u005f\u0301a010-1', 'TRAINІNG', 'ﬁbre', 'doc-\u0430', '__proto__', 'constructor', ...SQL];
  const SEND: Readonly<Record<string, object>> = { 'PUT /v1/webhooks/:id/state': { state: 'PAUSED' }, 'POST /v1/webhooks/:id/replays': {} };
  // A person names its own views as it likes, within the form of a name (views.test.ts).
  const places = Object.keys(ACCESS).filter((route) => route.includes(' /v1/') && route !== 'PUT /v1/views/:name').flatMap((route) => {
    const [method = '', path = ''] = route.split(' ');
    return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({ method: method as Method, path, name }));
  });

  test('there are all', () => {
    expect(new Set(places.map(({ name }) => name))).toEqual(new Set(['ipaCode', 'date', 'service', 'id', 'commandId', 'runId', 'documentId', 'textId', 'name']));
  });

  test.each(places.flatMap(({ method, path, name }) => ALIKE.map((value) => [method, path.replace(`:${name}`, '{X}'), value] as const)))('%s %s with %j in its path', async (method, path, value) => {
    const url = path.replace(':id', path.startsWith('/v1/migrations') ? `${id}.TRAINING` : id).replace('{X}', encodeURIComponent(value));
    const route = `${method} ${path.replace('{X}', ':id')}`;
    const body = method === 'GET' || method === 'DELETE' ? undefined : SEND[route] ?? {};
    const { status, body: { code } } = await refused(method, url, 'operator', body === undefined ? {} : { body });
    expect([status, code]).toEqual(path.includes('/days/') ? [400, 'VALIDATION'] : [404, 'NOT_FOUND']);
  });
});

describe('in a query', () => {
  const READS = Object.keys(ACCESS).filter((route) => route.startsWith('GET /v1/')).map((route) => route.slice(4));
  test.each(READS)('GET %s: every parameter', async (path) => {
    const documented = path.replaceAll(/:(\w+)/g, '{$1}');
    const names = parameters.get(documented);
    expect(names, documented).toBeDefined();
    const url = path.replace(':id', id).replace(':date', '2026-10-04').replace(':ipaCode', bodyAt(api, 0)).replace(':service', 'TRAINING').replace(/:\w+/, 'none');
    // And what the document knows nothing of.
    for (const name of [...names ?? [], 'sort', 'order', 'fields', 'body']) {
      for (const value of SQL) {
        const { status, body } = await refused('GET', `${url}?${name}=${encodeURIComponent(value)}`, 'operator');
        const found: unknown[] = [path, name, status, name === 'q' && status === 200 ? body : body['code']];
        const isSearch = name === 'q' && names?.includes('q') === true;
        // What is asked for is not there: said before or after the query is judged.
        const isMissing = url.endsWith('none') || url.includes('/none/') || /^\/v1\/(?:migrations|subjects)\//.test(path);
        const expected: readonly unknown[] = isSearch ? [[200, { items: [], nextCursor: null }]] : [[400, 'VALIDATION'], ...(isMissing ? [[404, 'NOT_FOUND']] : [])];
        expect(found.slice(2), `${path} ${name}`).toBeOneOf([...expected]);
      }
    }
  });
});

describe('in a command', () => {
  /** Every way to put `text` in the place of one text of `data`. */
  function* replaced(data: unknown, text: string): Generator {
    if (typeof data === 'string') yield text;
    else if (Array.isArray(data)) for (const [index, one] of data.entries()) for (const other of replaced(one, text)) yield data.with(index, other);
    else if (typeof data === 'object' && data !== null) for (const [key, one] of Object.entries(data)) for (const other of replaced(one, text)) yield { ...data, [key]: other };
  }

  test.each(abbiategrassoPath().slice(1).filter(({ type }, index, all) => all.findIndex((one) => one.type === type) === index))('in every text of $type', async ({ by, type, data }) => {
    for (const text of SQL) {
      for (const hostile of replaced(data, text)) {
        const before = await api.counts();
        const { status, body } = await api.call('POST', `/v1/adhesions/${id}/commands`, by === 'operator' ? 'operator' : bodyAt(api, 0), { body: { type, data: hostile } });
        // Refused by its form or by the process, which has no turn for it; or a text of no form, like the number of an act: kept letter by letter.
        const kept = status === 200 && JSON.stringify(body['events']).includes(JSON.stringify(text));
        expect([status, String(body['code']), kept], JSON.stringify(hostile)).toEqual([expect.toBeOneOf([200, 400, 409]), expect.stringMatching(status === 400 ? /^VALIDATION$/ : /^(?:[A-Z_]+|undefined)$/), status === 200]);
        const isAsBefore = JSON.stringify(await api.counts()) === JSON.stringify(before);
        expect(isAsBefore).toBe(status !== 200);
      }
    }
  });
});

test('after it all everything is there', async () => {
  expect((await api.call('GET', `/v1/adhesions/${id}`, 'operator')).status).toBe(200);
  const { body } = await api.call('GET', `/v1/adhesions/${id}/events`, 'operator');
  expect(listOf(body['items']).map(({ type }) => String(type))).toContain('AdhesionOpened');
});
