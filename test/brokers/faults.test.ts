import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BrokerClient } from '../../brokers/client.ts';
import type { Progress } from '../../brokers/progress.ts';
import { temporaryFolder } from '../support/folders.ts';
import { makeCertificates } from '../support/tls.ts';
import { ask, INSTANCE_ID, startedNow } from './asking.ts';
import { actsAndAnswers, actsAndBreaks, answers, BadBroker, floods, hangs, trickles } from './bad-broker.ts';
import { QUICK } from './policy.ts';

let broker: BadBroker;
beforeEach(async () => { broker = await new BadBroker().start(); });
afterEach(async () => { await broker.stop(); });

const IN_PROGRESS = { state: 'in progress', description: 'half of it' };
const SUCCEEDED = { state: 'succeeded' };
const clean = (code: string, status: number | null) => ({ kind: 'FAILED', code, status, mayBeLeft: false });

test('a 202 that never ends counts as failed when its time is up, and is removed', async () => {
  broker.tellAlways('LAST', answers(200, IN_PROGRESS));
  broker.tell('PROVISION', actsAndAnswers(202));
  const began = Date.now();
  expect(await ask(broker, 'PROVISION', { ...QUICK, pollForMs: { unsaid: 400, most: 5_000 } })).toEqual(clean('BROKER_TIMEOUT', null));
  expect(Date.now() - began).toBeGreaterThanOrEqual(400);
  expect([...broker.instances]).toEqual([]);
});

test('ten gigabytes are not read: the answer is malformed, what was made is removed', async () => {
  const written = { bytes: 0 };
  broker.tell('PROVISION', floods(201, written));
  expect(await ask(broker, 'PROVISION', { ...QUICK, requestMs: 20_000 })).toEqual(clean('BROKER_RESPONSE_INVALID', 201));
  // What the sockets of both sides hold goes beside the limit of 1 MiB.
  expect(written.bytes).toBeLessThan(16 * 1024 ** 2);
  expect([...broker.instances]).toEqual([]);
});

test('a redirect is not followed, be it to itself', async () => {
  broker.tellAlways('PROVISION', (heard, response) => { response.writeHead(307, { location: heard.path }).end(); });
  expect(await ask(broker, 'PROVISION')).toEqual(clean('BROKER_REDIRECTED', 307));
  // Who redirects may have made it first.
  expect(broker.asked).toEqual(['PROVISION', 'DEPROVISION']);
});

test('bytes that trickle in have the time of one request, all of them together', async () => {
  broker.tell('PROVISION', trickles(201));
  const began = Date.now();
  expect(await ask(broker, 'PROVISION', { ...QUICK, settleMs: 0 })).toEqual(clean('BROKER_TIMEOUT', 201));
  expect(Date.now() - began).toBeLessThan(1_500);
});

test('a certificate that nobody vouches for: nothing is sent, nothing is repeated', async () => {
  const { cert, key } = makeCertificates(temporaryFolder('tls'), 'broker');
  const secure = await new BadBroker({ cert: readFileSync(cert), key: readFileSync(key) }).start();
  try {
    const began = Date.now();
    expect(await ask(secure, 'PROVISION')).toEqual(clean('BROKER_TLS', null));
    expect(Date.now() - began).toBeLessThan(QUICK.retryForMs);
    expect(secure.heard).toEqual([]);
  } finally {
    await secure.stop();
  }
});

test('TLS is spoken to who does not speak it', async () => {
  const target = { ...broker.target, url: broker.target.url.replace('http:', 'https:') };
  expect(await new BrokerClient(QUICK).send(target, { method: 'GET', path: '/v2/catalog' })).toMatchObject({ kind: 'FAULT', fault: 'TLS', sent: false });
});

test('a private address is refused unless the broker is registered as local', async () => {
  const client = new BrokerClient(QUICK);
  for (const url of [broker.target.url, broker.target.url.replace('127.0.0.1', 'localhost'), 'http://[::1]:1', 'http://10.0.0.1', 'http://169.254.169.254', 'http://0.0.0.0:1']) {
    expect(await client.send({ ...broker.target, url, local: false }, { method: 'GET', path: '/v2/catalog' })).toMatchObject({ kind: 'FAULT', fault: 'ADDRESS_REFUSED', sent: false });
  }
  expect(broker.heard).toEqual([]);
});

test('a broker that restarts while it works is asked on until it is back', async () => {
  broker.tell('PROVISION', actsAndAnswers(202, { operation: 'task' }));
  broker.tell('LAST', answers(200, IN_PROGRESS), answers(200, IN_PROGRESS), answers(200, SUCCEEDED));
  const asking = ask(broker, 'PROVISION');
  await expect.poll(() => broker.asked).toContain('LAST');
  await broker.stop();
  await delay(200);
  await broker.start();
  expect(await asking).toMatchObject({ kind: 'DONE' });
  expect(broker.made).toEqual([INSTANCE_ID]);
});

test('a broker that is away gets the same request again until it is back, and makes one instance', async () => {
  await broker.stop();
  const asking = ask(broker, 'PROVISION');
  await delay(200);
  await broker.start();
  expect(await asking).toMatchObject({ kind: 'DONE' });
  expect(broker.made).toEqual([INSTANCE_ID]);
});

test('a broker that stays away: nothing was sent, so nothing is left', async () => {
  await broker.stop();
  expect(await ask(broker, 'PROVISION')).toEqual(clean('BROKER_UNREACHABLE', null));
  await broker.start();
});

test('who sent it before may have been heard: then something may be left', async () => {
  await broker.stop();
  expect(await ask(broker, 'PROVISION', { ...QUICK, retryForMs: 200, mitigateForMs: 200 }, { ...startedNow(), isRepeated: true })).toEqual({ ...clean('BROKER_UNREACHABLE', null), mayBeLeft: true });
  await broker.start();
});

test('a connection that breaks after the deed: the same request again, one instance', async () => {
  broker.tell('PROVISION', actsAndBreaks, actsAndBreaks);
  expect(await ask(broker, 'PROVISION')).toMatchObject({ kind: 'DONE' });
  expect(broker.made).toEqual([INSTANCE_ID]);
  const [first, ...others] = broker.heard.map(({ path, query, body, headers }) => ({ path, query, body, identity: headers['x-broker-api-request-identity'] }));
  expect(others).toEqual([first, first]);
});

test('a connection that always breaks: what may have been made is removed', async () => {
  broker.tellAlways('PROVISION', actsAndBreaks);
  expect(await ask(broker, 'PROVISION')).toEqual(clean('BROKER_UNREACHABLE', null));
  expect(broker.made).toEqual([INSTANCE_ID]);
  expect([...broker.instances]).toEqual([]);
});

test('a broker that lost its state while it worked: the call fails, and nothing is left', async () => {
  broker.tell('PROVISION', actsAndAnswers(202));
  broker.tell('LAST', (_heard, response, _act, self) => { self.instances.clear(); response.writeHead(404).end('{}'); }, answers(404), answers(404));
  expect(await ask(broker, 'PROVISION')).toEqual(clean('BROKER_STATE_LOST', 404));
  expect(broker.asked).toEqual(['PROVISION', 'LAST', 'LAST', 'LAST', 'DEPROVISION']);
});

test('a broker that lost its state has nothing to remove: 410 is done', async () => {
  expect(await ask(broker, 'DEPROVISION')).toEqual({ kind: 'DONE', status: 410, body: undefined });
  expect(await ask(broker, 'UNBIND')).toEqual({ kind: 'DONE', status: 410, body: undefined });
});

test('410 while something is being made says nothing, and it is asked on; while it is removed it is the end', async () => {
  broker.tell('PROVISION', actsAndAnswers(202));
  broker.tell('LAST', answers(410), answers(410), answers(410), answers(410), answers(200, SUCCEEDED));
  expect(await ask(broker, 'PROVISION')).toMatchObject({ kind: 'DONE' });
  expect(broker.asked).toEqual(['PROVISION', 'LAST', 'LAST', 'LAST', 'LAST', 'LAST']);
  broker.heard.length = 0;
  broker.tell('DEPROVISION', actsAndAnswers(202)).tell('LAST', answers(410));
  expect(await ask(broker, 'DEPROVISION')).toMatchObject({ kind: 'DONE' });
  expect(broker.asked).toEqual(['DEPROVISION', 'LAST']);
});

test('replies that say nothing of the operation are passed over', async () => {
  broker.tell('PROVISION', actsAndAnswers(202));
  broker.tell('LAST', answers(500), answers(200, '<html>'), answers(200, { state: 'perhaps' }), answers(404), answers(404), answers(400), answers(404), hangs, answers(200, SUCCEEDED));
  expect(await ask(broker, 'PROVISION', { ...QUICK, pollForMs: { unsaid: 5_000, most: 5_000 } })).toMatchObject({ kind: 'DONE' });
});

test('ConcurrencyError: the same request again until the broker is free; one instance', async () => {
  const busy = answers(422, { error: 'ConcurrencyError', description: 'Another operation is in progress.' });
  broker.tell('PROVISION', busy, busy, busy);
  expect(await ask(broker, 'PROVISION')).toMatchObject({ kind: 'DONE' });
  expect(broker.asked).toEqual(['PROVISION', 'PROVISION', 'PROVISION', 'PROVISION']);
  expect(broker.made).toEqual([INSTANCE_ID]);
});

test('ConcurrencyError for ever: it fails, and by the standard nothing is removed', async () => {
  broker.tellAlways('PROVISION', answers(422, { error: 'ConcurrencyError' }));
  expect(await ask(broker, 'PROVISION')).toEqual({ ...clean('BROKER_BUSY', 422), mayBeLeft: true });
  expect(new Set(broker.asked)).toEqual(new Set(['PROVISION']));
});

test.each([['AsyncRequired', 'BROKER_ASYNC_REQUIRED'], ['RequiresApp', 'BROKER_APP_REQUIRED'], ['MaintenanceInfoConflict', 'BROKER_MAINTENANCE_CONFLICT'], ['TooManyOfThem', 'BROKER_REFUSED']])('422 %s is told apart: %s', async (error, code) => {
  broker.tell('PROVISION', answers(422, { error }));
  expect(await ask(broker, 'PROVISION')).toEqual(clean(code, 422));
  expect(broker.asked).toEqual(['PROVISION']);
});

test.each([[401, 'BROKER_UNAUTHORIZED'], [403, 'BROKER_UNAUTHORIZED'], [409, 'BROKER_CONFLICT'], [412, 'BROKER_VERSION_REFUSED'], [400, 'BROKER_REFUSED']])('%i is told apart: %s', async (status, code) => {
  broker.tell('PROVISION', answers(status));
  // What has our id and other attributes is there, and is not ours to remove unasked.
  expect(await ask(broker, 'PROVISION')).toEqual({ ...clean(code, status), mayBeLeft: status === 409 });
});

test('503 and 429 are repeated after what Retry-After asks for', async () => {
  broker.tell('PROVISION', answers(503), answers(429, {}, { 'retry-after': '1' }));
  const began = Date.now();
  expect(await ask(broker, 'PROVISION', { ...QUICK, retryForMs: 5_000, pollEveryMs: { ...QUICK.pollEveryMs, most: 2_000 } })).toMatchObject({ kind: 'DONE' });
  expect(Date.now() - began).toBeGreaterThanOrEqual(1_000);
  expect(broker.asked).toEqual(['PROVISION', 'PROVISION', 'PROVISION']);
});

const AFTER_A_SECOND = { 'retry-after': '1' };

test.each([
  ['says so when it accepts', actsAndAnswers(202, {}, AFTER_A_SECOND), answers(200, SUCCEEDED)],
  ['says so while it is at work', actsAndAnswers(202), answers(200, IN_PROGRESS, AFTER_A_SECOND)],
])('the next look comes after what Retry-After asks for: a broker that %s', async (_name, accepted, look) => {
  broker.tell('PROVISION', accepted).tell('LAST', look);
  const began = Date.now();
  expect(await ask(broker, 'PROVISION', { ...QUICK, pollForMs: { unsaid: 5_000, most: 5_000 }, pollEveryMs: { ...QUICK.pollEveryMs, most: 2_000 } })).toMatchObject({ kind: 'DONE' });
  expect(Date.now() - began).toBeGreaterThanOrEqual(1_000);
});

test('a broker that asks to be left alone for an hour is looked at after the longest wait between two looks', async () => {
  broker.tell('PROVISION', actsAndAnswers(202, {}, { 'retry-after': '3600' })).tell('LAST', answers(200, IN_PROGRESS, { 'retry-after': '3600' }));
  expect(await ask(broker, 'PROVISION')).toMatchObject({ kind: 'DONE' });
  expect(broker.asked.filter((kind) => kind === 'LAST')).toHaveLength(2);
});

test('the operation that the broker names goes with each question, percent-encoded', async () => {
  broker.tell('PROVISION', actsAndAnswers(202, { operation: 'build/7 & "more"', dashboard_url: null }));
  broker.tell('LAST', answers(200, IN_PROGRESS), answers(200, SUCCEEDED));
  await ask(broker, 'PROVISION');
  expect(broker.heard.slice(1).map(({ kind, query }) => [kind, query['operation'], query['service_id'] !== undefined, query['plan_id'] !== undefined]))
    .toEqual([['LAST', 'build/7 & "more"', true, true], ['LAST', 'build/7 & "more"', true, true]]);
});

test('who goes on with a call asks after the operation, and does not send it again', async () => {
  broker.tell('PROVISION', actsAndAnswers(202, { operation: 'task' })).tellAlways('LAST', answers(200, IN_PROGRESS));
  const stop = new AbortController();
  let noted: Progress | undefined;
  const first = ask(broker, 'PROVISION', QUICK, { ...startedNow(), signal: stop.signal, note: (progress) => { noted = progress; } });
  await expect.poll(() => broker.asked).toContain('LAST');
  stop.abort(new Error('the worker stops'));
  await expect(first).rejects.toThrow('the worker stops');
  broker.heard.length = 0;
  broker.tell('LAST', answers(200, SUCCEEDED));
  expect(noted).toMatchObject({ polling: { operation: 'task' } });
  expect(await ask(broker, 'PROVISION', QUICK, { ...startedNow(), isRepeated: true, progress: noted ?? { startedAt: 0 } })).toMatchObject({ kind: 'DONE' });
  expect(broker.asked).toEqual(['LAST']);
});

test('who goes on with a call that had begun to remove goes on removing, and fails as it would have', async () => {
  broker.instances.set(INSTANCE_ID, {});
  const mitigating = { code: 'BROKER_ERROR', status: 500, believeFrom: 0, until: Date.now() + 1_000 };
  expect(await ask(broker, 'PROVISION', QUICK, { ...startedNow(), isRepeated: true, progress: { startedAt: 0, mitigating } })).toEqual(clean('BROKER_ERROR', 500));
  expect(broker.asked).toEqual(['DEPROVISION']);
});

test('a request under way ends with its signal', async () => {
  broker.tell('PROVISION', hangs);
  const stop = new AbortController();
  const asking = ask(broker, 'PROVISION', { ...QUICK, requestMs: 20_000 }, { ...startedNow(), signal: stop.signal });
  await expect.poll(() => broker.asked).toEqual(['PROVISION']);
  stop.abort(new Error('cancelled'));
  await expect(asking).rejects.toThrow('cancelled');
});

test('a broker that fails in a row is left alone; then one request tries it, and all go again', async () => {
  const client = new BrokerClient({ ...QUICK, circuit: { failures: 3, restMs: 300 } });
  const look = async () => (await client.send(broker.target, { method: 'GET', path: '/v2/catalog' })).kind;
  broker.tell('CATALOG', answers(500), answers(500), answers(500), answers(500));
  expect([await look(), await look(), await look(), await look(), await look()]).toEqual(['ANSWER', 'ANSWER', 'ANSWER', 'OPEN', 'OPEN']);
  expect(broker.heard).toHaveLength(3);
  await delay(350);
  // One tries it and fails: left alone again.
  expect([await look(), await look()]).toEqual(['ANSWER', 'OPEN']);
  await delay(350);
  expect([await look(), await look(), await look()]).toEqual(['ANSWER', 'ANSWER', 'ANSWER']);
  expect(broker.heard).toHaveLength(7);
});

test('refusals do not open the circuit, nor does one broker that of another', async () => {
  const client = new BrokerClient({ ...QUICK, circuit: { failures: 2, restMs: 60_000 } });
  const look = async (name: string) => (await client.send({ ...broker.target, name }, { method: 'GET', path: '/v2/catalog' })).kind;
  broker.tell('CATALOG', answers(404), answers(409), answers(422), answers(500), answers(500));
  expect([await look('a'), await look('a'), await look('a'), await look('a'), await look('a'), await look('a')]).toEqual(['ANSWER', 'ANSWER', 'ANSWER', 'ANSWER', 'ANSWER', 'OPEN']);
  expect(await look('b')).toBe('ANSWER');
});

test('a circuit that is open is waited for', async () => {
  const policy = { ...QUICK, circuit: { failures: 2, restMs: 200 } };
  broker.tell('PROVISION', answers(503), answers(503));
  expect(await ask(broker, 'PROVISION', policy)).toMatchObject({ kind: 'DONE' });
  expect(broker.asked).toEqual(['PROVISION', 'PROVISION', 'PROVISION']);
});

test('a call that an open circuit outlasts was never sent', async () => {
  const client = new BrokerClient({ ...QUICK, circuit: { failures: 1, restMs: 60_000 } });
  broker.tell('CATALOG', answers(500));
  await client.send(broker.target, { method: 'GET', path: '/v2/catalog' });
  expect(await ask(broker, 'PROVISION', { ...QUICK, retryForMs: 200 }, startedNow(), client)).toEqual(clean('BROKER_CIRCUIT_OPEN', null));
  expect(broker.asked).toEqual([]);
});
