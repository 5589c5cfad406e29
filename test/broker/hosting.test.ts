import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { databaseUrl } from '../support/database.ts';
import { asBroker, newId, startReferenceBroker, type ReferenceBroker } from './support.ts';
import { ASYNC } from './target.ts';

/** Application hosting for real: what the credentials open, and what they do not. */
const [SERVICE, SMALL, LARGE] = ['6f1c6f0e-6c3d-4b0c-9a53-2f6f1c1d7a10', 'b7d8a5f2-0a4f-4d07-8f0e-4a6f4bb0c1e1', 'd2b1f4c8-5a39-4f7e-9c26-90a7d6e4f3b2'] as const;
const IDS = { service_id: SERVICE, plan_id: SMALL };

let broker: ReferenceBroker;
beforeAll(async () => { broker = await startReferenceBroker(); });
afterAll(() => broker.stop());

async function instance(): Promise<string> {
  const path = `/v2/service_instances/${newId()}`;
  const { status } = await broker.client.put(path, { body: { ...IDS, organization_guid: 'o', space_guid: 's', parameters: { environment: 'TEST' } } });
  expect(status).toBe(201);
  return path;
}

interface Credentials { readonly uri: string; readonly username: string; readonly password: string; readonly database: string; readonly host: string; readonly port: number }

async function bound(path: string, body: object = IDS): Promise<[string, Credentials]> {
  const binding = `${path}/service_bindings/${newId()}`;
  const reply = await broker.client.put(binding, { body });
  expect(reply.status).toBe(201);
  return [binding, reply.body['credentials'] as Credentials];
}

const ask = (url: string, sql: string): Promise<pg.QueryResult> => asBroker((client) => client.query(sql), url);

test('credentials open the database of the instance, where they may make tables', async () => {
  const path = await instance();
  const [, credentials] = await bound(path);
  expect(credentials.uri).toBe(`postgresql://${credentials.username}:${credentials.password}@${credentials.host}:${credentials.port}/${credentials.database}`);
  await ask(credentials.uri, 'CREATE TABLE acts AS SELECT 7 AS n');
  expect((await ask(credentials.uri, 'SELECT n, current_database() AS base FROM acts')).rows).toEqual([{ n: 7, base: credentials.database }]);
});

test('credentials open nothing else: not the project, not the ledger, not another instance, not what PostgreSQL brings', async () => {
  const [one, other] = [await instance(), await instance()];
  const [[, credentials], [, others]] = [await bound(one), await bound(other)];
  const ledger = new URL(broker.databaseUrl).pathname.slice(1);
  for (const database of ['associa', 'associa_broker', ledger, others.database, 'postgres', 'template1']) {
    await expect(ask(databaseUrl(credentials.uri, database), 'SELECT 1'), database).rejects.toThrow(/no pg_hba.conf entry|permission denied/);
  }
  // By two barriers: the cluster's rules for who comes in by which address, and the privileges of the database itself.
  const { rows } = await asBroker((client) => client.query<{ may: boolean }>("SELECT has_database_privilege($1, $2, 'CONNECT') AS may", [credentials.username, others.database]));
  expect(rows).toEqual([{ may: false }]);
  await expect(ask(credentials.uri, 'CREATE DATABASE mine')).rejects.toThrow('permission denied');
  await expect(ask(credentials.uri, 'CREATE ROLE mine')).rejects.toThrow('permission denied');
  await expect(ask(credentials.uri, `ALTER ROLE ${others.username} PASSWORD 'mine'`)).rejects.toThrow('permission denied');
});

test("the broker's role has no way into the project's database", async () => {
  await expect(ask(databaseUrl(inject('brokerUrl'), 'associa'), 'SELECT 1')).rejects.toThrow('permission denied');
});

test('a successor uses what its predecessor made, and after the predecessor is unbound its login is refused and its sessions are ended', async () => {
  const path = await instance();
  const [predecessor, old] = await bound(path);
  const session = new pg.Client(old.uri);
  const broken = new Promise<Error>((resolve) => { session.on('error', resolve); });
  await session.connect();
  await session.query('CREATE TABLE acts (n int)');
  await session.query('RESET ROLE');
  await session.query('SET ROLE NONE');
  await session.query('CREATE TABLE own (n int)');
  const [, fresh] = await bound(path, { predecessor_binding_id: predecessor.split('/').at(-1) });
  expect(fresh.username).not.toBe(old.username);
  await ask(fresh.uri, 'INSERT INTO acts VALUES (1)');
  await ask(old.uri, 'INSERT INTO acts VALUES (2)');
  expect((await broker.client.delete(predecessor, { query: IDS })).status).toBe(200);
  expect((await broken).message).toMatch(/terminat/);
  await expect(ask(old.uri, 'SELECT 1')).rejects.toThrow(/no pg_hba.conf entry|password authentication failed/);
  expect((await ask(fresh.uri, 'SELECT (SELECT count(*)::int FROM acts) AS acts, (SELECT count(*)::int FROM own) AS own')).rows).toEqual([{ acts: 2, own: 0 }]);
});

test('a small plan has 5 connections, a large one 50; back to small only when no more are open', async () => {
  const path = await instance();
  const [, { uri, database }] = await bound(path);
  const limit = async (): Promise<unknown> => (await asBroker((client) => client.query('SELECT datconnlimit, shobj_description(oid, $2) AS said FROM pg_database WHERE datname = $1', [database, 'pg_database']))).rows[0];
  expect(await limit()).toEqual({ datconnlimit: 5, said: '{"environment":"TEST"}' });
  const change = async (plan_id: string): Promise<{ status: number; body: unknown }> => {
    const reply = await broker.client.patch(path, { query: ASYNC, body: { service_id: SERVICE, plan_id, parameters: { environment: 'PRODUCTION' } } });
    return broker.client.settled(path, reply);
  };
  expect(await change(LARGE)).toMatchObject({ body: { state: 'succeeded' } });
  expect(await limit()).toEqual({ datconnlimit: 50, said: '{"environment":"PRODUCTION"}' });
  const sessions = await Promise.all(Array.from({ length: 6 }, async () => {
    const session = new pg.Client(uri);
    await session.connect();
    return session;
  }));
  expect(await change(SMALL)).toMatchObject({ status: 422, body: { error: 'UpdateRefused', description: '6 connections are open, and the requested plan allows 5.', instance_usable: true, update_repeatable: true } });
  expect(await limit()).toMatchObject({ datconnlimit: 50 });
  await Promise.all(sessions.map((session) => session.end()));
  await expect.poll(async () => (await change(SMALL)).body, { timeout: 20_000 }).toMatchObject({ state: 'succeeded' });
  expect(await limit()).toMatchObject({ datconnlimit: 5 });
});

test('an update that fails after it has changed the database is taken back, and can be repeated', async () => {
  const path = await instance();
  const [, { database }] = await bound(path);
  const limit = async (): Promise<unknown> => (await asBroker((client) => client.query('SELECT datconnlimit, shobj_description(oid, $2) AS said FROM pg_database WHERE datname = $1', [database, 'pg_database']))).rows[0];
  const change = async (): Promise<unknown> => (await broker.client.settled(path, await broker.client.patch(path, { query: ASYNC, body: { service_id: SERVICE, plan_id: LARGE, parameters: { environment: 'PRODUCTION' } } }))).body;
  broker.order({ kind: 'fail', name: newId(), on: ['update'], step: 'done' });
  expect(await change()).toEqual({ state: 'failed', description: 'The update has failed, and the instance is as it was; the operators of this broker know why.', instance_usable: true, update_repeatable: true });
  expect(await limit()).toEqual({ datconnlimit: 5, said: '{"environment":"TEST"}' });
  expect((await broker.client.get(path)).body).toMatchObject({ plan_id: SMALL, parameters: { environment: 'TEST' } });
  broker.order();
  expect(await change()).toMatchObject({ state: 'succeeded' });
  expect(await limit()).toEqual({ datconnlimit: 50, said: '{"environment":"PRODUCTION"}' });
});

test('an update that can not be taken back says that the instance may not be used', async () => {
  const path = await instance();
  const [, { database }] = await bound(path);
  await asBroker((client) => client.query(`DROP DATABASE ${database} WITH (FORCE)`));
  const reply = await broker.client.patch(path, { query: ASYNC, body: { service_id: SERVICE, plan_id: LARGE } });
  expect((await broker.client.settled(path, reply)).body).toEqual({
    state: 'failed', description: 'The update has failed, and what it changed could not be taken back: another update may repair the instance.', instance_usable: false, update_repeatable: true,
  });
});

test('deprovisioning drops database and roles, with sessions open', async () => {
  const path = await instance();
  const [, { uri, database }] = await bound(path);
  const session = new pg.Client(uri);
  session.on('error', () => undefined);
  await session.connect();
  expect((await broker.client.delete(path, { query: IDS })).status).toBe(200);
  expect(await leftOf(database)).toEqual([]);
});

test('the ledger shows no password, whoever reads its tables, and the log none either', async () => {
  const [, { password }] = await bound(await instance());
  const { rows } = await asBroker((client) => client.query('SELECT i::text AS row FROM broker.instances i UNION ALL SELECT b::text FROM broker.bindings b UNION ALL SELECT o::text FROM broker.operations o'), broker.databaseUrl);
  expect(JSON.parse(await broker.command('ledger', '--json'))).toEqual(JSON.parse(JSON.stringify(await broker.ledger())));
  const everything = [...rows.map(({ row }: { row: string }) => row), await broker.command('ledger', '--json'), await broker.command('ledger'), broker.log()].join('\n');
  expect(everything).toContain('instance');
  for (const form of [password, Buffer.from(password).toString('hex')]) expect(everything).not.toContain(form);
});

async function leftOf(database: string): Promise<string[]> {
  const { rows } = await asBroker((client) => client.query<{ name: string }>('SELECT datname AS name FROM pg_database WHERE datname = $1 UNION ALL SELECT rolname FROM pg_roles WHERE starts_with(rolname, $1)', [database]));
  return rows.map(({ name }) => name);
}

test('the dashboard of an instance is a page behind user name and password: what it is, as text, and how many bindings it has', async () => {
  const id = `<b>&${newId()}`;
  const path = `/v2/service_instances/${encodeURIComponent(id)}`;
  const made = await broker.client.put(path, { body: { ...IDS, organization_guid: 'o', space_guid: 's', parameters: { environment: 'TEST' } } });
  await bound(path);
  const page = new URL(String(made.body['dashboard_url'])).pathname;
  const shown = await broker.client.get(page, { headers: { 'X-Broker-API-Version': null } });
  expect([shown.status, shown.headers.get('content-type'), shown.headers.get('content-security-policy'), shown.headers.get('cache-control')]).toEqual([200, 'text/html; charset=utf-8', "default-src 'none'", 'no-store']);
  expect(Object.fromEntries([...shown.text.matchAll(/<th scope="row">(\w+)<\/th><td>([^]*?)<\/td>/g)].map(([, name, value]) => [name, value]))).toEqual({
    Instance: id.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;'), Service: SERVICE, Plan: SMALL, State: 'ready', Bindings: '1',
  });
  expect((await broker.client.get(page, { headers: { Authorization: null } })).status).toBe(401);
  expect((await broker.client.get(`/dashboard/${newId()}`)).status).toBe(404);
});
