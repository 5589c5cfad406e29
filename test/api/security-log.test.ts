import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Browser } from '../support/browser.ts';
import { answered, expectRefused } from './refusal.ts';
import type { SecurityLines } from './security-lines.ts';
import { PROGRAM, Site } from './signing-on.ts';
import { bodyAt, open, PROPOSAL, startApi, tokenFor, type Api, type As } from './support.ts';

/** What the security log says of attacks, over real HTTP; of each one line, and nothing that was typed. */
let api: Api;
let url: string;
let site: Site;
let id: string;
let entries: SecurityLines['entries'];
let lines: SecurityLines['lines'];

beforeAll(async () => {
  api = await startApi();
  ({ entries, lines } = api.security);
  url = await api.listen();
  site = new Site(url);
  id = await open(api, bodyAt(api, 0));
});
afterAll(async () => { await api.stop(); });
beforeEach(() => {
  entries.length = 0;
  lines.length = 0;
});

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
    site.setSession(browser, kept);
    await expectRefused(api, async () => answered(await browser.get(`${url}/v1/bodies`, PROGRAM)), [401, 'UNAUTHENTICATED', 'TOKEN_REJECTED']);
    expect(lines.join('')).not.toContain(kept);
  });

  test('under an id that was set before (fixation): 401, one line', async () => {
    const browser = new Browser();
    site.setSession(browser, 'A'.repeat(43));
    await expectRefused(api, async () => answered(await browser.get(`${url}/v1/adhesions/${id}`, PROGRAM)), [401, 'UNAUTHENTICATED', 'TOKEN_REJECTED']);
  });
});

describe('what a foreign page makes a browser send', () => {
  test('to the interface: 403, one line, nothing written', async () => {
    const browser = await site.signOn('operator-1');
    entries.length = 0;
    const send = async () => {
      const answer = await site.openAs(browser, bodyAt(api, 9), { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' });
      return { ...answered(answer), headers: answer.headers };
    };
    const { headers } = await expectRefused(api, send, [403, 'CSRF_REFUSED', 'CSRF']);
    expect(entries[0]).toMatchObject({ method: 'POST', route: '/v1/adhesions', correlationId: headers.get('x-correlation-id') });
  });

  // A page answers itself, past the handler that all others share.
  test.each([['as a person reads it', 'text/html'], ['as a program reads it', 'application/json']])('to a page, %s: 403, one line, and the session stays', async (_name, accept) => {
    const browser = await site.signOn('operator-1');
    const csrf = await site.csrfOf(browser);
    const refused = (form: string, headers: Record<string, string>) => expectRefused(api, async () => answered(await browser.post(`${url}/logout`, { csrf: form }, { accept, ...headers })), [403, 'CSRF_REFUSED', 'CSRF']);
    await refused(csrf, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' });
    await refused('0'.repeat(64), {});
    expect(await site.isSignedOn(browser)).toBe(true);
  });

  test('to the page of persons: 403, one line, nobody signed on', async () => {
    const browser = new Browser();
    const page = await site.atPersons(browser);
    const send = async () => answered(await browser.post(page.url, { person: 'operator-1' }, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }));
    await expectRefused(api, send, [403, 'CSRF_REFUSED', 'CSRF']);
    expect(site.sessionOf(browser)).toBeUndefined();
  });
});

describe('a sign-on', () => {
  test.each(['text/html', 'application/json'])('with the code of another browser: 400, one line (%s)', async (accept) => {
    const callback = await site.withCode(new Browser());
    await expectRefused(api, async () => answered(await new Browser().get(callback, { accept })), [400, 'SIGN_ON_FAILED', 'SIGN_ON']);
    expect(lines.join('')).not.toContain(new URL(callback).searchParams.get('code') ?? 'none');
  });

  test('with its state changed: 400, one line with the reason of the protocol', async () => {
    const browser = new Browser();
    const callback = new URL(await site.withCode(browser));
    callback.searchParams.set('state', 'x'.repeat(43));
    await expectRefused(api, async () => answered(await browser.get(callback.href, PROGRAM)), [400, 'SIGN_ON_FAILED', 'SIGN_ON']);
    expect(entries.at(-1)?.['why']).toMatch(/^\w+$/);
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
    const answer = await expectRefused(api, () => send(second), [409, 'IDEMPOTENCY_MISMATCH', 'OTHER_CONTENT']);
    expect(entries[0]).toMatchObject({ role: 'operator', subject: expect.any(String), correlationId: answer.headers['x-correlation-id'] });
  });
});

describe('an entry', () => {
  test.each([
    ['an unknown parameter', '/v1/adhesions?tenant=x', 'UNRECOGNIZED_KEYS'], ['a cursor of no list', '/v1/adhesions?cursor=abc', 'CURSOR_INVALID'], ['a number that is none', '/v1/adhesions?limit=1e3', 'INVALID_FORMAT'],
  ])('says which check %s failed', async (_name, path, why) => {
    await expectRefused(api, () => api.call('GET', path, 'operator'), [400, 'VALIDATION', 'BAD_DATA']);
    expect(entries[0]?.['why']).toBe(why);
  });

  test('is left by who asks too much', async () => {
    const limited = await startApi({ rateLimitPerMinute: 1 });
    try {
      expect((await limited.call('GET', '/v1/bodies', 'operator')).status).toBe(200);
      await expectRefused(limited, () => limited.call('GET', '/v1/bodies', 'operator'), [429, 'TOO_MANY_REQUESTS', 'TOO_MUCH']);
    } finally {
      await limited.stop();
    }
  });
});

describe('a flood', () => {
  test('has so many lines a minute for each caller; what is left out is counted and told, and hides no other caller', async () => {
    const bounded = await startApi({ securityEntriesPerMinute: 3 });
    try {
      for (let time = 0; time < 5; time += 1) {
        for (const [as, status] of [['operator', 400], [null, 401]] as const) expect((await bounded.call('GET', '/v1/bodies?x=1', as)).status).toBe(status);
      }
      expect((await bounded.call('GET', '/v1/adhesions/c_z999-1', 'auditor')).status).toBe(404);
    } finally {
      await bounded.stop();
    }
    const noted = bounded.security.entries.map(({ event, role, count }) => [event, role, count]);
    const refused = (role: string | undefined) => ['REQUEST_REFUSED', role, undefined];
    expect(noted).toEqual([
      ...Array.from({ length: 3 }, () => [refused('operator'), refused(undefined)]).flat(), refused('auditor'),
      ['ENTRIES_LEFT_OUT', undefined, 2], ['ENTRIES_LEFT_OUT', undefined, 2],
    ]);
    const [ofOperator, ofNobody] = bounded.security.entries.slice(-2);
    expect([ofOperator?.['subject'], ofNobody?.['subject']]).toEqual([bounded.security.entries[0]?.['subject'], undefined]);
  });
});

test('no line holds a letter that was typed, a line feed or a colour', async () => {
  const evil = 'Zefirina%0d%0a%1b[31m%e2%80%ae';
  const token = await tokenFor(api.keys, bodyAt(api, 0));
  for (const headers of [{ 'user-agent': evil }, { 'x-correlation-id': `${evil}{"log":"security"}` }, { 'idempotency-key': 'Zefirina/\u00e8' }, { cookie: `Zefirina=${evil}` }, { origin: 'https://zefirina.example' }]) {
    await fetch(`${url}/v1/adhesions/${evil}?Zefirina=${evil}`, { headers: { authorization: `Bearer ${token}`, ...headers } as Record<string, string> }).catch(() => undefined);
    await fetch(`${url}/v1/adhesions/${id}/runs?Zefirina=1`, { headers: { authorization: `Bearer ${token}` } });
  }
  expect(entries.length).toBeGreaterThanOrEqual(5);
  expect(JSON.stringify(entries)).not.toMatch(/zefirina|31m|%0d/i);
  // Nor do the lines of the request log, which have the path, before the log itself makes them safe.
  for (const line of lines) {
    expect(line).toMatch(/^[\u0020-\u007e]+$/);
    expect((JSON.parse(line) as { correlationId: unknown }).correlationId).toMatch(/^[\w.-]{1,128}$/);
  }
  expect(lines.join()).not.toMatch(/\\[rnu]/);
});
