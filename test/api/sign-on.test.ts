import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAttempt, sealAttempt } from '../../api/auth/attempt.ts';
import { Browser } from '../support/browser.ts';
import { codeOf, PROGRAM, Site } from './signing-on.ts';
import { bodyAt, startApi, type Api } from './support.ts';

/** The whole sign-on of a trial over real HTTP: the server, its provider and a browser with cookies. */
let api: Api;
let url: string;
let site: Site;

beforeAll(async () => {
  api = await startApi();
  url = await api.listen();
  site = new Site(url);
});
afterAll(async () => { await api.stop(); });

describe('a person signs on', () => {
  test.each([
    ['operator-1', "Operatore dell'Agenzia", 'operator', 'agency'], ['operator-2', "Operatore dell'Agenzia", 'operator', 'agency'], ['auditor', 'Revisore', 'auditor', null],
  ])('%s', async (person, shown, role, body) => {
    const browser = await site.signOn(person);
    expect((await browser.get(`${url}/`)).text).toContain(`<dd>${shown}</dd>`);
    const [row] = await api.stack.db.selectFrom('sessions').select(['role', 'body', 'subject']).execute();
    expect(row).toEqual({ role, body, subject: expect.stringMatching(/^person-[0-9a-f]{32}$/) });
    await api.stack.db.deleteFrom('sessions').execute();
  });

  test('the secretary of a comune, who sees it by name and only its own cases', async () => {
    const body = bodyAt(api, 0);
    const operator = await site.signOn('operator-1');
    expect((await site.openAs(operator, body, { origin: url, 'sec-fetch-site': 'same-origin' })).status).toBe(201);
    const own = await site.signOn(`secretary-${body}`);
    expect((await own.get(`${url}/`)).text).toContain(`<dd>Comune di Prova`);
    expect((await own.get(`${url}/v1/adhesions/${body}-1`)).status).toBe(200);
    const other = await site.signOn(`secretary-${bodyAt(api, 1)}`);
    expect((await other.get(`${url}/v1/adhesions/${body}-1`)).status).toBe(404);
  });

  test('what is recorded of them is one random id, and never what the provider calls them', async () => {
    const body = bodyAt(api, 2);
    const first = await site.signOn('operator-2');
    expect((await site.openAs(first, body, { origin: url })).status).toBe(201);
    const { body: events } = await api.call('GET', `/v1/adhesions/${body}-1/events`, 'auditor');
    const subject = String(events['items']?.[0]?.['actor']?.['subject']);
    expect(subject).toMatch(/^person-[0-9a-f]{32}$/);
    await site.signOn('operator-2');
    const sessions = await api.stack.db.selectFrom('sessions').select('subject').where('subject', '=', subject).execute();
    expect(sessions).toHaveLength(2);
    await site.signOn('operator-1');
    expect(await api.stack.db.selectFrom('sessions').select('subject').where('subject', '=', subject).execute()).toHaveLength(2);
    const stored = JSON.stringify([await api.stack.db.selectFrom('identities').selectAll().execute(), await api.stack.db.selectFrom('sessions').selectAll().execute(), events]);
    expect(stored).not.toContain('operator-2');
  });

  test('and goes on where they wanted to, within this service', async () => {
    const to = async (wanted: string) => (await browserAfter(`/login?${new URLSearchParams({ to: wanted }).toString()}`)).location;
    const browserAfter = async (from: string) => {
      const browser = new Browser();
      return browser.get(await site.withCode(browser, 'auditor', from));
    };
    expect(await to('/v1/bodies?q=x')).toBe(`${url}/v1/bodies?q=x`);
    for (const foreign of ['//evil.example', 'https://evil.example/', '/\\evil.example', '/a\r\nb', 'javascript:alert(1)']) expect(await to(foreign), foreign).toBe(`${url}/`);
  });

  test('unsigned, the first page leads to the sign-on, at the one address we have', async () => {
    const browser = new Browser();
    expect((await browser.get(`${url}/`)).location).toBe(`${url}/login`);
    const elsewhere = url.replace('127.0.0.1', 'localhost');
    expect((await browser.get(`${elsewhere}/login?to=%2Fstatus`)).location).toBe(`${url}/login?to=%2Fstatus`);
  });
});

describe('the page of the trial', () => {
  test('says what it is, has one control for each person, and finds comuni without a script', async () => {
    const browser = new Browser();
    const page = await site.atPersons(browser);
    expect(page.text).toContain('<html lang="it">');
    expect(page.text).toContain('<strong>Ambiente di prova.</strong>');
    expect(page.text.match(/<button type="submit" name="person"/g)).toHaveLength(3 + api.bodies.length);
    expect(page.text).not.toMatch(/<script|style=|https?:\/\//);
    expect(page.headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'self'; font-src 'self' data:; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    const found = await browser.get(`${page.url}?q=${bodyAt(api, 3)}`);
    expect(found.text.match(/name="person" value="[^"]+"/g)).toEqual(['operator-1', 'operator-2', 'auditor', `secretary-${bodyAt(api, 3)}`].map((id) => `name="person" value="${id}"`));
    const odd = await browser.get(`${page.url}?q=${encodeURIComponent('"><script>')}`);
    expect(odd.text).not.toContain('<script>');
    const style = /href="(\/assets\/console-[0-9a-f]{16}\.css)"/.exec(page.text)?.[1] ?? '';
    const { headers } = await browser.get(`${url}${style}`);
    expect([headers.get('content-type'), headers.get('cache-control')]).toEqual(['text/css; charset=utf-8', 'public, max-age=31536000, immutable']);
  });

  test.each([
    ['nobody of them', { person: 'mayor' }, {}, 400, 'VALIDATION'], ['two at once', {}, {}, 400, 'VALIDATION'],
    ['what another site sends', { person: 'operator-1' }, { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403, 'CSRF_REFUSED'],
  ])('refuses %s', async (_name, form, headers, status, code) => {
    const browser = new Browser();
    const page = await site.atPersons(browser);
    const answer = await browser.post(page.url, form, { ...PROGRAM, ...headers });
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
  });

  test('refuses a sign-on with the cookie of another one', async () => {
    const browser = new Browser();
    const first = await site.atPersons(browser);
    await site.atPersons(browser);
    const answer = await browser.post(first.url, { person: 'operator-1' }, PROGRAM);
    expect([answer.status, codeOf(answer)]).toEqual([400, 'SIGN_ON_FAILED']);
  });

  test('asks again who one is at each sign-on, also in a browser where somebody has just signed on', async () => {
    const browser = await site.signOn('operator-1');
    expect((await site.atPersons(browser)).url).toContain('/oidc/persons/');
  });

  test('refuses the sign-on of another browser', async () => {
    const page = await site.atPersons(new Browser());
    const answer = await new Browser().post(page.url, { person: 'operator-1' }, PROGRAM);
    expect([answer.status, codeOf(answer)]).toEqual([400, 'SIGN_ON_FAILED']);
  });
});

describe('the code flow', () => {
  test('asks with PKCE by S256, a state and a nonce, each time others', async () => {
    const asked = await Promise.all([1, 2].map(async () => new URL((await new Browser().get(`${url}/login`)).location ?? '').searchParams));
    for (const query of asked) {
      expect(Object.fromEntries(query)).toMatchObject({
        response_type: 'code', client_id: 'associa', redirect_uri: `${url}/oidc/callback`, scope: 'openid', code_challenge_method: 'S256',
        code_challenge: expect.stringMatching(/^[\w-]{43}$/), state: expect.stringMatching(/^[0-9a-f]{64}$/), nonce: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
    }
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked[0]?.get(name)).not.toBe(asked[1]?.get(name));
  });

  test.each([['no challenge', null, null], ['a plain one', 'x'.repeat(43), 'plain']])('the provider takes no request with %s', async (_name, challenge, method) => {
    const browser = new Browser();
    const asked = new URL((await browser.get(`${url}/login`)).location ?? '');
    for (const [name, value] of [['code_challenge', challenge], ['code_challenge_method', method]] as const) {
      if (value === null) asked.searchParams.delete(name);
      else asked.searchParams.set(name, value);
    }
    const back = new URL((await browser.get(asked.href)).location ?? '');
    expect([back.pathname, back.searchParams.get('error')]).toEqual(['/oidc/callback', 'invalid_request']);
  });

  /** Each way the return from the provider can be wrong: what is called, after what was done to the browser. */
  const WRONG: Readonly<Record<string, (browser: Browser, callback: string) => string | Promise<string>>> = {
    'another state': (_browser, callback) => callback.replace(/state=[0-9a-f]+/, `state=${'0'.repeat(64)}`),
    'no state': (_browser, callback) => callback.replace(/state=[0-9a-f]+/, ''),
    'another issuer': (_browser, callback) => callback.replace(/iss=[^&]+/, 'iss=https%3A%2F%2Fevil.example'),
    'no code': (_browser, callback) => callback.replace(/code=[^&]+/, ''),
    'a code of nobody': (_browser, callback) => callback.replace(/code=[^&]+/, `code=${'x'.repeat(43)}`),
    'a nonce that is not that of the token': async (browser, callback) => {
      const attempt = await openAttempt(api.keys, site.attemptOf(browser) ?? '');
      site.setAttempt(browser, await sealAttempt(api.keys, { state: '', verifier: '', to: '/', ...attempt, nonce: 'a'.repeat(64) }));
      return callback;
    },
    'a verifier that is not that of the code': async (browser, callback) => {
      const attempt = await openAttempt(api.keys, site.attemptOf(browser) ?? '');
      site.setAttempt(browser, await sealAttempt(api.keys, { state: '', nonce: '', to: '/', ...attempt, verifier: 'v'.repeat(43) }));
      return callback;
    },
    'the code of another sign-on': async (_browser, callback) => callback.replace(/code=[^&]+/, /code=[^&]+/.exec(await site.withCode(new Browser(), 'operator-2'))?.[0] ?? ''),
    'no sign-on begun in this browser': (browser, callback) => {
      site.setAttempt(browser, '');
      return callback;
    },
    'a sign-on sealed by somebody else': (browser, callback) => {
      site.setAttempt(browser, `${site.attemptOf(browser)?.slice(0, -4)}AAAA`);
      return callback;
    },
    'the sign-on of another browser': async (browser, callback) => {
      const other = new Browser();
      await other.get(`${url}/login`);
      site.setAttempt(browser, site.attemptOf(other) ?? '');
      return callback;
    },
  };
  test.each(Object.keys(WRONG))('%s: no sign-on', async (name) => {
    const browser = new Browser();
    const callback = await site.withCode(browser);
    const answer = await browser.get(await WRONG[name]?.(browser, callback) ?? '', PROGRAM);
    expect([answer.status, codeOf(answer)]).toEqual([400, 'SIGN_ON_FAILED']);
    expect([site.sessionOf(browser), await site.isSignedOn(browser)]).toEqual([undefined, false]);
  });

  test('a code is good once, also for the browser that it was for', async () => {
    const browser = new Browser();
    const callback = await site.withCode(browser);
    const attempt = site.attemptOf(browser) ?? '';
    expect((await browser.get(callback)).status).toBe(303);
    const thief = new Browser();
    site.setAttempt(thief, attempt);
    const answer = await thief.get(callback, PROGRAM);
    expect([answer.status, codeOf(answer), site.sessionOf(thief)]).toEqual([400, 'SIGN_ON_FAILED', undefined]);
  });

  test('a provider that says no is heard: in words for a person, as a problem for a program', async () => {
    const browser = new Browser();
    const state = new URL((await browser.get(`${url}/login`)).location ?? '').searchParams.get('state') ?? '';
    const refused = `${url}/oidc/callback?${new URLSearchParams({ error: 'access_denied', state, iss: url }).toString()}`;
    const attempt = site.attemptOf(browser) ?? '';
    const page = await browser.get(refused);
    expect([page.status, page.headers.get('content-type')]).toEqual([403, 'text/html; charset=utf-8']);
    expect(page.text).toContain('<h1>Accesso rifiutato dal servizio di identità</h1>');
    site.setAttempt(browser, attempt);
    const problem = await browser.get(refused, PROGRAM);
    expect([problem.status, codeOf(problem), problem.headers.get('content-type')]).toEqual([403, 'SIGN_ON_REFUSED', 'application/problem+json; charset=utf-8']);
  });
});
