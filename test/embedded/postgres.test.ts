import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { startPostgres, type Postgres, type PostgresOptions } from '../../embedded/postgres.ts';
import { isLiving, temporaryFolder } from './support.ts';

const isRoot = process.getuid?.() === 0;

async function start(options: Pick<PostgresOptions, 'dataDir'> & Partial<PostgresOptions>): Promise<Postgres> {
  const postgres = await startPostgres({ fsync: false, log: () => undefined, ...options });
  onTestFinished(() => postgres.stop());
  return postgres;
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<{ answer: unknown }>(sql)).rows[0]?.answer;
  } finally {
    await client.end();
  }
}

test('two roles: the owner makes tables, the application only connects; nobody else gets in', async () => {
  const dataDir = join(temporaryFolder(), 'post gres');
  const { ownerUrl, appUrl, port } = await start({ dataDir });
  await ask(ownerUrl, 'CREATE TABLE facts (n int)');
  await expect(ask(appUrl, 'SELECT n AS answer FROM facts')).rejects.toThrow('permission denied');
  await expect(ask(appUrl, 'CREATE TABLE mine (n int)')).rejects.toThrow('permission denied');
  await expect(ask(appUrl, 'CREATE TEMP TABLE mine (n int)')).rejects.toThrow('permission denied');
  await expect(ask(`postgresql://postgres@127.0.0.1:${port}/postgres`, 'SELECT 1')).rejects.toThrow('no pg_hba.conf entry');
  await expect(ask(appUrl.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow('password authentication failed');
  expect(await ask(ownerUrl, `SELECT encoding || ' ' || datcollate AS answer FROM pg_database WHERE datname = 'associa'`)).toBe('6 C');
  expect(await ask(ownerUrl, `SELECT setting AS answer FROM pg_settings WHERE name = 'listen_addresses'`)).toBe('127.0.0.1');
  expect(statSync(`${dataDir}.json`).mode & 0o777).toBe(0o600);
});

test('data and passwords outlive a stop; the stop is an orderly one', async () => {
  const dataDir = join(temporaryFolder(), 'postgres');
  const first = await start({ dataDir });
  await ask(first.ownerUrl, 'CREATE TABLE facts AS SELECT 7 AS n');
  await first.stop();
  expect(isLiving(first.pid)).toBe(false);
  expect(readFileSync(`${dataDir}.log`, 'utf8')).toContain('database system is shut down');
  const second = await start({ dataDir, port: first.port });
  expect(second.ownerUrl).toBe(first.ownerUrl);
  expect(await ask(second.ownerUrl, 'SELECT n AS answer FROM facts')).toBe(7);
});

test('the role of the broker makes databases and roles, and has no way into those of the project', async () => {
  const { brokerUrl, appUrl } = await start({ dataDir: join(temporaryFolder(), 'postgres') });
  // Nor has the project's role one into the ledger of the broker.
  await expect(ask(appUrl.replace(/[^/]+$/, 'associa_broker'), 'SELECT 1')).rejects.toThrow('permission denied');
  await ask(brokerUrl, 'CREATE ROLE osb_one LOGIN');
  await ask(brokerUrl, 'CREATE DATABASE osb_one');
  await expect(ask(brokerUrl.replace(/[^/]+$/, 'associa'), 'SELECT 1')).rejects.toThrow('permission denied');
  for (const role of ['associa_owner', 'associa_app', 'postgres']) await expect(ask(brokerUrl, `ALTER ROLE ${role} PASSWORD 'mine'`)).rejects.toThrow('permission denied');
});

test('a cluster of a version without the broker gets its role and its database, and keeps its data', async () => {
  const dataDir = join(temporaryFolder(), 'postgres');
  const first = await start({ dataDir });
  await ask(first.ownerUrl, 'CREATE TABLE facts AS SELECT 7 AS n');
  await first.stop();
  const { brokerPassword: _new, ...older } = JSON.parse(readFileSync(`${dataDir}.json`, 'utf8')) as Record<string, unknown>;
  writeFileSync(`${dataDir}.json`, JSON.stringify(older));
  writeFileSync(join(first.dataDir, 'pg_hba.conf'), 'host all associa_owner,associa_app 127.0.0.1/32 scram-sha-256\n');

  const second = await start({ dataDir });
  expect(await ask(second.brokerUrl, 'SELECT current_user AS answer')).toBe('associa_broker');
  expect(second.brokerUrl).not.toBe(first.brokerUrl.replace(String(first.port), String(second.port)));
  expect(await ask(second.ownerUrl, 'SELECT n AS answer FROM facts')).toBe(7);
  await second.stop();
  const third = await start({ dataDir, port: second.port });
  expect(third.brokerUrl).toBe(second.brokerUrl);
  expect(await ask(third.brokerUrl, 'SELECT current_user AS answer')).toBe('associa_broker');
});

test('a server that still lives on the data is ended by the next start', async () => {
  const dataDir = join(temporaryFolder(), 'postgres');
  const first = await start({ dataDir });
  const second = await start({ dataDir });
  expect(isLiving(first.pid)).toBe(false);
  expect(isLiving(second.pid)).toBe(true);
});

test('a setup that was cut short is done again', async () => {
  const dataDir = join(temporaryFolder(), 'postgres');
  mkdirSync(`${dataDir}.new`);
  mkdirSync(dataDir);
  const { ownerUrl } = await start({ dataDir });
  expect(await ask(ownerUrl, 'SELECT current_user AS answer')).toBe('associa_owner');
  expect(existsSync(`${dataDir}.new`)).toBe(false);
});

test('data wanted where only this user can go: root places it elsewhere and finds it again, others leave it there', async () => {
  const closed = closedFolder();
  const systemDir = join(temporaryFolder(), 'system');
  const options = { dataDir: join(closed, 'postgres'), systemDir };

  const first = await start(options);
  await ask(first.ownerUrl, 'CREATE TABLE facts AS SELECT 7 AS n');
  await first.stop();
  const second = await start(options);
  expect(await ask(second.ownerUrl, 'SELECT n AS answer FROM facts')).toBe(7);
  expect(dirname(second.dataDir)).toBe(isRoot ? join(systemDir, readdirSync(systemDir)[0] ?? '') : closed);
  expect(statSync(second.dataDir).uid === 0).toBe(false);
});

test('data that a deleted home left elsewhere is kept aside, not taken over', async () => {
  const systemDir = join(temporaryFolder(), 'system');
  const closed = closedFolder();
  const dataDir = join(closed, 'postgres');
  const first = await start({ dataDir, systemDir });
  await ask(first.ownerUrl, 'CREATE TABLE facts AS SELECT 7 AS n');
  await first.stop();
  rmSync(`${dataDir}.json`);
  if (!isRoot) rmSync(dataDir, { recursive: true });
  const second = await start({ dataDir, systemDir });
  await expect(ask(second.ownerUrl, 'SELECT n AS answer FROM facts')).rejects.toThrow('does not exist');
  expect(existsSync(systemDir) ? readdirSync(systemDir).filter((name) => name.includes('.old-')).length : 0).toBe(isRoot ? 1 : 0);
});

test('a home that moved keeps its data; a copy of a home does not get the data of the other', async () => {
  const systemDir = join(temporaryFolder(), 'system');
  const [home, moved, copy] = [closedFolder(), closedFolder(), closedFolder()];
  const first = await start({ dataDir: join(home, 'postgres'), systemDir });
  await first.stop();
  const copyHome = (from: string, to: string): unknown => spawnSync('cp', ['-a', `${from}/.`, to]); // with modes and owners

  copyHome(home, copy);
  const startCopy = start({ dataDir: join(copy, 'postgres'), systemDir }).then(
    (postgres) => dirname(postgres.dataDir),
    (error: unknown) => (error instanceof Error ? error.message : ''),
  );
  expect(await startCopy).toContain(isRoot ? `belongs to ${join(home, 'postgres')}` : copy);

  copyHome(home, moved);
  rmSync(home, { recursive: true });
  const second = await start({ dataDir: join(moved, 'postgres'), systemDir });
  expect(second.ownerUrl.split('@')[0]).toBe(first.ownerUrl.split('@')[0]);
  expect(await ask(second.ownerUrl, 'SELECT 1 AS answer')).toBe(1);
});

function closedFolder(): string {
  const folder = temporaryFolder();
  chmodSync(folder, 0o700);
  return folder;
}
