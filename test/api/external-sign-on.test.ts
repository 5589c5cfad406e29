import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, exportPKCS8, generateKeyPair } from 'jose';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from '../../api/app.ts';
import { cookiesOf } from '../../api/auth/cookies.ts';
import { loadConfig } from '../../config.ts';
import { Runs } from '../../engine/runs.ts';
import { Browser, type Visit } from '../support/browser.ts';
import { startProvider, type ExternalProvider } from '../support/provider.ts';
import { codeOf, PROGRAM } from './signing-on.ts';
import { startApi, type Api } from './support.ts';

/** Sign-on at a real provider elsewhere, with its own names for groups and bodies, levels, and private_key_jwt. */
const folder = mkdtempSync(join(tmpdir(), 'associa-sign-on-'));
const SPID = (level: 1 | 2 | 3) => `https://www.spid.gov.it/SpidL${level}`;
let api: Api;
let url: string;
let provider: ExternalProvider;
let logged = '';

beforeAll(async () => {
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  url = `http://127.0.0.1:${port}`;
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  writeFileSync(join(folder, 'client.pem'), await exportPKCS8(privateKey));
  writeFileSync(join(folder, 'claims.json'), JSON.stringify({
    roles: { claim: 'groups', values: { 'associa-operatori': 'operator', 'associa-comuni': 'member' } },
    body: { claim: 'ente', prefix: 'ipa:' },
    acr: { levels: [SPID(1), SPID(2), SPID(3)], required: { operator: SPID(2), member: SPID(1) } },
  }));
  provider = await startProvider({
    redirect_uris: [`${url}/oidc/callback`], post_logout_redirect_uris: [`${url}/`], token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [{ ...await exportJWK(publicKey), use: 'sig', alg: 'RS256' }] },
  }, [SPID(1), SPID(2), SPID(3)]);
  const { oidc } = loadConfig({
    OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: 'associa', OIDC_CLIENT_KEY: join(folder, 'client.pem'), OIDC_CLAIMS: join(folder, 'claims.json'),
  });
  api = await startApi({ oidc, log: pino({ level: 'info' }, { write: (line: string) => { logged += line; } }) });
  await api.listen(port);
});
afterAll(async () => {
  await api.stop();
  await provider.stop();
  rmSync(folder, { recursive: true, force: true });
});

const operator = (acr = SPID(2)) => ({ sub: 'TINIT-RSSMRA80A01F205X', acr, claims: { groups: ['altro', 'associa-operatori'] } });
const signOn = async (browser = new Browser(), from = '/login'): Promise<Visit> => {
  let visit = await browser.get(`${url}${from}`);
  while (visit.location !== null) visit = await browser.get(visit.location, PROGRAM);
  return visit;
};
const statusOf = async (browser: Browser) => (await browser.get(`${url}/v1/bodies`, PROGRAM)).status;

test('groups and bodies of the provider become roles and bodies of ours; its subject is kept nowhere', async () => {
  provider.next = { sub: 'TINIT-BNCNNA75T50F205Y', acr: SPID(1), claims: { groups: 'associa-comuni', ente: 'ipa:c_a010' } };
  const browser = new Browser();
  const home = await signOn(browser);
  expect([home.status, home.url]).toEqual([200, `${url}/`]);
  expect(home.text).toContain('c_a010');
  const rows = [await api.stack.db.selectFrom('identities').selectAll().execute(), await api.stack.db.selectFrom('sessions').selectAll().execute()];
  expect(rows[1]).toMatchObject([{ role: 'member', body: 'c_a010' }]);
  expect(rows[0]).toMatchObject([{ issuer: provider.issuer, subject: expect.stringMatching(/^person-/) }]);
  expect(JSON.stringify(rows)).not.toContain('BNCNNA');
});

test('the lowest level that any role needs is asked for, and those above it', async () => {
  provider.next = operator();
  await signOn();
  expect(provider.asked()['acr_values']).toBe(`${SPID(1)} ${SPID(2)} ${SPID(3)}`);
});

test.each([['a lower level', SPID(1)], ['a level that nobody knows', 'urn:other'], ['no level', undefined]])('%s than the role needs: refused in words, with the way to a higher one', async (_name, acr) => {
  provider.next = { ...operator(), ...(acr === undefined ? {} : { acr }) };
  if (acr === undefined) delete provider.next.acr;
  const browser = new Browser();
  const refused = await signOn(browser);
  expect([refused.status, codeOf(refused)]).toEqual([403, 'ACR_TOO_LOW']);
  const { detail, signOn: again } = JSON.parse(refused.text) as { detail: string; signOn: string };
  expect(detail).toContain(SPID(2));
  expect(browser.cookies(url).get(cookiesOf(url).session)).toBeUndefined();
  provider.next = operator();
  expect((await signOn(new Browser(), again)).status).toBe(200);
  expect(provider.asked()['acr_values']).toBe(`${SPID(2)} ${SPID(3)}`);
});

test.each([
  ['no group of ours', { groups: ['altro'] }], ['no group', {}], ['a group by a name of ours', { groups: ['operator'] }], ['a member of no body', { groups: ['associa-comuni'] }],
  ['a member of a body without the prefix', { groups: ['associa-comuni'], ente: 'c_a010' }], ['a member of two bodies', { groups: ['associa-comuni'], ente: ['ipa:c_a010', 'ipa:c_f205'] }],
])('%s: signed on there, nobody here', async (_name, claims) => {
  provider.next = { sub: 'TINIT-NESSUNO', acr: SPID(3), claims };
  const answer = await signOn();
  expect([answer.status, codeOf(answer)]).toEqual([403, 'FORBIDDEN']);
});

test('who is refused is logged with the reason, and nothing of who it was', async () => {
  provider.next = { sub: 'TINIT-VRDLGU80A01F205Z', acr: SPID(1), claims: { groups: ['associa-operatori'], ente: 'segreta' } };
  await signOn();
  expect(logged).toMatch(/"log":"security","event":"SIGN_ON_REFUSED","code":"ACR_TOO_LOW","correlationId":"/);
  expect(logged).not.toMatch(/VRDLGU|segreta|eyJ|code=/);
});

test('who has another role now is no longer signed on with the old one, in any browser', async () => {
  provider.next = operator();
  const [old, other] = [new Browser(), new Browser()];
  await signOn(old);
  await signOn(other);
  expect([await statusOf(old), await statusOf(other)]).toEqual([200, 200]);
  provider.next = { ...operator(), claims: { groups: ['associa-comuni'], ente: 'ipa:c_a010' } };
  const now = new Browser();
  await signOn(now);
  expect([await statusOf(old), await statusOf(other), await statusOf(now)]).toEqual([401, 401, 200]);
});

test('Esci leads to the end of the sign-on at the provider, without saying there who it was', async () => {
  provider.next = operator();
  const browser = new Browser();
  const home = await signOn(browser);
  expect(home.headers.get('content-security-policy')).toContain(`form-action 'self' ${provider.issuer};`);
  const away = await browser.post(`${url}/logout`, { csrf: /name="csrf" value="([0-9a-f]+)"/.exec(home.text)?.[1] ?? '' });
  const end = new URL(away.location ?? '');
  expect([away.status, end.origin, end.pathname]).toEqual([303, provider.issuer, '/session/end']);
  expect(Object.fromEntries(end.searchParams)).toEqual({ client_id: 'associa', post_logout_redirect_uri: `${url}/` });
  expect((await browser.get(end.href)).status).toBe(200);
  expect(await statusOf(browser)).toBe(401);
});

test('a provider that is away: 503; back again, it is asked again', async () => {
  const client = { redirect_uris: ['http://127.0.0.1/oidc/callback'], token_endpoint_auth_method: 'none' as const };
  const lost = await startProvider(client, []);
  await lost.stop();
  const { oidc } = loadConfig({ OIDC_ISSUER: lost.issuer, OIDC_CLIENT_ID: 'associa' });
  const { stack, keys } = api;
  const app = await buildApp({ db: stack.db, engine: stack.engine, runs: new Runs(stack.client), keys, log: pino({ level: 'silent' }), twoPersons: false, oidc });
  const login = () => app.inject({ url: '/login', headers: { host: '127.0.0.1' } });
  const away = await login();
  expect([away.statusCode, away.json<{ code: string }>().code, away.headers['retry-after']]).toEqual([503, 'ISSUER_UNAVAILABLE', '2']);
  const back = await startProvider(client, [], Number(new URL(lost.issuer).port));
  const answer = await login();
  expect([answer.statusCode, new URL(String(answer.headers.location)).origin]).toEqual([302, lost.issuer]);
  await app.close();
  await back.stop();
});
