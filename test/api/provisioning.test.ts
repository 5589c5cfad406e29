import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BROKER_POLICY } from '../../brokers/policy.ts';
import { asBroker, startReferenceBroker, type ReferenceBroker } from '../broker/support.ts';
import { startTrialProvider, type ClientCredentials, type TrialProvider } from '../broker/trial-provider.ts';
import { approve, commit, HOSTING_AND_BEFORE, migrationUntil, plan, prepare, readMigration, register, sendMigration } from '../support/brokered.ts';
import { expectWhole } from '../support/invariants.ts';
import { bodyAt, startApi, type Api, type Json, type MemberCode } from './support.ts';

/** The engine and the reference broker together: what a case brings about at the broker, and what is left there when it is taken back. */
let api: Api;
let provider: TrialProvider;
let broker: ReferenceBroker;
beforeAll(async () => {
  provider = await startTrialProvider();
  [api, broker] = await Promise.all([
    startApi({ brokers: { ...BROKER_POLICY, pollEveryMs: { ...BROKER_POLICY.pollEveryMs, unsaid: 100, least: 50 } } }), startReferenceBroker(provider.environment),
  ]);
  await register(api, broker);
});
afterAll(async () => {
  await api.stop();
  await broker.stop();
  await provider.stop();
});

const state = (view: Json): string => String(view['state']);
const instanceOf = (view: Json): string => String(view['instance']?.['id']);
const isBound = (view: Json): boolean => String(view['instance']?.['state']) === 'BOUND';
const show = (id: string, as: MemberCode) => api.call('POST', `/v1/migrations/${id}/credentials`, as, { body: {} });

/** What the ledger holds: its instances, and the instance of each binding. */
async function held(): Promise<{ instances: readonly string[]; bindings: readonly string[] }> {
  const { instances, bindings } = await broker.ledger();
  return { instances: instances.map(({ id }) => id), bindings: bindings.map(({ instance_id }) => instance_id) };
}

const NOTHING = { instances: [], bindings: [] };

/** The credentials, asked for twice: the second time they are gone. */
async function shownOnce(id: string, body: MemberCode): Promise<Json> {
  const first = await show(id, body);
  expect(first.status).toBe(200);
  const again = await show(id, body);
  expect([again.status, again.body['code']]).toEqual([410, 'CREDENTIALS_SHOWN']);
  return first.body['credentials'] as Json;
}

async function undone(id: string): Promise<void> {
  await sendMigration(api, 'operator', id, 'RollBack', { reasons: 'Il fornitore ha chiesto di rifare.' });
  await migrationUntil(api, id, (view) => state(view) === 'PLAN_DRAFTED');
  expect(await held()).toEqual(NOTHING);
}

describe('a service that a broker provisions', () => {
  test('IDENTITY: an OpenID client whose credentials work, taken back, then another', async () => {
    const body = bodyAt(api, 0);
    await prepare(api, body, ['IDENTITY']);
    const id = await plan(api, body, 'IDENTITY');
    expect(await held()).toEqual(NOTHING);
    await commit(api, body, id);
    const view = await migrationUntil(api, id, (now) => state(now) === 'ACCEPTANCE');
    expect(isBound(view)).toBe(true);
    expect(await held()).toEqual({ instances: [instanceOf(view)], bindings: [instanceOf(view)] });
    const credentials = await shownOnce(id, body) as unknown as ClientCredentials;
    expect(provider.clientIds()).toEqual([credentials.client_id]);
    expect(await provider.tokenError(credentials)).toBe('invalid_grant');

    await undone(id);
    expect(provider.clientIds()).toEqual([]);
    expect(await provider.tokenError(credentials)).toBe('invalid_client');

    await approve(api, body, id);
    await commit(api, body, id);
    const second = await migrationUntil(api, id, (now) => state(now) === 'ACCEPTANCE');
    expect(instanceOf(second)).not.toBe(instanceOf(view));
    expect([await held(), String(second['attempt'])]).toEqual([{ instances: [instanceOf(second)], bindings: [instanceOf(second)] }, '2']);
    const others = await shownOnce(id, body) as unknown as ClientCredentials;
    expect(others.client_id).not.toBe(credentials.client_id);
    expect(await provider.tokenError(others)).toBe('invalid_grant');
    await undone(id);
  });

  test('APP_HOSTING: a database that its credentials open until it is taken back, then another', async () => {
    const body = bodyAt(api, 1);
    await prepare(api, body, HOSTING_AND_BEFORE);
    for (const service of HOSTING_AND_BEFORE) await plan(api, body, service);
    const id = `${body}-1.APP_HOSTING`;
    await commit(api, body, id);
    const view = await migrationUntil(api, id, isBound);
    const { uri } = await shownOnce(id, body) as unknown as { uri: string };
    await asBroker((client) => client.query('CREATE TABLE acts AS SELECT 7 AS n'), uri);
    expect((await asBroker((client) => client.query('SELECT n FROM acts'), uri)).rows).toEqual([{ n: 7 }]);

    await undone(id);
    await expect(asBroker((client) => client.query('SELECT 1'), uri)).rejects.toThrow(/no pg_hba.conf entry|password authentication failed/);

    await approve(api, body, id);
    await commit(api, body, id);
    const second = await migrationUntil(api, id, isBound);
    expect(instanceOf(second)).not.toBe(instanceOf(view));
    const other = await shownOnce(id, body) as unknown as { uri: string };
    // Another database: the table of the first is not there.
    await expect(asBroker((client) => client.query('SELECT n FROM acts'), other.uri)).rejects.toThrow('relation "acts" does not exist');
    await undone(id);
    expect(state(await readMigration(api, id))).toBe('PLAN_DRAFTED');
  });

  test('and every case that did so is whole for the audit, its calls to brokers replayed', async () => {
    await expectWhole(api.stack, []);
  });
});
