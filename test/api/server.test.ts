import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
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
      TEMPORAL_NAMESPACE: api.stack.namespace, TEMPORAL_TASK_QUEUE: api.stack.taskQueue, RATE_LIMIT_PER_MINUTE: '0', LOG_LEVEL: 'trace', OIDC_CLIENT_SECRET: 'canary-oidc-7d1f', NODE_ENV: undefined, VITEST: undefined,
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
  expect(home.text).toContain('<dd>Comune di Abbiategrasso</dd>');
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

/** The whole log so far, once the last of what was sent stands in it. */
function wholeLog(last: string): Promise<string> {
  return vi.waitFor(() => {
    const text = readFileSync(logFile, 'utf8');
    if (!text.includes(last)) throw new Error('not yet');
    return text;
  });
}

test('its log knows no token, no body and no query', async () => {
  const token = await authorization();
  await fetch(`${url}/v1/bodies?q=abbiategrasso`, { headers: { authorization: token } });
  await fetch(`${url}/v1/subjects`, { method: 'POST', body: '{"body":"agency","name":"Zefirina","email":"z@example.org"}', headers: { authorization: token, 'content-type': 'application/json' } });
  expect(await wholeLog('"path":"/v1/subjects"')).not.toMatch(/Bearer|eyJ|abbiategrasso|Zefirina|z@example/);
});

test('no secret that is put anywhere comes into the log or an answer, at the most talkative level', async () => {
  const token = await authorization();
  const canary = (place: string) => `canary-${place}-7d1f`;
  const json = { authorization: token, 'content-type': 'application/json' };
  const send = (path: string, init: RequestInit = {}) => fetch(`${url}${path}`, init).then((answer) => answer.text());
  const answers = await Promise.all([
    send('/v1/bodies', { headers: { authorization: `Bearer ${canary('token')}` } }),
    send('/v1/bodies', { headers: { authorization: `Basic ${canary('basic')}` } }),
    send('/v1/bodies', { headers: { authorization: token, cookie: `session=${canary('cookie')}`, 'x-api-key': canary('key'), 'proxy-authorization': canary('proxy'), 'x-correlation-id': `${canary('correlation')} x` } }),
    send(`/v1/bodies?access_token=${canary('query')}`, { headers: { authorization: token } }),
    send(`/v1/adhesions?cursor=${canary('cursor')}`, { headers: { authorization: token } }),
    send('/v1/subjects', { method: 'POST', headers: json, body: JSON.stringify({ body: 'agency', name: 'A', email: 'a@example.org', password: canary('body') }) }),
    send('/v1/subjects', { method: 'POST', headers: json, body: `{"password": "${canary('broken')}` }),
    send('/v1/subjects', { method: 'POST', headers: { ...json, 'content-type': 'text/plain' }, body: canary('plain') }),
    send('/v1/adhesions', { method: 'POST', headers: { ...json, 'idempotency-key': `${canary('idempotency')}/` }, body: '{}' }),
    send('/v1/last-of-the-canaries', { headers: { authorization: token } }),
  ]);
  const log = await wholeLog('last-of-the-canaries');
  const ofTheEnvironment = ['canary-oidc-7d1f', new URL(api.stack.appUrl).password];
  for (const text of [log, ...answers]) expect(text).not.toMatch(/canary-/);
  for (const secret of ofTheEnvironment) for (const text of [log, ...answers]) expect(text).not.toContain(secret);
});

test('nothing that is sent ends a line of the log or writes one of its own', async () => {
  const { socket, heard } = openConnection();
  const forged = '{"level":30,"name":"server","msg":"forged"}';
  socket.write(Buffer.from([`GET /v1/a\u001b[31m\u00e2\u0080\u00ae%0d%0a${encodeURIComponent(forged)} HTTP/1.1`, 'Host: a', 'X-Correlation-Id: x\u001b[31m', 'Connection: close', '', ''].join('\r\n'), 'latin1'));
  await vi.waitFor(() => { expect(heard.closed).toBe(true); });
  await fetch(`${url}/v1/%0d%0a${encodeURIComponent(forged)}/%1b%5b31m%e2%80%ae`, { headers: { 'user-agent': forged, 'x-correlation-id': 'a\tb' } });
  await fetch(`${url}/v1/last-of-the-forged`);
  const lines = (await wholeLog('last-of-the-forged')).trimEnd().split('\n');
  for (const line of lines) {
    expect(line).toMatch(/^[\u0020-\u007e]+$/);
    expect((JSON.parse(line) as { msg: string }).msg).not.toBe('forged');
  }
});

/** A bare connection: what it has heard so far, and whether it was closed. */
function openConnection() {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const heard = { text: '', closed: false };
  socket.on('data', (data) => { heard.text += data.toString('utf8'); });
  socket.on('error', () => undefined);
  socket.on('close', () => { heard.closed = true; });
  return { socket, heard };
}

test('on SIGTERM it finishes what is under way, closes what is idle, takes no more and ends with 0', async () => {
  const body = JSON.stringify({ body: 'agency', name: 'Ultima', email: 'ultima@example.org' });
  const head = ['POST /v1/subjects HTTP/1.1', 'Host: a', `Authorization: ${await authorization()}`, 'Content-Type: application/json', `Content-Length: ${body.length}`, '', ''].join('\r\n');
  const [idle, underWay] = [openConnection(), openConnection()];
  idle.socket.write('GET /status HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n\r\n');
  underWay.socket.write(head + body.slice(0, 10));
  await vi.waitFor(() => { expect(idle.heard.text).toContain('"checks"'); });
  expect(idle.heard.closed).toBe(false);

  server.process.kill('SIGTERM');
  await vi.waitFor(() => { expect(idle.heard.closed).toBe(true); }, 5_000);
  await expect(fetch(`${url}/status`)).rejects.toThrow('fetch failed');
  expect([underWay.heard.text, underWay.heard.closed, server.hasEnded()]).toEqual(['', false, false]);
  underWay.socket.write(body.slice(10));
  await vi.waitFor(() => { expect(underWay.heard.closed).toBe(true); }, 5_000);
  expect(underWay.heard.text).toMatch(/^HTTP\/1\.1 201 /);
  expect(underWay.heard.text).toMatch(/^Connection: close\r$/im);
  expect(await server.ended).toMatch(/code 0/);
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
