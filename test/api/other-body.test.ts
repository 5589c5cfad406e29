import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bodies } from '../../api/bodies.ts';
import { expectRefused, type Refusal } from './refusal.ts';
import { bodyAt, listOf, open, PROPOSAL, RECEIPT, startApi, type Answer, type Api, type CallOptions, type Method } from './support.ts';

/** A comune that knows every id of another one, and says them wherever an id can stand. */
let api: Api;

const MINE = 'c_x101';
const OTHER = 'c_x102';
const NOBODY = 'c_x103';
const comune = (ipaCode: string, index: number, name: string) => ({ ipaCode, istatCode: String(15_800 + index).padStart(6, '0'), name, population: 4_000 });
const BODIES = new Bodies([comune(MINE, 0, 'Mio'), comune(OTHER, 1, 'Segretario al Lambro'), comune(NOBODY, 2, 'Nessuno')]);
const CANARY = 'Canarina Gialletti';

let mine: string;
let other: string;
/** Ids of what is the other's. */
let theirs: { subject: string; text: string; document: string; webhook: string; cursor: string };
const KEY = 'others-key';
const REASONS = 'il canarino del sindaco canta';

beforeAll(async () => {
  api = await startApi({ bodies: BODIES });
  [mine, other] = [await open(api, MINE), await open(api, OTHER)];
  const done = async (sent: Promise<Answer>): Promise<Answer> => {
    const answer = await sent;
    if (answer.status >= 300) throw new Error(answer.text);
    return answer;
  };
  for (const id of [mine, other]) {
    await done(api.call('POST', `/v1/adhesions/${id}/commands`, 'operator', { body: PROPOSAL }));
    await done(api.call('POST', `/v1/adhesions/${id}/commands`, 'operator', { body: RECEIPT, headers: id === other ? { 'idempotency-key': KEY } : {} }));
  }
  const subject = await done(api.call('POST', '/v1/subjects', OTHER, { body: { body: OTHER, name: CANARY, email: 'canarina@example.org' }, headers: { 'idempotency-key': KEY } }));
  const opinion = await done(api.call('POST', `/v1/adhesions/${other}/commands`, OTHER, { body: { type: 'RecordOpinion', data: { kind: 'TECHNICAL', outcome: 'UNFAVOURABLE', givenOn: '2026-03-03', reasons: REASONS } } }));
  const document = await done(api.call('POST', `/v1/adhesions/${other}/documents`, OTHER, { body: Buffer.from(REASONS), headers: { 'content-type': 'application/pdf' } }));
  const webhook = await done(api.call('POST', '/v1/webhooks', OTHER, { body: { url: 'https://segreto.example.org/canarino' } }));
  const page = await done(api.call('GET', '/v1/adhesions?limit=1', 'operator'));
  theirs = {
    subject: String(subject.body['id']), text: String(opinion.body['events']?.[0]?.['data']?.['reasons']?.['textId']), document: String(document.body['id']), webhook: String(webhook.body['id']),
    cursor: String(page.body['nextCursor']),
  };
});
afterAll(async () => { await api.stop(); });

/** Sends as the member of `MINE`; nothing may be written. */
async function ask(method: Method, url: string, options: CallOptions = {}): Promise<Answer> {
  const before = await api.written();
  const answer = await api.call(method, url, MINE, options);
  expect(await api.written()).toEqual(before);
  return answer;
}

/** What an answer tells, without the ids that were sent. */
function told({ status, headers, text }: Answer, ...sent: string[]): unknown {
  const plain = sent.reduce((said, id) => said.replaceAll(id, 'ID'), text);
  const names = Object.keys(headers).filter((name) => !['x-correlation-id', 'content-length', 'date'].includes(name));
  return { status, names, text: plain };
}

/** Each with the id of the other's thing, and one of a thing that never was. */
interface Attempt {
  readonly name: string;
  readonly method: Method;
  readonly url: (id: string) => string;
  readonly id: () => string;
  readonly none: string;
  readonly options?: (id: string) => CallOptions;
  readonly expected: Refusal;
}

const OTHER_BODY: Refusal = [404, 'NOT_FOUND', 'OTHER_BODY'];
const NONE = { subject: `sub-${'0'.repeat(32)}`, text: `txt-${'0'.repeat(32)}`, document: `doc-${'0'.repeat(32)}`, webhook: `wh-${'0'.repeat(32)}` };
const onCase = (method: Method, path: string, options?: CallOptions): Attempt => ({
  name: `${method} /v1/adhesions/{id}${path}${options?.headers === undefined ? '' : ` with ${Object.keys(options.headers).join(', ')}`}`, method, url: (id) => `/v1/adhesions/${id}${path}`, id: () => other, none: `${NOBODY}-1`,
  ...(options === undefined ? {} : { options: () => options }), expected: OTHER_BODY,
});
const inOwnCase = (method: Method, path: string, id: () => string, none: string): Attempt => ({
  name: `${method} ${path} in the own case`, method, url: (sent) => `/v1/adhesions/${mine}${path.replace('{id}', sent)}`, id, none, expected: [404, 'NOT_FOUND', 'NOT_THERE'],
});
const onWebhook = (method: Method, path: string, body?: object): Attempt => ({
  name: `${method} /v1/webhooks/{id}${path}`, method, url: (id) => `/v1/webhooks/${id}${path}`, id: () => theirs.webhook, none: NONE.webhook,
  ...(body === undefined ? {} : { options: () => ({ body }) }), expected: OTHER_BODY,
});
const named = (type: string, data: (subject: string) => object): Attempt => ({
  name: `the other's person in ${type}`, method: 'POST', url: () => `/v1/adhesions/${mine}/commands`, id: () => theirs.subject, none: NONE.subject,
  options: (subject) => ({ body: { type, data: data(subject) } }), expected: [400, 'VALIDATION', 'OTHER_BODY'],
});

const ATTEMPTS: readonly Attempt[] = [
  onCase('GET', ''), onCase('HEAD', ''), onCase('GET', '?asOfVersion=1'), onCase('GET', '?validOn=2026-03-02'), onCase('GET', '/allowed'), onCase('GET', '/events'),
  onCase('GET', '/events', { headers: { accept: 'application/x-ndjson' } }), onCase('GET', '/access'), onCase('GET', '/runs'),
  onCase('GET', '', { headers: { 'if-none-match': '"3"' } }), onCase('GET', '', { headers: { 'if-none-match': '*' } }),
  onCase('GET', `/commands/${KEY}`), onCase('POST', '/commands', { body: RECEIPT }), onCase('POST', '/commands', { body: RECEIPT, headers: { 'if-match': '"3"' } }),
  onCase('POST', '/commands', { body: RECEIPT, headers: { 'if-match': '"9"' } }), onCase('POST', '/commands', { body: RECEIPT, headers: { prefer: 'respond-async' } }),
  onCase('POST', '/commands', { body: RECEIPT, headers: { 'idempotency-key': KEY } }), onCase('POST', '/migrations', { body: { service: 'TRAINING' } }),
  onCase('POST', '/documents', { body: Buffer.from('x'), headers: { 'content-type': 'application/pdf' } }),
  onCase('GET', '/documents'), onCase('GET', '/drafts/SubmitRecognition'), onCase('PUT', '/drafts/SubmitRecognition', { body: {} }), onCase('PUT', '/drafts/SubmitRecognition', { body: {}, headers: { 'if-match': '"1"' } }),
  onCase('DELETE', '/drafts/SubmitRecognition'),
  inOwnCase('GET', '/texts/{id}', () => theirs.text, NONE.text), inOwnCase('GET', '/documents/{id}', () => theirs.document, NONE.document),
  inOwnCase('DELETE', '/documents/{id}', () => theirs.document, NONE.document), inOwnCase('GET', '/inventories/{id}', () => theirs.document, NONE.document),
  inOwnCase('GET', '/commands/{id}', () => KEY, 'no-such-key'),
  { name: 'GET /v1/migrations/{id}', method: 'GET', url: (id) => `/v1/migrations/${id}.TRAINING`, id: () => other, none: `${NOBODY}-1`, expected: OTHER_BODY },
  { name: 'GET /v1/subjects/{id}', method: 'GET', url: (id) => `/v1/subjects/${id}`, id: () => theirs.subject, none: NONE.subject, expected: OTHER_BODY },
  { name: 'DELETE /v1/subjects/{id}', method: 'DELETE', url: (id) => `/v1/subjects/${id}`, id: () => theirs.subject, none: NONE.subject, expected: OTHER_BODY },
  onWebhook('GET', ''), onWebhook('PUT', '/state', { state: 'PAUSED' }), onWebhook('POST', '/replays', {}), onWebhook('DELETE', ''),
  named('AppointReferent', (subject) => ({ role: 'RTD', subject, actNo: '1', actOn: '2026-03-01' })),
  named('RecordMandateChange', (holder) => ({ kind: 'MAYOR_CHANGED', on: '2026-03-01', holder })),
  named('SignConvention', (signer) => ({ signer, office: 'MAYOR', signedAt: '2026-03-05T10:00:00+01:00', form: 'PADES', sha256: 'ab'.repeat(32) })),
];

describe("an id of another body's thing", () => {
  test.each(ATTEMPTS)('$name', async ({ method, url, id, none, options = () => ({}), expected }) => {
    const answer = await expectRefused(api, () => api.call(method, url(id()), MINE, options(id())), expected);
    expect(api.security.entries.at(-1)).toMatchObject({ body: MINE, correlationId: answer.headers['x-correlation-id'] });
    expect(answer.text).not.toMatch(/anari|egret|Lambro/);
    // The same is told, to the letter, of what never was.
    expect(told(answer, id())).toEqual(told(await ask(method, url(none), options(none)), none));
  });

  test('of a person is told to the operator, and of none to the auditor', async () => {
    expect((await api.call('GET', `/v1/subjects/${theirs.subject}`, 'operator')).body['name']).toBe(CANARY);
    expect((await api.call('GET', `/v1/subjects/${theirs.subject}`, 'auditor')).status).toBe(403);
  });
});

describe('another body named as the own', () => {
  test.each<[string, Method, () => string, object, Refusal]>([
    ['a person', 'POST', () => '/v1/subjects', { body: OTHER, name: 'X', email: 'x@example.org' }, [403, 'FORBIDDEN', 'NOT_PERMITTED']],
    ['a person of the Agency', 'POST', () => '/v1/subjects', { body: 'agency', name: 'X', email: 'x@example.org' }, [403, 'FORBIDDEN', 'NOT_PERMITTED']],
    ['an adhesion', 'POST', () => '/v1/adhesions', { body: OTHER }, [403, 'FORBIDDEN', 'NOT_PERMITTED']],
    ['a command with a body beside', 'POST', () => `/v1/adhesions/${mine}/commands`, { ...RECEIPT, body: OTHER }, [400, 'VALIDATION', 'BAD_DATA']],
    ['a command with a stream beside', 'POST', () => `/v1/adhesions/${mine}/commands`, { ...RECEIPT, stream: 'adhesion/c_x102-1' }, [400, 'VALIDATION', 'BAD_DATA']],
    ['a command with an actor beside', 'POST', () => `/v1/adhesions/${mine}/commands`, { ...RECEIPT, actor: { subject: 'x', role: 'operator', body: 'agency' } }, [400, 'VALIDATION', 'BAD_DATA']],
    ['a command with a body within', 'POST', () => `/v1/adhesions/${mine}/commands`, { type: RECEIPT.type, data: { ...RECEIPT.data, body: OTHER } }, [400, 'VALIDATION', 'BAD_DATA']],
    ['a webhook', 'POST', () => '/v1/webhooks', { url: 'https://mio.example.org/x', body: OTHER }, [400, 'VALIDATION', 'BAD_DATA']],
    ['a migration of the other', 'POST', () => `/v1/adhesions/${mine}/migrations`, { service: 'TRAINING', adhesion: 'c_x102-1' }, [400, 'VALIDATION', 'BAD_DATA']],
  ])('%s', async (_name, method, url, body, expected) => {
    await expectRefused(api, () => api.call(method, url(), MINE, { body }), expected);
  });

  test.each(['body', 'tenant', 'ipaCode', 'role', 'subject', 'as'])('?%s= is no parameter of any list: 400', async (name) => {
    for (const path of ['/v1/adhesions', '/v1/migrations', '/v1/events', '/v1/webhooks', `/v1/adhesions/${mine}`, `/v1/adhesions/${mine}/events`]) {
      await expectRefused(api, () => api.call('GET', `${path}?${name}=${OTHER}`, MINE), [400, 'VALIDATION', 'BAD_DATA']);
    }
  });

  test.each([
    { 'x-tenant': OTHER }, { 'x-tenant-id': OTHER }, { 'x-body': OTHER }, { 'x-forwarded-user': 'operator' }, { 'x-forwarded-for': '127.0.0.1' }, { 'x-forwarded-host': 'evil.example' }, { 'x-real-ip': '127.0.0.1' },
    { 'x-original-url': '/v1/adhesions/c_x102-1' }, { 'x-rewrite-url': '/v1/adhesions/c_x102-1' }, { 'x-http-method-override': 'DELETE' }, { 'x-role': 'operator' }, { forwarded: 'for=127.0.0.1;by=operator' },
  ])('header %o is heard by nobody', async (headers) => {
    expect(listOf((await ask('GET', '/v1/adhesions', { headers })).body['items']).map((item) => String(item['id']))).toEqual([mine]);
    for (const url of [`/v1/adhesions/${other}`, `/v1/webhooks/${theirs.webhook}`]) await expectRefused(api, () => api.call('GET', url, MINE, { headers }), OTHER_BODY);
  });
});

describe('lists, search, feed', () => {
  test.each([OTHER, 'c_x102-1', 'Segretario', 'Lambro', 'x102', CANARY])('a search for %j finds nothing of the other', async (text) => {
    for (const path of ['/v1/adhesions', '/v1/migrations']) {
      expect((await ask('GET', `${path}?q=${encodeURIComponent(text)}`)).body).toEqual({ items: [], nextCursor: null });
    }
    expect(listOf((await api.call('GET', `/v1/adhesions?q=${encodeURIComponent('Lambro')}`, 'operator')).body['items'])).toHaveLength(1);
  });

  test.each(['phase=DESIGN', 'waitingFor=MEMBER', 'late=false'])('a filter %s shows the own only', async (filter) => {
    const { text, body } = await ask('GET', `/v1/adhesions?${filter}`);
    expect(text).not.toContain(OTHER);
    expect(listOf((await api.call('GET', `/v1/adhesions?${filter}`, 'operator')).body['items']).length).toBeGreaterThan(listOf(body['items']).length);
  });

  test('a cursor of a list of others leads into the own list only', async () => {
    const { status, text, body } = await ask('GET', `/v1/adhesions?cursor=${theirs.cursor}`);
    expect([status, listOf(body['items'])]).toEqual([200, []]);
    expect(text).not.toContain(OTHER);
  });

  test('the feed, in every page and from every cursor, tells of the own case', async () => {
    await expect.poll(async () => listOf((await api.call('GET', '/v1/events', OTHER)).body['items']).length).toBe(4);
    const { items } = (await ask('GET', '/v1/events')).body;
    expect(new Set(listOf(items).map((item) => String(item['subject'])))).toEqual(new Set([mine]));
    const cursor = (await api.call('GET', '/v1/events?limit=1', OTHER)).body['nextCursor'];
    expect((await ask('GET', `/v1/events?after=${String(cursor)}`)).text).not.toContain(OTHER);
  });

  test('a webhook that begins at the cursor of another tells of no other', async () => {
    const cursor = String((await api.call('GET', '/v1/events?limit=1', OTHER)).body['nextCursor']);
    const { status, body } = await api.call('POST', '/v1/webhooks', MINE, { body: { url: 'https://mio.example.org/x', after: cursor } });
    expect(status).toBe(201);
    const rows = await api.stack.db.selectFrom('webhooks').select('body').where('id', '=', String(body['id'])).execute();
    expect(rows).toEqual([{ body: MINE }]);
  });
});

describe('the Idempotency-Key of another', () => {
  test('gives none of his answer, and takes nothing from him', async () => {
    const seen = api.security.entries.length;
    const person = await api.call('POST', '/v1/subjects', MINE, { body: { body: MINE, name: 'Mia Propria', email: 'm@example.org' }, headers: { 'idempotency-key': KEY } });
    expect([person.status, String(person.body['id']) === theirs.subject]).toEqual([201, false]);
    const opinion = { type: 'RecordOpinion', data: { kind: 'TECHNICAL', outcome: 'FAVOURABLE', givenOn: '2026-03-03' } };
    const command = await api.call('POST', `/v1/adhesions/${mine}/commands`, MINE, { body: opinion, headers: { 'idempotency-key': KEY } });
    expect([command.status, command.body['commandId'], command.text.includes(OTHER)]).toEqual([200, KEY, false]);
    expect(api.security.entries.slice(seen)).toEqual([]);
    expect((await api.call('GET', `/v1/adhesions/${other}/commands/${KEY}`, OTHER)).body['state']).toBe('DONE');
  });
});

test('nothing of it all has reached the other: its journal of access names no reader but the operator', async () => {
  const { body, text } = await api.call('GET', `/v1/adhesions/${other}/access`, OTHER);
  expect(new Set(listOf(body['items']).map((item) => String(item['reader']?.['role'])))).toEqual(new Set(['operator']));
  expect(text).not.toContain(MINE);
  expect(bodyAt(api, 1)).toBe(OTHER);
});
