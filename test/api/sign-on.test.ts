import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from '../../api/app.ts';
import { openAttempt, sealAttempt } from '../../api/auth/attempt.ts';
import { cookiesOf } from '../../api/auth/cookies.ts';
import { Runs } from '../../engine/runs.ts';
import { Browser, type Visit } from '../support/browser.ts';
import { bodyAt, startApi, tokenFor, type Api } from './support.ts';

/** The whole sign-on of a trial over real HTTP: the server, its provider and a browser with cookies. */
let api: Api;
let url: string;
let logged = '';
const log = pino({ level: 'debug' }, new Writable({ write(chunk, _encoding, done) { logged += String(chunk); done(); } }));
/** Where a problem is asked for as programs ask. */
const PROGRAM = { accept: 'application/json' };

beforeAll(async () => {
  api = await startApi({ log });
  url = await api.listen();
});
afterAll(async () => { await api.stop(); });

const sessionOf = (browser: Browser) => browser.cookies(url).get(cookiesOf(url).session);
const attemptOf = (browser: Browser) => browser.cookies(url).get(cookiesOf(url).attempt);
const isSignedOn = async (browser: Browser) => (await browser.get(`${url}/v1/bodies`, PROGRAM)).status === 200;
const codeOf = ({ text }: Visit) => String((JSON.parse(text) as { code: string }).code);

/** As far as the page on which one says who one is. */
async function atPersons(browser: Browser, from = '/'): Promise<Visit> {
  return browser.follow(await browser.get(`${url}${from}`));
}

/** As far as the address with the code, which is not yet called. */
async function withCode(browser: Browser, person = 'operator-1', from = '/'): Promise<string> {
  const page = await atPersons(browser, from);
  let visit = await browser.post(page.url, { person });
  while (visit.location !== null && !visit.location.includes('/oidc/callback')) visit = await browser.get(visit.location);
  return visit.location ?? '';
}

async function signOn(person: string, browser = new Browser()): Promise<Browser> {
  const home = await browser.follow(await browser.get(await withCode(browser, person, '/login')));
  expect([home.status, home.url]).toEqual([200, `${url}/`]);
  return browser;
}

const csrfOf = async (browser: Browser) => /name="csrf" value="([0-9a-f]{64})"/.exec((await browser.get(`${url}/`)).text)?.[1] ?? '';
const openAs = (browser: Browser, body: string, headers: Readonly<Record<string, string>>) => fetch(`${url}/v1/adhesions`, {
  method: 'POST', body: JSON.stringify({ body }), headers: { cookie: [...browser.cookies(url)].map((pair) => pair.join('=')).join('; '), 'content-type': 'application/json', ...headers },
});

describe('a person signs on', () => {
  test.each([
    ['operator-1', "Operatore dell&#39;Agenzia", 'operator', 'agency'], ['operator-2', "Operatore dell&#39;Agenzia", 'operator', 'agency'], ['auditor', 'Revisore', 'auditor', null],
  ])('%s', async (person, shown, role, body) => {
    const browser = await signOn(person);
    expect((await browser.get(`${url}/`)).text).toContain(`<dd>${shown}</dd>`);
    const [row] = await api.stack.db.selectFrom('sessions').select(['role', 'body', 'subject']).execute();
    expect(row).toEqual({ role, body, subject: expect.stringMatching(/^person-[0-9a-f]{32}$/) });
    await api.stack.db.deleteFrom('sessions').execute();
  });

  test('the secretary of a comune, who sees it by name and only its own cases', async () => {
    const body = bodyAt(api, 0);
    const operator = await signOn('operator-1');
    expect((await openAs(operator, body, { origin: url, 'sec-fetch-site': 'same-origin' })).status).toBe(201);
    const own = await signOn(`secretary-${body}`);
    expect((await own.get(`${url}/`)).text).toContain(`<dd>Comune di Prova`);
    expect((await own.get(`${url}/v1/adhesions/${body}-1`)).status).toBe(200);
    const other = await signOn(`secretary-${bodyAt(api, 1)}`);
    expect((await other.get(`${url}/v1/adhesions/${body}-1`)).status).toBe(404);
  });

  test('what is recorded of them is one random id, and never what the provider calls them', async () => {
    const body = bodyAt(api, 2);
    const first = await signOn('operator-2');
    expect((await openAs(first, body, { origin: url })).status).toBe(201);
    const { body: events } = await api.call('GET', `/v1/adhesions/${body}-1/events`, 'auditor');
    const subject = String(events['items']?.[0]?.['actor']?.['subject']);
    expect(subject).toMatch(/^person-[0-9a-f]{32}$/);
    await signOn('operator-2');
    const sessions = await api.stack.db.selectFrom('sessions').select('subject').where('subject', '=', subject).execute();
    expect(sessions).toHaveLength(2);
    await signOn('operator-1');
    expect(await api.stack.db.selectFrom('sessions').select('subject').where('subject', '=', subject).execute()).toHaveLength(2);
    const stored = JSON.stringify([await api.stack.db.selectFrom('identities').selectAll().execute(), await api.stack.db.selectFrom('sessions').selectAll().execute(), events]);
    expect(stored).not.toContain('operator-2');
  });

  test('and goes on where they wanted to, within this service', async () => {
    const to = async (wanted: string) => (await browserAfter(`/login?${new URLSearchParams({ to: wanted }).toString()}`)).location;
    const browserAfter = async (from: string) => {
      const browser = new Browser();
      return browser.get(await withCode(browser, 'auditor', from));
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
    const page = await atPersons(browser);
    expect(page.text).toContain('<html lang="it">');
    expect(page.text).toContain('<strong>Ambiente di prova.</strong>');
    expect(page.text.match(/<button type="submit" name="person"/g)).toHaveLength(3 + api.bodies.length);
    expect(page.text).not.toMatch(/<script|style=|https?:\/\//);
    expect(page.headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    const found = await browser.get(`${page.url}?q=${bodyAt(api, 3)}`);
    expect(found.text.match(/name="person" value="[^"]+"/g)).toEqual([...['operator-1', 'operator-2', 'auditor'], `secretary-${bodyAt(api, 3)}`].map((id) => `name="person" value="${id}"`));
    const odd = await browser.get(`${page.url}?q=${encodeURIComponent('"><script>')}`);
    expect(odd.text).not.toContain('<script>');
    expect((await browser.get(`${url}/pages.css`)).headers.get('content-type')).toBe('text/css; charset=utf-8');
  });

  test.each([
    ['nobody of them', { person: 'mayor' }, {}, 400, 'VALIDATION'], ['two at once', {}, {}, 400, 'VALIDATION'],
    ['what another site sends', { person: 'operator-1' }, { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403, 'CSRF_REFUSED'],
  ])('refuses %s', async (_name, form, headers, status, code) => {
    const browser = new Browser();
    const page = await atPersons(browser);
    const answer = await browser.post(page.url, form as Record<string, string>, { ...PROGRAM, ...headers });
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
  });

  test('refuses the sign-on of another browser', async () => {
    const page = await atPersons(new Browser());
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
      const attempt = await openAttempt(api.keys, attemptOf(browser) ?? '');
      browser.setCookie(url, cookiesOf(url).attempt, await sealAttempt(api.keys, { state: '', verifier: '', to: '/', ...attempt, nonce: 'a'.repeat(64) }));
      return callback;
    },
    'a verifier that is not that of the code': async (browser, callback) => {
      const attempt = await openAttempt(api.keys, attemptOf(browser) ?? '');
      browser.setCookie(url, cookiesOf(url).attempt, await sealAttempt(api.keys, { state: '', nonce: '', to: '/', ...attempt, verifier: 'v'.repeat(43) }));
      return callback;
    },
    'the code of another sign-on': async (_browser, callback) => callback.replace(/code=[^&]+/, /code=[^&]+/.exec(await withCode(new Browser(), 'operator-2'))?.[0] ?? ''),
    'no sign-on begun in this browser': (browser, callback) => {
      browser.setCookie(url, cookiesOf(url).attempt, '');
      return callback;
    },
    'a sign-on sealed by somebody else': (browser, callback) => {
      browser.setCookie(url, cookiesOf(url).attempt, `${attemptOf(browser)?.slice(0, -4)}AAAA`);
      return callback;
    },
    'the sign-on of another browser': async (browser, callback) => {
      const other = new Browser();
      await other.get(`${url}/login`);
      browser.setCookie(url, cookiesOf(url).attempt, attemptOf(other) ?? '');
      return callback;
    },
  };
  test.each(Object.keys(WRONG))('%s: no sign-on', async (name) => {
    const browser = new Browser();
    const callback = await withCode(browser);
    const answer = await browser.get(await WRONG[name]?.(browser, callback) ?? '', PROGRAM);
    expect([answer.status, codeOf(answer)]).toEqual([400, 'SIGN_ON_FAILED']);
    expect([sessionOf(browser), await isSignedOn(browser)]).toEqual([undefined, false]);
  });

  test('a code is good once, also for the browser that it was for', async () => {
    const browser = new Browser();
    const callback = await withCode(browser);
    const attempt = attemptOf(browser) ?? '';
    expect((await browser.get(callback)).status).toBe(303);
    const thief = new Browser();
    thief.setCookie(url, cookiesOf(url).attempt, attempt);
    const answer = await thief.get(callback, PROGRAM);
    expect([answer.status, codeOf(answer), sessionOf(thief)]).toEqual([400, 'SIGN_ON_FAILED', undefined]);
  });

  test('a provider that says no is heard: in words for a person, as a problem for a program', async () => {
    const browser = new Browser();
    const state = new URL((await browser.get(`${url}/login`)).location ?? '').searchParams.get('state') ?? '';
    const refused = `${url}/oidc/callback?${new URLSearchParams({ error: 'access_denied', state, iss: url }).toString()}`;
    const attempt = attemptOf(browser) ?? '';
    const page = await browser.get(refused);
    expect([page.status, page.headers.get('content-type')]).toEqual([403, 'text/html; charset=utf-8']);
    expect(page.text).toContain('<h1>Accesso rifiutato dal servizio di identità</h1>');
    browser.setCookie(url, cookiesOf(url).attempt, attempt);
    const problem = await browser.get(refused, PROGRAM);
    expect([problem.status, codeOf(problem), problem.headers.get('content-type')]).toEqual([403, 'SIGN_ON_REFUSED', 'application/problem+json; charset=utf-8']);
  });
});

describe('the session', () => {
  test('has an id that nobody could have given it: one set before is not taken over, the one before ends', async () => {
    const fixed = 'A'.repeat(43);
    const browser = new Browser();
    browser.setCookie(url, cookiesOf(url).session, fixed);
    await signOn('operator-1', browser);
    const first = sessionOf(browser) ?? '';
    expect(first).toMatch(/^[\w-]{43}$/);
    expect(first).not.toBe(fixed);
    await signOn('operator-1', browser);
    expect(sessionOf(browser)).not.toBe(first);
    for (const id of [fixed, first]) {
      const thief = new Browser();
      thief.setCookie(url, cookiesOf(url).session, id);
      expect(await isSignedOn(thief)).toBe(false);
    }
  });

  test('is stored as a digest only', async () => {
    const id = sessionOf(await signOn('auditor')) ?? '';
    const rows = await api.stack.db.selectFrom('sessions').selectAll().execute();
    expect(rows.some(({ digest }) => digest.toString('latin1').includes(id))).toBe(false);
    expect(JSON.stringify(rows)).not.toContain(id);
  });

  test('ends with Esci, for who kept the cookie too', async () => {
    const browser = await signOn('operator-1');
    const kept = sessionOf(browser) ?? '';
    const away = await browser.post(`${url}/logout`, { csrf: await csrfOf(browser) });
    expect([away.status, away.location, sessionOf(browser)]).toEqual([303, `${url}/`, undefined]);
    browser.setCookie(url, cookiesOf(url).session, kept);
    const replayed = await browser.get(`${url}/v1/bodies`, PROGRAM);
    expect([replayed.status, codeOf(replayed), replayed.headers.get('www-authenticate')]).toEqual([401, 'UNAUTHENTICATED', 'Bearer']);
    // The provider keeps nobody either: it asks again who one is.
    expect((await browser.follow(await browser.get(`${url}/`))).url).toContain('/oidc/persons/');
  });

  test.each([['its last hour', { expires_at: new Date(Date.now() - 1000).toISOString() }], ['half an hour without a request', { seen_at: new Date(Date.now() - 31 * 60_000).toISOString() }]])(
    'ends after %s', async (_name, change) => {
      const browser = await signOn('auditor');
      expect(await isSignedOn(browser)).toBe(true);
      await api.stack.db.updateTable('sessions').set(change as never).execute();
      expect(await isSignedOn(browser)).toBe(false);
      expect((await browser.get(`${url}/`)).location).toBe(`${url}/login`);
    },
  );

  test('goes on while requests come', async () => {
    const browser = await signOn('auditor');
    await api.stack.db.updateTable('sessions').set({ seen_at: new Date(Date.now() - 29 * 60_000).toISOString() }).execute();
    expect(await isSignedOn(browser)).toBe(true);
    const { seen } = await api.stack.db.selectFrom('sessions').select(({ fn }) => fn.max('seen_at').as('seen')).executeTakeFirstOrThrow();
    expect(Date.now() - Date.parse(seen)).toBeLessThan(30_000);
  });

  test.each(['', 'x', "' OR 1=1 --", 'A'.repeat(43), 'A'.repeat(5000), '%00', '__proto__'])('%o is the id of none: 401', async (id) => {
    const answer = await fetch(`${url}/v1/bodies`, { headers: { cookie: `${cookiesOf(url).session}=${id}` } });
    expect(answer.status).toBe(401);
  });
});

describe('its cookie', () => {
  test('is for this site, no script and no foreign page', async () => {
    const browser = new Browser();
    const lines = (await browser.get(await withCode(browser))).headers.getSetCookie();
    const line = lines.find((one) => one.startsWith(`${cookiesOf(url).session}=`)) ?? '';
    expect(line.replace(/=[\w-]{43}/, '=ID')).toBe(`associa-${new URL(url).port}=ID; Path=/; HttpOnly; SameSite=Lax`);
  });

  test('is secure and of this host alone where the address is https', async () => {
    const app = await buildApp({ db: api.stack.db, engine: api.stack.engine, runs: new Runs(api.stack.client), keys: api.keys, log, publicUrl: 'https://associa.example.org' });
    const answer = await app.inject({ url: '/login', headers: { host: 'evil.example' } });
    await app.close();
    expect(String(answer.headers['set-cookie'])).toMatch(/^__Host-associa-sign-on=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    const asked = new URL(String(answer.headers.location));
    expect([asked.origin, asked.searchParams.get('redirect_uri')]).toEqual(['https://associa.example.org', 'https://associa.example.org/oidc/callback']);
    expect(cookiesOf('https://associa.example.org')).toMatchObject({ session: '__Host-associa', options: { secure: true, httpOnly: true, sameSite: 'lax', path: '/' } });
  });
});

describe('what a foreign page makes a browser send', () => {
  const FOREIGN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'from another site': { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    'from a sister host': { 'sec-fetch-site': 'same-site' },
    'with another origin only': { origin: 'https://evil.example' },
    'with a hidden origin': { origin: 'null' },
    'with our origin, but from another site': { origin: 'ORIGIN', 'sec-fetch-site': 'cross-site' },
    'from who says neither': {},
  };
  test.each(Object.keys(FOREIGN))('%s is refused, and nothing is written', async (name) => {
    const browser = await signOn('operator-1');
    const before = await api.counts();
    const headers = Object.fromEntries(Object.entries(FOREIGN[name] ?? {}).map(([key, value]) => [key, value === 'ORIGIN' ? url : value]));
    const answer = await openAs(browser, bodyAt(api, 9), headers);
    expect([answer.status, (await answer.json() as { code: string }).code]).toEqual([403, 'CSRF_REFUSED']);
    expect(await api.counts()).toEqual(before);
  });

  test('reading is not refused: what it reads stays in this site', async () => {
    const browser = await signOn('auditor');
    expect((await browser.get(`${url}/v1/bodies`, { 'sec-fetch-site': 'cross-site' })).status).toBe(200);
  });

  test('a program with its token is none', async () => {
    const answer = await fetch(`${url}/v1/adhesions`, {
      method: 'POST', body: JSON.stringify({ body: bodyAt(api, 8) }),
      headers: { authorization: `Bearer ${await tokenFor(api.keys, 'operator')}`, 'content-type': 'application/json', origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    });
    expect(answer.status).toBe(201);
  });

  test.each([
    ['no token', {}, {}], ['another token', { csrf: '0'.repeat(64) }, {}], ['a token of another session', 'OTHER', {}], ['a foreign origin', 'OWN', { origin: 'https://evil.example' }],
  ] as const)('Esci with %s is refused, and the session stays', async (_name, form, headers) => {
    const browser = await signOn('operator-1');
    const csrf = form === 'OTHER' ? await csrfOf(await signOn('operator-2')) : form === 'OWN' ? await csrfOf(browser) : undefined;
    const answer = await browser.post(`${url}/logout`, csrf === undefined ? form as Record<string, string> : { csrf }, { ...PROGRAM, ...headers });
    expect([answer.status, codeOf(answer)]).toEqual([403, 'CSRF_REFUSED']);
    expect(await isSignedOn(browser)).toBe(true);
  });
});

describe('a bearer token counts before a session', () => {
  test('one of a lesser role takes nothing from the session', async () => {
    const browser = await signOn('operator-1');
    const answer = await openAs(browser, bodyAt(api, 9), { origin: url, authorization: `Bearer ${await tokenFor(api.keys, bodyAt(api, 9))}` });
    expect(answer.status).toBe(403);
  });

  test.each(['Bearer abc', 'Bearer ', 'Basic b3BlcmF0b3I6eA==', 'abc'])('%s is 401 also with a good session', async (authorization) => {
    const browser = await signOn('operator-1');
    const answer = await browser.get(`${url}/v1/bodies`, { ...PROGRAM, authorization });
    expect([answer.status, codeOf(answer)]).toEqual([401, 'UNAUTHENTICATED']);
  });
});

test('the log knows who signed on by the random id, and neither session, code nor person', async () => {
  const browser = new Browser();
  const callback = await withCode(browser, 'operator-2');
  await browser.get(callback);
  const code = new URL(callback).searchParams.get('code') ?? 'none';
  expect(logged).toMatch(/"log":"security","event":"SIGNED_ON","subject":"person-[0-9a-f]{32}","role":"operator"/);
  for (const secret of [code, sessionOf(browser) ?? 'none', 'operator-2', 'secretary-']) expect(logged).not.toContain(secret);
});
