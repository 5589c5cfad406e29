import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectRefused, type Refusal } from './refusal.ts';
import { bodyAt, open, PROPOSAL, RECEIPT, startApi, type Api, type As, type CallOptions, type Method } from './support.ts';

/** What hostile callers put into texts, ids, parameters and bodies: each has its answer and its entry in the security log, and nothing is written. */
let api: Api;
let id: string;

beforeAll(async () => {
  api = await startApi();
  id = await open(api, bodyAt(api, 0));
  await api.call('POST', `/v1/adhesions/${id}/commands`, 'operator', { body: PROPOSAL });
  await api.call('POST', `/v1/adhesions/${id}/commands`, 'operator', { body: RECEIPT });
});
afterAll(async () => { await api.stop(); });

const member = (): As => bodyAt(api, 0);

async function refused(expected: Refusal, method: Method, url: string, as: As, options: CallOptions = {}): Promise<void> {
  await expectRefused(api, () => api.call(method, url, as, options), expected);
}

const BAD_DATA: Refusal = [400, 'VALIDATION', 'BAD_DATA'];
const HOSTILE: Refusal = [400, 'VALIDATION', 'MALFORMED'];
const NO_JSON: Refusal = [400, 'MALFORMED_JSON', 'BAD_DATA'];
const NOT_THERE: Refusal = [404, 'NOT_FOUND', 'NOT_THERE'];
const HOSTILE_PATH: Refusal = [404, 'NOT_FOUND', 'MALFORMED'];

const SQL = ["'; DROP TABLE events; --", "' OR '1'='1", '1); DELETE FROM events; --', "$1 || pg_sleep(5)", String.raw`\'; SELECT 1 --`, "%' UNION SELECT record FROM events --"];

describe('SQL', () => {
  const parameters = [
    ['/v1/adhesions', 'phase'], ['/v1/adhesions', 'waitingFor'], ['/v1/adhesions', 'late'], ['/v1/adhesions', 'service'], ['/v1/adhesions', 'cursor'], ['/v1/adhesions', 'limit'],
    ['/v1/adhesions', 'sort'], ['/v1/migrations', 'phase'], ['/v1/migrations', 'cursor'], ['/v1/bodies', 'cursor'], ['/v1/catalogue', 'cursor'],
    ['/v1/calendar/term', 'kind'], ['/v1/calendar/publication', 'firstDay'], ['/v1/calendar/days/2026-10-04', 'istat'],
  ] as const;
  test.each(parameters.flatMap(([path, name]) => SQL.map((value) => [path, name, value] as const)))('in %s?%s=%s: 400', async (path, name, value) => {
    await refused(BAD_DATA, 'GET', `${path}?${name}=${encodeURIComponent(value)}`, 'operator');
  });

  test.each(SQL)('in a cursor of the right form: 400 (%s)', async (value) => {
    await refused(BAD_DATA, 'GET', `/v1/adhesions?cursor=${Buffer.from(value).toString('base64url')}`, 'operator');
  });

  test.each(SQL)('in a search finds nothing (%s)', async (value) => {
    for (const path of ['/v1/adhesions', '/v1/migrations', '/v1/bodies']) {
      const { status, body } = await api.call('GET', `${path}?q=${encodeURIComponent(value)}`, 'operator');
      expect([status, body]).toEqual([200, { items: [], nextCursor: null }]);
    }
  });

  test('wildcards in a search are letters', async () => {
    for (const wildcard of ['%', '%%', String.raw`\%`, '%25']) {
      expect((await api.call('GET', `/v1/adhesions?q=${encodeURIComponent(wildcard)}`, 'operator')).body, wildcard).toEqual({ items: [], nextCursor: null });
    }
  });

  const paths = ['/v1/adhesions/X', '/v1/migrations/X', '/v1/subjects/X', '/v1/bodies/X', '/v1/catalogue/X', '/v1/adhesions/ID/commands/X', '/v1/adhesions/ID/texts/X', '/v1/adhesions/ID/documents/X', '/v1/adhesions/ID/runs/X/history'];
  test.each(paths.flatMap((path) => SQL.map((value) => [path, value] as const)))('as an id in %s: 404 (%s)', async (path, value) => {
    await refused(NOT_THERE, 'GET', path.replace('ID', id).replace('X', encodeURIComponent(value)), 'operator');
  });

  test('in a free text and a name is kept letter by letter', async () => {
    const text = SQL.join('\n');
    const caseId = await open(api, bodyAt(api, 1));
    const sent = await api.call('POST', `/v1/adhesions/${caseId}/commands`, 'operator', { body: PROPOSAL });
    expect(sent.status).toBe(200);
    await api.call('POST', `/v1/adhesions/${caseId}/commands`, 'operator', { body: RECEIPT });
    const opinion = await api.call('POST', `/v1/adhesions/${caseId}/commands`, bodyAt(api, 1), { body: { type: 'RecordOpinion', data: { kind: 'TECHNICAL', outcome: 'UNFAVOURABLE', givenOn: '2026-03-03', reasons: text } } });
    const textId = String(opinion.body['events']?.[0]?.['data']?.['reasons']?.['textId']);
    expect((await api.call('GET', `/v1/adhesions/${caseId}/texts/${textId}`, 'operator')).body).toEqual({ id: textId, text });
    const name = SQL.join(' ');
    const { body: added } = await api.call('POST', '/v1/subjects', 'operator', { body: { body: 'agency', name, email: 'a@example.org' } });
    expect((await api.call('GET', `/v1/subjects/${String(added['id'])}`, 'operator')).body['name']).toBe(name);
  });
});

const OPINION = { kind: 'TECHNICAL', outcome: 'FAVOURABLE', givenOn: '2026-03-03' };
/** Every way in for JSON, with a body that it would take; `TEXT` stands where a text is. */
const BODIES: readonly { readonly name: string; readonly url: () => string; readonly as: () => As; readonly body: () => object }[] = [
  { name: 'a person', url: () => '/v1/subjects', as: () => 'operator', body: () => ({ body: 'agency', name: 'TEXT', email: 'a@example.org' }) },
  { name: 'an opening', url: () => '/v1/adhesions', as: () => 'operator', body: () => ({ body: bodyAt(api, 5), policies: { executivity: 'END' } }) },
  { name: 'a command', url: () => `/v1/adhesions/${id}/commands`, as: member, body: () => ({ type: 'RecordOpinion', data: { ...OPINION, reasons: 'TEXT' } }) },
  { name: 'a migration', url: () => `/v1/adhesions/${id}/migrations`, as: member, body: () => ({ service: 'TRAINING', parameters: { colour: 'TEXT' } }) },
];

describe.each(BODIES)('in the body of $name', ({ url, as, body }) => {
  const send = (expected: Refusal, text: string) => refused(expected, 'POST', url(), as(), { body: text });

  test.each([
    ['__proto__', '"__proto__":{"isAdmin":true}', HOSTILE],
    ['constructor', '"constructor":{"prototype":{"isAdmin":true}}', BAD_DATA],
    ['toString', '"toString":1', BAD_DATA],
    ['an extra field', '"tenant":"c_f205"', BAD_DATA],
    ['one that says the role', '"actor":{"role":"operator"}', BAD_DATA],
    ['1e400', '"n":1e400', BAD_DATA],
    ['9007199254740993', '"n":9007199254740993', BAD_DATA],
    ['0x10', '"n":0x10', NO_JSON],
    ['NaN', '"n":NaN', NO_JSON],
    ['+1', '"n":+1', NO_JSON],
    ['01', '"n":01', NO_JSON],
    ['a comment', '/* */ "n":1', NO_JSON],
    ['a comma too many', '"n":1,', NO_JSON],
    ['a key twice', '"n":1,"n":1', [400, 'DUPLICATE_KEY', 'MALFORMED']],
    ['depth 33', `"n":${'['.repeat(33)}${']'.repeat(33)}`, HOSTILE],
    ['depth 20,000', `"n":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`, HOSTILE],
    ['100,000 members', `"n":[${'0,'.repeat(99_999)}0]`, BAD_DATA],
  ] as const)('%s', async (_name, member_, expected) => {
    const text = JSON.stringify(body());
    await send(expected, text.replace(/\}$/, `,${member_}}`));
  });

  test.each([
    ['U+0000', String.raw`\u0000`], ['an escape sequence', String.raw`\u001b[31m`], ['a backspace', String.raw`\u0008`], ['a C1 control', String.raw`\u009b`],
    ['a right-to-left override', String.raw`\u202e`], ['an isolate', String.raw`\u2066`], ['half of a pair', String.raw`\ud800`], ['halves in the wrong order', String.raw`\udc00\ud800`],
    ['an override as bytes', '\u202E'],
  ])('%s in a text: 400', async (_name, text) => {
    const sent = JSON.stringify(body());
    // A body without a text is tried with one in a field too many.
    const hostile = sent.includes('TEXT') ? sent.replace('TEXT', `a${text}b`) : sent.replace(/\}$/, `,"n":"${text}"}`);
    await send(HOSTILE, hostile);
  });

  test.each([
    ['text/plain'], ['application/json, text/plain'], ['application/json; charset=utf-16'], ['application/json; charset=utf-7'], ['application/json; profile=x'], ['application/jsonp'],
    ['application/json;charset=utf-8;charset=utf-16'], ['multipart/form-data; boundary=x'], ['application/x-www-form-urlencoded'], ['application/vnd.api+json'],
  ])('%s: 415', async (type) => {
    await refused([415, 'UNSUPPORTED_MEDIA_TYPE', 'BAD_TYPE'], 'POST', url(), as(), { body: JSON.stringify(body()), headers: { 'content-type': type } });
  });

  test.each(['gzip', 'deflate', 'br', 'zstd', 'identity, gzip', 'GZIP'])('compressed by %s: 415', async (encoding) => {
    await refused([415, 'UNSUPPORTED_MEDIA_TYPE', 'MALFORMED'], 'POST', url(), as(), { body: JSON.stringify(body()), headers: { 'content-encoding': encoding } });
  });
});

describe('numbers', () => {
  const voted = (votes: string) => `{"type":"RecordSession","data":{"organ":"COUNCIL","heldOn":"2026-03-20","outcome":"VOTED","councillorsPresent":9,"votes":${votes}}}`;
  test.each(['1.5', '-1', '"9"', 'true', 'null', '1e-1', '2147483648', '0.1e1e1'])('%s votes: 400', async (number) => {
    await refused(number === '0.1e1e1' ? NO_JSON : BAD_DATA, 'POST', `/v1/adhesions/${id}/commands`, member(), { body: voted(`{"for":${number},"against":0,"abstained":0}`) });
  });

  test.each(['1e400', '-1e400', '9007199254740993', '-9007199254740993', '1e16'])('%s is refused as it is read, wherever it stands', async (number) => {
    const { body } = await expectRefused(api, () => api.call('POST', `/v1/adhesions/${id}/migrations`, member(), { body: `{"service":"TRAINING","parameters":{"deep":[${number}]}}` }), BAD_DATA);
    expect([body['detail']]).toEqual([`Il numero ${number} non si può registrare così com'è.`]);
  });

  test.each(['0x10', '1e1', '1.0', '-0', '+1', ' 1', '1_0', '١', '１', '', '99999999999999999999', 'NaN'])('a limit of %j: 400', async (limit) => {
    await refused(BAD_DATA, 'GET', `/v1/adhesions?limit=${encodeURIComponent(limit)}`, 'operator');
  });
});

describe('ids that look alike', () => {
  test.each(['с_a010', 'ｃ_ａ０１０', 'c_а010', 'C_A010', 'c_a010\u200b', 'c_a01O', 'c_a010 ', 'c\u005f\u0301a010'])('%j is no comune', async (body) => {
    await refused(BAD_DATA, 'POST', '/v1/adhesions', 'operator', { body: { body } });
    await refused(NOT_THERE, 'GET', `/v1/adhesions/${encodeURIComponent(body)}-1`, 'operator');
  });

  test('a text that is not normalised is kept as it is, and found by its letters', async () => {
    const name = 'Nicolo\u0300 Prova';
    const { body: added } = await api.call('POST', '/v1/subjects', 'operator', { body: { body: 'agency', name, email: 'a@example.org' } });
    expect((await api.call('GET', `/v1/subjects/${String(added['id'])}`, 'operator')).body['name']).toBe(name);
  });
});

describe('addresses', () => {
  test.each([
    ...['%00', '%1b[31m', '%e2%80%ae', '%c0%ae', '%ed%a0%80'].map((part) => [part, HOSTILE_PATH] as const),
    ...['%0d%0aSet-Cookie:x', '..%2f..%2fetc%2fpasswd', '%252e%252e'].map((part) => [part, NOT_THERE] as const),
  ])('%s in a path: 404', async (part, expected) => {
    await refused(expected, 'GET', `/v1/adhesions/${part}`, 'operator');
    const { headers } = await api.call('GET', `/v1/adhesions/${part}`, 'operator');
    expect(headers['set-cookie']).toBeUndefined();
  });

  test.each(['%00', 'a%0cb', '%1b', '%e2%80%ae', '%ff', '%'])('%s in a query: 400', async (part) => {
    await refused(HOSTILE, 'GET', `/v1/bodies?q=${part}`, 'operator');
  });

  test('a tenant named in query, header or path is heard by nobody', async () => {
    const other = await open(api, bodyAt(api, 2));
    for (const url of ['/v1/adhesions?body=x', `/v1/adhesions?tenant=${bodyAt(api, 2)}`]) await refused(BAD_DATA, 'GET', url, member());
    const headers = { 'x-tenant': bodyAt(api, 2), 'x-body': bodyAt(api, 2), 'x-original-url': `/v1/adhesions/${other}`, 'x-forwarded-user': 'operator' };
    expect((await api.call('GET', '/v1/adhesions', member(), { headers })).body['items']).toMatchObject([{ id }]);
    await refused(NOT_THERE, 'GET', `/v1/adhesions/${id}%2f..%2f${other}`, member(), { headers });
  });
});
