import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { loadBodies } from '../../api/bodies.ts';
import { childEnvironment, PROJECT_DIR } from '../../config.ts';
import { startChild, type Child } from '../../embedded/child.ts';
import { Browser } from '../support/browser.ts';
import { startApi, tokenFor, type Api } from './support.ts';

/** The server as its own process, and what only a real connection shows. */
let server: Child;
let url: string;
let api: Api;
const folder = mkdtempSync(join(tmpdir(), 'associa-server-'));
const logFile = join(folder, 'server.log');

beforeAll(async () => {
  api = await startApi({ rateLimitPerMinute: 3 });
  server = await startChild({
    command: process.execPath, args: ['--import', 'tsx', 'server.ts'], cwd: PROJECT_DIR, logFile, stopWith: [['SIGTERM', 10_000], ['SIGKILL', 2_000]],
    env: childEnvironment({
      ASSOCIA_HOME: folder, ASSOCIA_KEYS: api.keysDir, PORT: '0', DATABASE_URL: api.stack.appUrl, TEMPORAL_ADDRESS: inject('temporalAddress'),
      TEMPORAL_NAMESPACE: api.stack.namespace, TEMPORAL_TASK_QUEUE: api.stack.taskQueue, RATE_LIMIT_PER_MINUTE: '0', NODE_ENV: undefined, VITEST: undefined,
    }),
  });
  url = await vi.waitFor(() => {
    const found = /"url":"([^"]+)"/.exec(readFileSync(logFile, 'utf8'))?.[1];
    if (found === undefined) throw new Error('The server does not listen yet');
    return found;
  }, 30_000);
});
afterAll(async () => {
  await server.stop();
  await api.stop();
  rmSync(folder, { recursive: true, force: true });
});

const authorization = async () => `Bearer ${await tokenFor(api.keys, 'operator')}`;

test('is ready when status says so, and names itself as the issuer', async () => {
  expect((await fetch(`${url}/status`)).status).toBe(200);
  expect(await (await fetch(`${url}/.well-known/openid-configuration`)).json()).toMatchObject({ issuer: url, jwks_uri: `${url}/.well-known/jwks.json` });
});

test('signs a person on and off: the server and its own provider in one process, asked from another', async () => {
  const browser = new Browser();
  const page = await browser.follow(await browser.get(`${url}/`));
  expect(page.text.match(/<button type="submit" name="person"/g)).toHaveLength(3 + loadBodies().all.length);
  const found = await browser.get(`${page.url}?q=abbiategrasso`);
  expect(found.text).toContain('Segretario comunale <span>Comune di Abbiategrasso (c_a010)</span>');
  const home = await browser.follow(await browser.post(page.url, { person: 'secretary-c_a010' }));
  expect([home.status, home.url]).toEqual([200, `${url}/`]);
  expect(home.text).toContain('<dd>Comune di Abbiategrasso (c_a010)</dd>');
  expect((await browser.get(`${url}/v1/bodies`)).status).toBe(200);
  const away = await browser.post(`${url}/logout`, { csrf: /name="csrf" value="([0-9a-f]+)"/.exec(home.text)?.[1] ?? '' });
  expect([away.status, (await browser.get(`${url}/v1/bodies`)).status]).toEqual([303, 401]);
});

test('offers no trial sign-on in production, unless that is said', async () => {
  const ended = async (changes: Record<string, string>) => {
    const child = await startChild({
      command: process.execPath, args: ['--import', 'tsx', 'server.ts'], cwd: PROJECT_DIR, logFile: join(folder, 'production.log'), stopWith: [['SIGKILL', 2_000]],
      env: childEnvironment({ ASSOCIA_HOME: folder, VITEST: undefined, NODE_ENV: 'production', DATABASE_URL: undefined, ...changes }),
    });
    return { how: await child.ended, said: readFileSync(join(folder, 'production.log'), 'utf8') };
  };
  const refused = await ended({});
  expect(refused.how).toMatch(/code 1/);
  expect(refused.said).toContain('OIDC_ISSUER: must name the identity provider when NODE_ENV is production; for a trial, where anybody may sign on as anyone, set ASSOCIA_TRIAL_LOGIN=yes');
  expect((await ended({ ASSOCIA_TRIAL_LOGIN: 'yes' })).said).toContain('A server alone needs DATABASE_URL');
});

test('a body of 10 MB is refused while it comes', async () => {
  const answer = await fetch(`${url}/v1/adhesions`, {
    method: 'POST', body: JSON.stringify({ body: 'x'.repeat(10_000_000) }), headers: { authorization: await authorization(), 'content-type': 'application/json' },
  }).then(({ status }) => status, () => 'closed');
  expect([413, 'closed']).toContain(answer);
});

test('methods that nobody knows are told which there are', async () => {
  const { request } = await import('node:http');
  const answer = await new Promise<{ status: number | undefined; allow: string | undefined }>((resolve, reject) => {
    request(`${url}/v1/adhesions`, { method: 'PROPFIND' }, (response) => {
      response.resume();
      resolve({ status: response.statusCode, allow: response.headers.allow });
    }).on('error', reject).end();
  });
  expect(answer).toEqual({ status: 405, allow: 'GET, HEAD, POST' });
});

test('its log knows no token, no body and no query', async () => {
  const token = await authorization();
  await fetch(`${url}/v1/bodies?q=abbiategrasso`, { headers: { authorization: token } });
  await fetch(`${url}/v1/subjects`, { method: 'POST', body: '{"body":"agency","name":"Zefirina","email":"z@example.org"}', headers: { authorization: token, 'content-type': 'application/json' } });
  const log = await vi.waitFor(() => {
    const text = readFileSync(logFile, 'utf8');
    if (!text.includes('"path":"/v1/subjects"')) throw new Error('not yet');
    return text;
  });
  expect(log).not.toMatch(/Bearer|eyJ|abbiategrasso|Zefirina|z@example/);
});

test('on SIGTERM it answers what is under way, takes no more and ends with 0', async () => {
  const token = await authorization();
  const underWay = Array.from({ length: 10 }, () => fetch(`${url}/v1/bodies`, { headers: { authorization: token } }).then(({ status }) => status));
  await Promise.all(underWay).then((statuses) => { expect(new Set(statuses)).toEqual(new Set([200])); });
  const slow = fetch(`${url}/status`).then(({ status }) => status);
  server.process.kill('SIGTERM');
  expect([200, 503]).toContain(await slow.catch(() => 503));
  expect(await server.ended).toMatch(/code 0/);
  await expect(fetch(`${url}/status`)).rejects.toThrow('fetch failed');
});

test('a caller beyond its limit is told when to come back; others are served', async () => {
  const ask = (as: 'operator' | 'auditor') => api.call('GET', '/v1/bodies', as);
  const answers = [await ask('operator'), await ask('operator'), await ask('operator'), await ask('operator')];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
  expect(answers[3]?.body['code']).toBe('TOO_MANY_REQUESTS');
  expect(Number(answers[3]?.headers['retry-after'])).toBeGreaterThan(0);
  expect(answers[0]?.headers).toMatchObject({ 'x-ratelimit-limit': '3', 'x-ratelimit-remaining': '2' });
  expect((await ask('auditor')).status).toBe(200);
});
