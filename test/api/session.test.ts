import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from '../../api/app.ts';
import { cookiesOf } from '../../api/auth/cookies.ts';
import { Bodies } from '../../api/bodies.ts';
import { Runs } from '../../engine/runs.ts';
import { Browser } from '../support/browser.ts';
import { answered, expectRefused } from './refusal.ts';
import { codeOf, PROGRAM, Site } from './signing-on.ts';
import { bodyAt, startApi, tokenFor, type Api } from './support.ts';

/** What a session is good for once there is one, and what not, over real HTTP. */
let api: Api;
let url: string;
let site: Site;

beforeAll(async () => {
  api = await startApi();
  url = await api.listen();
  site = new Site(url);
});
afterAll(async () => { await api.stop(); });

describe('the session', () => {
  test('has an id that nobody could have given it: one set before is not taken over, the one before ends', async () => {
    const fixed = 'A'.repeat(43);
    const browser = new Browser();
    site.setSession(browser, fixed);
    await site.signOn('operator-1', browser);
    const first = site.sessionOf(browser) ?? '';
    expect(first).toMatch(/^[\w-]{43}$/);
    expect(first).not.toBe(fixed);
    await site.signOn('operator-1', browser);
    expect(site.sessionOf(browser)).not.toBe(first);
    for (const id of [fixed, first]) {
      const thief = new Browser();
      site.setSession(thief, id);
      expect(await site.isSignedOn(thief)).toBe(false);
    }
  });

  test('is stored as a digest only', async () => {
    const id = site.sessionOf(await site.signOn('auditor')) ?? '';
    const rows = await api.stack.db.selectFrom('sessions').selectAll().execute();
    expect(rows.some(({ digest }) => digest.toString('latin1').includes(id))).toBe(false);
    expect(JSON.stringify(rows)).not.toContain(id);
  });

  test('ends with Esci, for who kept the cookie too', async () => {
    const browser = await site.signOn('operator-1');
    const kept = site.sessionOf(browser) ?? '';
    const away = await browser.post(`${url}/logout`, { csrf: await site.csrfOf(browser) });
    expect([away.status, away.location, site.sessionOf(browser)]).toEqual([303, `${url}/`, undefined]);
    site.setSession(browser, kept);
    const replayed = await browser.get(`${url}/v1/bodies`, PROGRAM);
    expect([replayed.status, codeOf(replayed), replayed.headers.get('www-authenticate')]).toEqual([401, 'UNAUTHENTICATED', 'Bearer']);
    // The provider keeps nobody either: it asks again who one is.
    expect((await browser.follow(await browser.get(`${url}/`))).url).toContain('/oidc/persons/');
  });

  test.each([['its last hour', { expires_at: new Date(Date.now() - 1000).toISOString() }], ['half an hour without a request', { seen_at: new Date(Date.now() - 31 * 60_000).toISOString() }]])(
    'ends after %s', async (_name, change) => {
      const browser = await site.signOn('auditor');
      expect(await site.isSignedOn(browser)).toBe(true);
      await api.stack.db.updateTable('sessions').set(change as never).execute();
      expect(await site.isSignedOn(browser)).toBe(false);
      expect((await browser.get(`${url}/`)).location).toBe(`${url}/login`);
    },
  );

  test('goes on while requests come', async () => {
    const browser = await site.signOn('auditor');
    await api.stack.db.updateTable('sessions').set({ seen_at: new Date(Date.now() - 29 * 60_000).toISOString() }).execute();
    expect(await site.isSignedOn(browser)).toBe(true);
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
    const lines = (await browser.get(await site.withCode(browser))).headers.getSetCookie();
    const line = lines.find((one) => one.startsWith(`${cookiesOf(url).session}=`)) ?? '';
    expect(line.replace(/=[\w-]{43}/, '=ID')).toBe(`associa-${new URL(url).port}=ID; Path=/; HttpOnly; SameSite=Lax`);
  });

  test('is secure and of this host alone where the address is https: the whole sign-on behind a proxy that ends TLS', async () => {
    const origin = 'https://associa.example.org';
    let own: string | undefined;
    const app = await buildApp({
      db: api.stack.db, engine: api.stack.engine, runs: new Runs(api.stack.client), keys: api.keys, log: pino({ level: 'silent' }), twoPersons: false, bodies: new Bodies([]), publicUrl: origin, ownUrl: () => own,
    });
    own = await app.listen({ host: '127.0.0.1', port: 0 });
    const browser = new Browser({ [origin]: own });
    const page = await browser.follow(await browser.get(`${origin}/`));
    expect(new URL(page.url).origin).toBe(origin);
    const home = await browser.follow(await browser.post(page.url, { person: 'auditor' }));
    expect([home.status, home.url]).toEqual([200, `${origin}/`]);
    expect([...browser.cookies(origin).keys()].filter((name) => !name.startsWith('__Secure-associa-provider'))).toEqual(['__Host-associa']);
    const login = (await browser.get(`${origin}/login`)).headers.getSetCookie();
    expect(login.map((line) => line.replace(/=[^;]+/, '=SEALED'))).toEqual(['__Host-associa-sign-on=SEALED; Path=/; HttpOnly; Secure; SameSite=Lax']);
    await app.close();
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
    const browser = await site.signOn('operator-1');
    const headers = Object.fromEntries(Object.entries(FOREIGN[name] ?? {}).map(([key, value]) => [key, value === 'ORIGIN' ? url : value]));
    await expectRefused(api, async () => answered(await site.openAs(browser, bodyAt(api, 9), headers)), [403, 'CSRF_REFUSED', 'CSRF']);
  });

  test('reading is not refused: what it reads stays in this site', async () => {
    const browser = await site.signOn('auditor');
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
    const browser = await site.signOn('operator-1');
    const csrf = form === 'OTHER' ? await site.csrfOf(await site.signOn('operator-2')) : form === 'OWN' ? await site.csrfOf(browser) : undefined;
    const send = async () => answered(await browser.post(`${url}/logout`, csrf === undefined ? form as Record<string, string> : { csrf }, { ...PROGRAM, ...headers }));
    await expectRefused(api, send, [403, 'CSRF_REFUSED', 'CSRF']);
    expect(await site.isSignedOn(browser)).toBe(true);
  });
});

describe('a bearer token counts before a session', () => {
  test('one of a lesser role takes nothing from the session', async () => {
    const browser = await site.signOn('operator-1');
    const answer = await site.openAs(browser, bodyAt(api, 9), { origin: url, authorization: `Bearer ${await tokenFor(api.keys, bodyAt(api, 9))}` });
    expect(answer.status).toBe(403);
  });

  test.each(['Bearer abc', 'Bearer ', 'Basic b3BlcmF0b3I6eA==', 'abc'])('%s is 401 also with a good session', async (authorization) => {
    const browser = await site.signOn('operator-1');
    const answer = await browser.get(`${url}/v1/bodies`, { ...PROGRAM, authorization });
    expect([answer.status, codeOf(answer)]).toEqual([401, 'UNAUTHENTICATED']);
  });
});

test('the log knows who signed on by the random id, and neither session, code nor person', async () => {
  const browser = new Browser();
  const callback = await site.withCode(browser, 'operator-2');
  await browser.get(callback);
  const code = new URL(callback).searchParams.get('code') ?? 'none';
  const logged = api.security.lines.join('\n');
  expect(logged).toMatch(/"log":"security","event":"SIGNED_ON","subject":"person-[0-9a-f]{32}","role":"operator"/);
  for (const secret of [code, site.sessionOf(browser) ?? 'none', 'operator-2', 'secretary-']) expect(logged).not.toContain(secret);
});
