import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { loadSettings } from '../../reference-broker/settings.ts';
import type { Reply } from './client.ts';
import { newId, startReferenceBroker, type ReferenceBroker } from './support.ts';
import { ASYNC } from './target.ts';

/** Each fault does what docs/reference-broker.md says of it, as often as it was ordered, and the broker is well again afterwards. */
const IDS = { service_id: '6f1c6f0e-6c3d-4b0c-9a53-2f6f1c1d7a10', plan_id: 'b7d8a5f2-0a4f-4d07-8f0e-4a6f4bb0c1e1' };
const BODY = { ...IDS, organization_guid: 'o', space_guid: 's', parameters: { environment: 'TEST' } };

let broker: ReferenceBroker;
beforeAll(async () => { broker = await startReferenceBroker(); });
afterAll(() => broker.stop());

const order = (kind: string, more: object = {}): void => { broker.order({ kind, name: newId(), on: ['provision'], times: 1, ...more }); };
const path = (): string => `/v2/service_instances/${newId()}`;
const provision = (at: string, query: Record<string, string> = {}): Promise<Reply> => broker.client.put(at, { query, body: BODY });

test('status: once 500 in place of the answer, and the instance is there', async () => {
  const at = path();
  order('status');
  expect((await provision(at)).status).toBe(500);
  expect((await provision(at)).status).toBe(200);
});

test('status, before: nothing is made', async () => {
  const at = path();
  order('status', { when: 'before', status: 503 });
  expect((await provision(at)).status).toBe(503);
  expect((await broker.client.get(at)).status).toBe(404);
});

test('wrong-json and wrong-shape keep the status', async () => {
  order('wrong-json');
  expect(await provision(path())).toMatchObject({ status: 201, text: '{"operation": "unfin' });
  order('wrong-shape');
  expect(await provision(path())).toMatchObject({ status: 201, body: { operation: 7, state: 'perhaps' } });
});

test('huge-body: as many bytes as were ordered', async () => {
  order('huge-body', { bytes: 3_000_000 });
  expect((await provision(path())).text).toHaveLength(3_000_000);
});

test('redirect-loop: to the same address', async () => {
  const at = path();
  order('redirect-loop');
  const reply = await provision(at);
  expect([reply.status, reply.headers.get('location')]).toEqual([307, at]);
});

test('slow-bytes: an answer that does not end', async () => {
  order('slow-bytes', { everyMs: 50 });
  await expect(broker.client.put(path(), { body: BODY, signal: AbortSignal.timeout(2500) })).rejects.toThrow('aborted due to timeout');
});

test('drop: the connection is cut, and the instance is there', async () => {
  const at = path();
  order('drop');
  await expect(provision(at)).rejects.toThrow('fetch failed');
  expect((await provision(at)).status).toBe(200);
});

test('late: the answer comes after its time', async () => {
  order('late', { ms: 700 });
  const began = performance.now();
  expect((await provision(path())).status).toBe(201);
  expect(performance.now() - began).toBeGreaterThan(700);
});

test('lose-state: the ledger is empty; what was made can be made its own again by the same identifier', async () => {
  const at = path();
  await provision(at);
  order('lose-state', { on: ['fetch'] });
  expect((await broker.client.get(at)).status).toBe(404);
  expect(await broker.ledger()).toMatchObject({ instances: [], operations: [] });
  expect((await provision(at)).status).toBe(201);
});

test('never-ends: in progress for ever, until it is deleted', async () => {
  const at = path();
  order('never-ends');
  const { body } = await provision(at, ASYNC);
  const polled = await broker.client.get(`${at}/last_operation`, { query: { operation: String(body['operation']) } });
  // When to ask again, of what is under way only.
  expect([polled.body['state'], polled.headers.get('retry-after')]).toEqual(['in progress', '1']);
  broker.order();
  const deleted = await broker.client.delete(at, { query: { ...IDS, ...ASYNC } });
  const ended = await broker.client.settled(at, deleted);
  expect([ended.body['state'], ended.headers.get('retry-after')]).toEqual(['succeeded', null]);
  expect((await broker.client.get(at)).status).toBe(404);
});

test('fail: an update ends as failed, usable and repeatable, with nothing changed; the same again succeeds', async () => {
  const at = path();
  await provision(at);
  broker.order({ kind: 'fail', name: newId(), on: ['update'] });
  const change = async (): Promise<Reply> => broker.client.settled(at, await broker.client.patch(at, { query: ASYNC, body: { service_id: IDS.service_id, parameters: { environment: 'PRODUCTION' } } }));
  expect((await change()).body).toMatchObject({ state: 'failed', instance_usable: true, update_repeatable: true });
  expect((await broker.client.get(at)).body).toMatchObject({ parameters: { environment: 'TEST' } });
  broker.order();
  expect((await change()).body).toMatchObject({ state: 'succeeded' });
});

test('fail: a provision ends as failed, without flags; the same again makes it, and a deletion of a failed one removes what there is', async () => {
  const [at, other] = [path(), path()];
  broker.order({ kind: 'fail', name: newId(), on: ['provision'], step: 'database' });
  const { body } = await provision(at, ASYNC);
  const ended = await broker.client.ended(at, body['operation']);
  expect(Object.keys(ended.body)).toEqual(['state', 'description']);
  expect(ended.body).toMatchObject({ state: 'failed' });
  expect((await provision(other)).body).toMatchObject({ error: 'OperationFailed' });
  broker.order();
  expect((await broker.client.delete(other, { query: IDS })).status).toBe(200);
  expect((await provision(at)).status).toBe(201);
});

test('faults without BROKER_ALLOW_FAULTS=yes are refused before anything is started', () => {
  const env = { BROKER_DATABASE_URL: inject('brokerUrl'), BROKER_PASSWORD: 'sixteen characters', BROKER_KEY: randomBytes(32).toString('base64'), BROKER_FAULTS: 'faults.json' };
  expect(() => loadSettings(env)).toThrow('BROKER_FAULTS: makes this broker misbehave');
  expect(() => loadSettings({ ...env, BROKER_ALLOW_FAULTS: 'no' })).toThrow('BROKER_FAULTS');
  expect(loadSettings({ ...env, BROKER_ALLOW_FAULTS: 'yes' }).BROKER_FAULTS).toBe('faults.json');
});
