import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseName } from '../../reference-broker/hosting.ts';
import type { Reply } from './client.ts';
import { asBroker, newId, startReferenceBroker, type ReferenceBroker } from './support.ts';
import { ASYNC } from './target.ts';

/** kill -9 between any two effects: after the next start ledger, databases and roles agree, and nothing is there twice. */
const [SERVICE, SMALL, LARGE] = ['6f1c6f0e-6c3d-4b0c-9a53-2f6f1c1d7a10', 'b7d8a5f2-0a4f-4d07-8f0e-4a6f4bb0c1e1', 'd2b1f4c8-5a39-4f7e-9c26-90a7d6e4f3b2'] as const;
const IDS = { service_id: SERVICE, plan_id: SMALL };
const BODY = { ...IDS, organization_guid: 'o', space_guid: 's', parameters: { environment: 'TEST' } };

let broker: ReferenceBroker;
beforeAll(async () => { broker = await startReferenceBroker(); });
afterAll(() => broker.stop());

const STEPS = {
  provision: ['begun', 'owner role', 'database', 'done'], update: ['begun', 'before', 'done'], bind: ['begun', 'role', 'done'], unbind: ['begun', 'login closed', 'done'],
  deprovision: ['begun', 'logins closed', 'database gone', 'done'],
} as const;
type Kind = keyof typeof STEPS;
const CASES = (Object.keys(STEPS) as Kind[]).flatMap((kind) => STEPS[kind].map((step) => [kind, step] as const));

/** Who waits for the answer has none; who asked asynchronously has asked for an operation that is now nobody's. */
const ALL = [...CASES.map(([kind, step]) => [kind, step, 'asynchronously', ASYNC] as const), ['provision', 'database', 'synchronously', {}] as const, ['bind', 'role', 'synchronously', {}] as const];

describe('kill -9', () => {
  test.each(ALL)('in a %s, at the step "%s", asked for %s', async (kind, step, _how, query) => {
    const path = `/v2/service_instances/${newId()}`;
    const binding = `${path}/service_bindings/${newId()}`;
    if (kind !== 'provision') await made(broker.client.put(path, { body: BODY }));
    if (kind === 'unbind' || kind === 'deprovision') await made(broker.client.put(binding, { body: IDS }));
    const requests: Readonly<Record<Kind, () => Promise<Reply>>> = {
      provision: () => broker.client.put(path, { query, body: BODY }), update: () => broker.client.patch(path, { query: ASYNC, body: { service_id: SERVICE, plan_id: LARGE } }),
      bind: () => broker.client.put(binding, { query, body: IDS }), unbind: () => broker.client.delete(binding, { query: { ...IDS, ...query } }),
      deprovision: () => broker.client.delete(path, { query: { ...IDS, ...query } }),
    };
    broker.order({ kind: 'die', name: `${kind} ${step} ${newId()}`, on: [kind], step, times: 1 });
    await requests[kind]().catch(() => null);
    await broker.ended();
    await broker.start();
    await expect.poll(async () => (await broker.ledger()).operations.filter(({ state }) => state === 'in progress'), { timeout: 20_000 }).toEqual([]);
    broker.order();

    // The same request again finds its work done.
    const expected: Readonly<Record<Kind, number>> = { provision: 200, update: 200, bind: 200, unbind: 410, deprovision: 410 };
    expect((await requests[kind]()).status).toBe(expected[kind]);
    await agree(path);
    if (kind !== 'deprovision') await made(broker.client.delete(path, { query: { ...IDS, ...ASYNC } }), path);
    await agree(path);
  });
});

test('exit after the work and before its answer: the platform asks again and has one instance', async () => {
  const path = `/v2/service_instances/${newId()}`;
  broker.order({ kind: 'exit', name: newId(), on: ['provision'], when: 'after', times: 1 });
  await expect(broker.client.put(path, { body: BODY })).rejects.toThrow('fetch failed');
  await broker.ended();
  await broker.start();
  expect((await broker.client.put(path, { body: BODY })).status).toBe(200);
  await agree(path);
});

test('a stop in the middle is orderly: what is under way ends first or is finished at the next start', async () => {
  const path = `/v2/service_instances/${newId()}`;
  broker.order({ kind: 'slow', name: 'slow', on: ['provision'], ms: 800 });
  expect((await broker.client.put(path, { query: ASYNC, body: BODY })).status).toBe(202);
  await broker.terminate();
  broker.order();
  await broker.start();
  await expect.poll(async () => (await broker.client.put(path, { query: ASYNC, body: BODY })).status, { timeout: 20_000 }).toBe(200);
  await agree(path);
});

/** What the ledger says of the instance is what PostgreSQL has. */
async function agree(path: string): Promise<void> {
  const id = path.split('/')[3] ?? '';
  const { instances, bindings } = await broker.ledger();
  const instance = instances.find((one) => one.id === id);
  const roles = bindings.filter(({ instance_id }) => instance_id === id).map(({ role }) => `role ${role}`);
  const ledger = instance === undefined ? roles : [`database ${instance.database}`, `role ${instance.database}`, ...roles];
  const { rows } = await asBroker((client) => client.query<{ kind: string; name: string }>(
    `SELECT 'database' AS kind, datname AS name FROM pg_database WHERE datname = $1 UNION ALL SELECT 'role', rolname FROM pg_roles WHERE starts_with(rolname, $1)`, [databaseName(id)],
  ));
  expect(new Set(rows.map(({ kind, name }) => `${kind} ${name}`))).toEqual(new Set(ledger));
  expect(instance?.state ?? 'ready').toBe('ready');
}

async function made(asked: Promise<Reply>, path = ''): Promise<void> {
  const reply = await asked;
  expect(reply.status).toBeLessThan(300);
  expect((await broker.client.settled(path, reply)).body['state'] ?? 'succeeded').toBe('succeeded');
}
