import { connect, type AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Browser } from '../support/browser.ts';
import { securityLines } from './security-lines.ts';
import { codeOf, PROGRAM, Site } from './signing-on.ts';
import { bodyAt, open, PROPOSAL, startApi, tokenFor, type Api, type As, type CallOptions, type Method } from './support.ts';

/** What the security log says of attacks, over real HTTP; of each one line, and nothing that was typed. */
let api: Api;
let url: string;
let site: Site;
let id: string;
const { entries, lines, stream } = securityLines();

beforeAll(async () => {
  api = await startApi({ log: pino({ level: 'info' }, stream), patience: { headersMs: 300, requestMs: 600, lookEveryMs: 100, keepAliveMs: 300 } });
  url = await api.listen();
  site = new Site(url);
  id = await open(api, bodyAt(api, 0));
});
afterAll(async () => { await api.stop(); });
beforeEach(() => {
  entries.length = 0;
  lines.length = 0;
});

const grounds = () => entries.map(({ ground, code, status }) => [ground, code, status]);
const events = () => entries.map(({ event }) => event);

describe('a session', () => {
  test('is noted when it begins and when it ends, by the id of ours alone', async () => {
    const browser = await site.signOn('operator-1');
    const csrf = await site.csrfOf(browser);
    await browser.post(`${url}/logout`, { csrf });
    expect(events()).toEqual(['SIGNED_ON', 'SIGNED_OFF']);
    expect(entries[0]).toEqual({
      level: 30, time: expect.any(Number), pid: expect.any(Number), hostname: expect.any(String), log: 'security', event: 'SIGNED_ON', subject: entries[1]?.['subject'], role: 'operator',
      correlationId: expect.any(String), msg: 'signed on',
    });
    expect(lines.join('')).not.toContain(csrf);
  });

  test('that ended is replayed: 401, one line', async () => {
    const browser = await site.signOn('operator-1');
    const kept = site.sessionOf(browser) ?? '';
    await browser.post(`${url}/logout`, { csrf: await site.csrfOf(browser) });
    entries.length = 0;
    site.setSession(browser, kept);
    const answer = await browser.get(`${url}/v1/bodies`, PROGRAM);
    expect([answer.status, codeOf(answer), grounds()]).toEqual([401, 'UNAUTHENTICATED', [['TOKEN_REJECTED', 'UNAUTHENTICATED', 401]]]);
    expect(lines.join('')).not.toContain(kept);
  });

  test('under an id that was set before (fixation): 401, one line', async () => {
    const browser = new Browser();
    site.setSession(browser, 'A'.repeat(43));
    const answer = await browser.get(`${url}/v1/adhesions/${id}`, PROGRAM);
    expect([answer.status, codeOf(answer), grounds()]).toEqual([401, 'UNAUTHENTICATED', [['TOKEN_REJECTED', 'UNAUTHENTICATED', 401]]]);
  });
});

describe('what a foreign page makes a browser send', () => {
  test('to the interface: 403, one line, nothing written', async () => {
    const browser = await site.signOn('operator-1');
    const before = await api.counts();
    entries.length = 0;
    const answer = await site.openAs(browser, bodyAt(api, 9), { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' });
    expect([answer.status, grounds()]).toEqual([403, [['CSRF', 'CSRF_REFUSED', 403]]]);
    expect(entries[0]).toMatchObject({ method: 'POST', route: '/v1/adhesions', correlationId: answer.headers.get('x-correlation-id') });
    expect(await api.counts()).toEqual(before);
  });

  // A page answers itself, past the handler that all others share.
  test.each([['as a person reads it', 'text/html'], ['as a program reads it', 'application/json']])('to a page, %s: 403, one line, and the session stays', async (_name, accept) => {
    const browser = await site.signOn('operator-1');
    const csrf = await site.csrfOf(browser);
    entries.length = 0;
    const answer = await browser.post(`${url}/logout`, { csrf }, { accept, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' });
    expect([answer.status, grounds()]).toEqual([403, [['CSRF', 'CSRF_REFUSED', 403]]]);
    const forged = await browser.post(`${url}/logout`, { csrf: '0'.repeat(64) }, { accept });
    expect([forged.status, grounds().length]).toEqual([403, 2]);
    expect(await site.isSignedOn(browser)).toBe(true);
  });

  test('to the page of persons: 403, one line, nobody signed on', async () => {
    const browser = new Browser();
    const page = await site.atPersons(browser);
    entries.length = 0;
    const answer = await browser.post(page.url, { person: 'operator-1' }, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' });
    expect([answer.status, grounds(), site.sessionOf(browser)]).toEqual([403, [['CSRF', 'CSRF_REFUSED', 403]], undefined]);
  });
});

describe('a sign-on', () => {
  test.each(['text/html', 'application/json'])('with the code of another browser: 400, one line (%s)', async (accept) => {
    const callback = await site.withCode(new Browser());
    entries.length = 0;
    const answer = await new Browser().get(callback, { accept });
    expect([answer.status, events(), grounds()]).toEqual([400, ['SIGN_ON_REFUSED'], [['SIGN_ON', 'SIGN_ON_FAILED', 400]]]);
    expect(lines.join('')).not.toContain(new URL(callback).searchParams.get('code') ?? 'none');
  });

  test('with its state changed: 400, one line with the reason of the protocol', async () => {
    const browser = new Browser();
    const callback = new URL(await site.withCode(browser));
    callback.searchParams.set('state', 'x'.repeat(43));
    entries.length = 0;
    const answer = await browser.get(callback.href, PROGRAM);
    expect([answer.status, codeOf(answer), events()]).toEqual([400, 'SIGN_ON_FAILED', ['SIGN_ON_REFUSED']]);
    expect(entries[0]?.['why']).toMatch(/^\w+$/);
  });
});

describe('a known Idempotency-Key with another content (E41): 409 and an entry', () => {
  test.each<[string, () => string, () => As, object | string, object | string]>([
    ['a command', () => `/v1/adhesions/${id}/commands`, () => 'operator', PROPOSAL, { ...PROPOSAL, data: { ...PROPOSAL.data, sentAt: '2026-03-02T09:00:01+01:00' } }],
    ['a person', () => '/v1/subjects', () => 'operator', { body: 'agency', name: 'Ada', email: 'a@example.org' }, { body: 'agency', name: 'Eva', email: 'a@example.org' }],
    ['a webhook', () => '/v1/webhooks', () => 'operator', { url: 'https://uno.example.org/x' }, { url: 'https://due.example.org/x' }],
    ['an adhesion', () => '/v1/adhesions', () => 'operator', { body: 'FIRST' }, { body: 'SECOND' }],
    ['a document', () => `/v1/adhesions/${id}/documents`, () => 'operator', '%PDF-1.7', '%PDF-1.8'],
  ])('%s', async (_name, path, as, first, second) => {
    const filled = (body: object): unknown => JSON.parse(JSON.stringify(body).replace('FIRST', bodyAt(api, 3)).replace('SECOND', bodyAt(api, 4)));
    const send = (body: object | string) => api.call('POST', path(), as(), typeof body === 'string'
      ? { body, headers: { 'idempotency-key': 'e41', 'content-type': 'application/pdf' } }
      : { body: filled(body), headers: { 'idempotency-key': 'e41' } });
    expect((await send(first)).status).toBeLessThan(300);
    expect((await send(first)).status).toBeLessThan(300);
    expect(entries).toEqual([]);
    const before = await api.counts();
    const answer = await send(second);
    expect([answer.status, answer.body['code']]).toEqual([409, 'IDEMPOTENCY_MISMATCH']);
    expect(grounds()).toEqual([['OTHER_CONTENT', 'IDEMPOTENCY_MISMATCH', 409]]);
    expect(entries[0]).toMatchObject({ role: 'operator', subject: expect.any(String), correlationId: answer.headers['x-correlation-id'] });
    expect(await api.counts()).toEqual(before);
  });
});

describe('what no program sends by mistake', () => {
  const json = (text: string, headers: Record<string, string> = {}): CallOptions => ({ body: text, headers });
  const valid = JSON.stringify(PROPOSAL);
  test.each<[string, Method, () => string, CallOptions, readonly [number, string]]>([
    ['a key twice', 'POST', () => `/v1/adhesions/${id}/commands`, json(valid.replace(/\}$/, ',"type":"x"}')), [400, 'DUPLICATE_KEY']],
    ['__proto__', 'POST', () => `/v1/adhesions/${id}/commands`, json(valid.replace(/\}$/, ',"__proto__":{"role":"operator"}}')), [400, 'VALIDATION']],
    ['depth 33', 'POST', () => '/v1/adhesions', json(`${'['.repeat(33)}${']'.repeat(33)}`), [400, 'VALIDATION']],
    ['U+0000 in a text', 'POST', () => '/v1/subjects', json(String.raw`{"body":"agency","name":"a\u0000b","email":"a@example.org"}`), [400, 'VALIDATION']],
    ['a right-to-left override', 'POST', () => '/v1/subjects', json(String.raw`{"body":"agency","name":"a\u202eb","email":"a@example.org"}`), [400, 'VALIDATION']],
    ['half of a surrogate pair', 'POST', () => '/v1/subjects', json(String.raw`{"body":"agency","name":"a\ud800b","email":"a@example.org"}`), [400, 'VALIDATION']],
    ['a colour of the terminal', 'POST', () => '/v1/subjects', json(String.raw`{"body":"agency","name":"\u001b[31mred","email":"a@example.org"}`), [400, 'VALIDATION']],
    ['a compressed body', 'POST', () => '/v1/adhesions', json('x', { 'content-encoding': 'gzip' }), [415, 'UNSUPPORTED_MEDIA_TYPE']],
    ['10 MB', 'POST', () => '/v1/adhesions', json(JSON.stringify({ x: 'a'.repeat(10_000_000) })), [413, 'PAYLOAD_TOO_LARGE']],
    ['a line feed in a query', 'GET', () => '/v1/bodies?q=%0c', {}, [400, 'VALIDATION']],
    ['bytes that are no text in a path', 'GET', () => '/v1/bodies/%ff', {}, [404, 'NOT_FOUND']],
    ['U+0000 in a path', 'GET', () => '/v1/bodies/%00', {}, [404, 'NOT_FOUND']],
  ])('%s: one line, nothing written', async (_name, method, path, options, expected) => {
    const before = await api.counts();
    const answer = await api.call(method, path(), 'operator', options);
    expect([answer.status, answer.body['code']]).toEqual(expected);
    expect(grounds()).toEqual([['MALFORMED', expected[1], expected[0]]]);
    expect(entries[0]?.['correlationId']).toBe(answer.headers['x-correlation-id']);
    expect(await api.counts()).toEqual(before);
  });

  test.each<[string, string, string, readonly [number, string]]>([
    ['headers that trickle', 'GET /status HTTP/1.1\r\nHost: a\r\n', 'X-A: b\r\n', [408, 'REQUEST_TIMEOUT']],
    ['headers of 20 kB', `GET /status HTTP/1.1\r\nHost: a\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`, '', [431, 'HEADERS_TOO_LARGE']],
    ['another protocol', 'SSH-2.0-OpenSSH_9\r\n\r\n', '', [400, 'VALIDATION']],
  ])('%s on a bare connection: one line', async (_name, first, drip, expected) => {
    await speak(first, drip);
    await expect.poll(grounds).toEqual([['MALFORMED', expected[1], expected[0]]]);
  });

  test.each([
    ['a slip of the pen', 'POST', '/v1/adhesions', { body: {} }], ['an unknown path', 'GET', '/v1/nothing', {}], ['an unknown parameter', 'GET', '/v1/adhesions?x=1', {}],
    ['a case that is not there', 'GET', '/v1/adhesions/c_z999-1', {}], ['a type that is not taken', 'POST', '/v1/adhesions', { body: 'x', headers: { 'content-type': 'text/plain' } }],
    ['a method too many', 'PUT', '/v1/adhesions', {}],
  ] as const)('%s is none of it', async (_name, method, path, options) => {
    expect((await api.call(method, path, 'operator', options)).status).toBeGreaterThanOrEqual(400);
    expect(entries).toEqual([]);
  });
});

test('no line holds a letter that was typed, a line feed or a colour', async () => {
  const evil = 'Zefirina%0d%0a%1b[31m';
  const token = await tokenFor(api.keys, bodyAt(api, 0));
  for (const headers of [{ 'user-agent': evil }, { 'x-correlation-id': `${evil}{"log":"security"}` }, { 'idempotency-key': 'Zefirina/\u00e8' }, { cookie: `Zefirina=${evil}` }, { origin: 'https://zefirina.example' }]) {
    await fetch(`${url}/v1/adhesions/${evil}?Zefirina=${evil}`, { headers: { authorization: `Bearer ${token}`, ...headers } as Record<string, string> }).catch(() => undefined);
    await fetch(`${url}/v1/adhesions/${id}/runs?Zefirina=1`, { headers: { authorization: `Bearer ${token}` } });
  }
  expect(entries.length).toBeGreaterThanOrEqual(5);
  expect(JSON.stringify(entries)).not.toMatch(/zefirina|31m|%0d/i);
  for (const line of lines) expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

/** Sends bytes, then more of them every 100 ms, until the server closes the connection. */
function speak(first: string, drip: string): Promise<void> {
  return new Promise((resolve) => {
    const { port } = api.app.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    const timer = drip === '' ? undefined : setInterval(() => { socket.write(drip); }, 100);
    socket.on('error', () => undefined);
    socket.on('data', () => undefined);
    socket.on('close', () => {
      clearInterval(timer);
      resolve();
    });
    socket.write(first);
  });
}
