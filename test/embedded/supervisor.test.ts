import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '../../config.ts';
import { readBroker } from '../../embedded/broker.ts';
import { readInstance } from '../../embedded/instance.ts';
import { endLeftovers } from '../../embedded/leftovers.ts';
import { identify } from '../../embedded/identity.ts';
import { startPostgres } from '../../embedded/postgres.ts';
import { freePort } from '../../embedded/ports.ts';
import { Supervisor } from '../../embedded/supervisor.ts';
import type { Programs } from '../../embedded/programs.ts';
import { program, testPrograms } from './programs.ts';
import { isLiving, temporaryFolder, until } from './support.ts';

interface Run {
  readonly supervisor: Supervisor;
  readonly said: string[];
}

function supervise(env: Record<string, string>, programs: Partial<Programs> = {}): Run {
  const said: string[] = [];
  const config = loadConfig({ PORT: '0', ...env });
  const supervisor = new Supervisor({ config, programs: testPrograms(programs), reachTemporal: (address) => ({ address }), say: (line) => said.push(line) });
  onTestFinished(() => supervisor.stop());
  return { supervisor, said };
}

function instanceOf(home: string): NonNullable<ReturnType<typeof readInstance>> {
  const instance = readInstance(home);
  if (instance === null) throw new Error(`no instance.json in ${home}`);
  return instance;
}

describe('a whole instance', () => {
  test('starts, says what it is, and stops in order', async () => {
    const home = join(temporaryFolder(), 'home');
    const { supervisor, said } = supervise({ ASSOCIA_HOME: home });
    const url = await supervisor.start();

    const instance = instanceOf(home);
    expect(instance.url).toBe(url);
    expect(Object.keys(instance)).toEqual(['url', 'databaseUrl', 'databaseOwnerUrl', 'temporalAddress', 'temporalNamespace', 'temporalUiUrl', 'brokerUrl', 'pids']);
    expect(instance.pids.supervisor).toBe(process.pid);
    expect(statSync(join(home, 'instance.json')).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, 'keys')).mode & 0o777).toBe(0o700);
    expect((await fetch(instance.temporalUiUrl ?? '')).status).toBe(200);

    const { env } = (await (await fetch(`${url}/env`)).json()) as { env: Record<string, string> };
    expect(env).toMatchObject({ DATABASE_URL: instance.databaseUrl, TEMPORAL_ADDRESS: instance.temporalAddress, TEMPORAL_NAMESPACE: 'associa', ASSOCIA_HOME: home });
    expect(env).not.toHaveProperty('DATABASE_OWNER_URL');

    await supervisor.stop();
    expect(said.filter((line) => line.startsWith('Stopped'))).toEqual(['server', 'worker', 'broker', 'temporal', 'postgres'].map((name) => `Stopped the ${name}`));
    for (const pid of Object.values(instance.pids)) expect(pid === process.pid || !isLiving(pid ?? 0)).toBe(true);
    expect(readInstance(home)).toBeNull();
    expect(readdirSync(join(home, 'logs'))).toEqual(expect.arrayContaining(['postgres.log', 'server.log', 'temporal.log', 'worker.log']));
  });

  test('starts again what is killed, at the same addresses, and writes the new pid', async () => {
    const home = join(temporaryFolder(), 'home');
    const { supervisor } = supervise({ ASSOCIA_HOME: home });
    await supervisor.start();
    const before = instanceOf(home);

    for (const name of ['worker', 'server', 'broker', 'temporal', 'postgres'] as const) {
      const old = before.pids[name] ?? 0;
      process.kill(old, 'SIGKILL');
      await until(`a new ${name}`, () => ![old, null].includes(readInstance(home)?.pids[name] ?? null));
    }
    await until('a server that answers', async () => (await fetch(`${before.url}/status`).catch(() => null))?.status === 200);
    const { pids: oldPids, ...addresses } = before;
    const { pids, ...sameAddresses } = instanceOf(home);
    expect(sameAddresses).toEqual(addresses);
    for (const name of ['worker', 'server', 'broker', 'temporal', 'postgres'] as const) {
      expect(pids[name]).not.toBe(oldPids[name]);
      expect(isLiving(pids[name] ?? 0)).toBe(true);
    }
  });

  test('the reference broker has passwords of its own, nothing of the project, and is registered once for its address', async () => {
    const home = join(temporaryFolder(), 'home');
    const first = supervise({ ASSOCIA_HOME: home });
    await first.supervisor.start();
    const { brokerUrl } = instanceOf(home);
    await until('a registration', () => readBroker(home).registeredAs !== null);
    await first.supervisor.stop();
    const record = JSON.parse(readFileSync(join(home, 'broker.json'), 'utf8')) as Record<string, unknown>;
    expect(record).toMatchObject({ username: 'associa', registeredAs: brokerUrl });
    expect(statSync(join(home, 'broker.json')).mode & 0o777).toBe(0o600);

    const second = supervise({ ASSOCIA_HOME: home });
    await second.supervisor.start();
    expect(instanceOf(home).brokerUrl).toBe(brokerUrl);
    expect(second.said).toContain(`The reference broker is running on ${brokerUrl}`);
    await second.supervisor.stop();
    expect(readFileSync(join(home, 'registered'), 'utf8')).toBe('x');
  });

  test.each([
    ['changes take two persons', { ASSOCIA_TWO_PERSONS: 'yes' }], ['people sign on elsewhere', { OIDC_ISSUER: 'https://login.example.org', OIDC_CLIENT_ID: 'associa', OIDC_CLIENT_SECRET: 'a secret of sixteen' }],
  ])('the reference broker is not registered where %s', async (_where, env) => {
    const home = join(temporaryFolder(), 'home');
    const { supervisor } = supervise({ ASSOCIA_HOME: home, ...env });
    await supervisor.start();
    expect(instanceOf(home).brokerUrl).not.toBeNull();
    await supervisor.stop();
    expect(readdirSync(join(home, 'logs')).filter((name) => name.startsWith('register'))).toEqual([]);
  });

  test('repairs when Temporal is new and the database holds cases, and only then', async () => {
    const home = join(temporaryFolder(), 'home');
    const first = supervise({ ASSOCIA_HOME: home });
    await first.supervisor.start();
    expect(readFileSync(join(home, 'repaired'), 'utf8')).toBe('x'); // the stand-in migration brought an event
    await first.supervisor.stop();

    const second = supervise({ ASSOCIA_HOME: home });
    await second.supervisor.start();
    expect(readFileSync(join(home, 'repaired'), 'utf8')).toBe('x');

    // Its file is lost while everything runs.
    const killed = instanceOf(home).pids.temporal ?? 0;
    for (const file of readdirSync(home).filter((name) => name.startsWith('temporal.db'))) rmSync(join(home, file));
    process.kill(killed, 'SIGKILL');
    await until('a second repair', () => readFileSync(join(home, 'repaired'), 'utf8') === 'xx');
  });

  test('rehearses what ran before on the code that is about to run, once there are any, and before the worker polls', async () => {
    const home = join(temporaryFolder(), 'home');
    const first = supervise({ ASSOCIA_HOME: home });
    await first.supervisor.start();
    expect(existsSync(join(home, 'rehearsed'))).toBe(false);
    await first.supervisor.stop();

    const second = supervise({ ASSOCIA_HOME: home });
    await second.supervisor.start();
    expect(readFileSync(join(home, 'rehearsed'), 'utf8')).toBe('x');
    expect(second.said).toContain('What ran before was rehearsed on the code of this version: all replay');
    await second.supervisor.stop();

    const third = supervise({ ASSOCIA_HOME: home }, { rehearse: program('dying') });
    await expect(third.supervisor.start()).rejects.toThrow(/^This version would not go on with cases that are under way: .*\n.*the reason it gives/s);
    expect(third.said.filter((line) => line.includes('worker'))).toStrictEqual([]);
    await third.supervisor.stop();
  });

  test('starts only the rest when the database and Temporal are given', async () => {
    const folder = temporaryFolder();
    const giver = supervise({ ASSOCIA_HOME: join(folder, 'giver') });
    await giver.supervisor.start();
    const given = instanceOf(join(folder, 'giver'));

    const home = join(folder, 'taker');
    const taker = supervise({ ASSOCIA_HOME: home, DATABASE_URL: given.databaseUrl, TEMPORAL_ADDRESS: given.temporalAddress, TEMPORAL_NAMESPACE: 'another' });
    await taker.supervisor.start();
    expect(instanceOf(home)).toMatchObject({ databaseUrl: given.databaseUrl, databaseOwnerUrl: null, temporalUiUrl: null, pids: { postgres: null, temporal: null } });
    expect(existsSync(join(home, 'postgres'))).toBe(false);
    expect(taker.said).toContain('DATABASE_OWNER_URL is not set: migrations are not run');
    await taker.supervisor.stop();
  });
});

describe('a start that cannot succeed says why in one message', () => {
  test('a home that is held', async () => {
    const home = join(temporaryFolder(), 'home');
    const holder = supervise({ ASSOCIA_HOME: home });
    const url = await holder.supervisor.start();
    await expect(supervise({ ASSOCIA_HOME: home }).supervisor.start()).rejects.toThrow(
      `ASSOCIA_HOME ${home} is held by an Associa that is running (pid ${process.pid}) at ${url}`,
    );
    expect(readInstance(home)?.url).toBe(url);
  });

  test('a home that cannot be written', async () => {
    const file = join(temporaryFolder(), 'a file');
    writeFileSync(file, '');
    await expect(supervise({ ASSOCIA_HOME: join(file, 'home') }).supervisor.start()).rejects.toThrow(/^ASSOCIA_HOME .* cannot be written \(ENOTDIR/);
    // A file system that takes no folders: Node's own recursive mkdir would never come back.
    await expect(supervise({ ASSOCIA_HOME: '/proc/none/home' }).supervisor.start()).rejects.toThrow(/^ASSOCIA_HOME .* cannot be written/);
  });

  test('the passwords of the reference broker that cannot be read', async () => {
    const home = join(temporaryFolder(), 'home');
    mkdirSync(home, { mode: 0o700 });
    writeFileSync(join(home, 'broker.json'), '{ "username": "associa"');
    await expect(supervise({ ASSOCIA_HOME: home }).supervisor.start()).rejects.toThrow(`${join(home, 'broker.json')} cannot be read: it holds the passwords of the reference broker, put it back.`);
  });

  test('a port that is taken', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    onTestFinished(() => void other.close());
    const { supervisor } = supervise({ ASSOCIA_HOME: join(temporaryFolder(), 'home'), PORT: String(port) });
    await expect(supervisor.start()).rejects.toThrow(`PORT ${port} is taken on 127.0.0.1`);
  });

  test('a migration that fails', async () => {
    const { supervisor, said } = supervise({ ASSOCIA_HOME: join(temporaryFolder(), 'home') }, { migrate: program('dying') });
    await expect(supervisor.start()).rejects.toThrow(/`associa migrate` failed \(code 3\).*\nthe reason it gives/);
    await supervisor.stop();
    expect(said).toContain('Stopped the postgres');
  });

  test('a worker that does not stay up', async () => {
    const { supervisor } = supervise({ ASSOCIA_HOME: join(temporaryFolder(), 'home') }, { worker: program('dying'), server: program('worker') });
    await expect(supervisor.start()).rejects.toThrow(/The worker does not stay up: .*\nthe reason it gives/s);
  });

  test('a database that does not answer', async () => {
    const port = await freePort();
    const { supervisor } = supervise({ ASSOCIA_HOME: join(temporaryFolder(), 'home'), DATABASE_URL: `postgresql://a:b@127.0.0.1:${port}/c` });
    await expect(supervisor.start()).rejects.toThrow(`DATABASE_URL: the database 127.0.0.1:${port}/c cannot be used`);
  });
});

describe('after a supervisor that was killed', () => {
  test('what it left running is ended first', async () => {
    const home = join(temporaryFolder(), 'home');
    const killed = spawn(process.execPath, [...program('supervise'), home], { stdio: 'ignore' });
    onTestFinished(() => {
      killed.kill('SIGKILL');
      return endLeftovers(home, () => undefined);
    });
    await until('the first instance', () => (readInstance(home)?.pids.server ?? null) !== null);
    const left = instanceOf(home).pids;
    killed.kill('SIGKILL');
    await until('the supervisor gone', () => !isLiving(left.supervisor));
    expect(isLiving(left.postgres ?? 0)).toBe(true);

    const { supervisor, said } = supervise({ ASSOCIA_HOME: home });
    await supervisor.start();
    expect(said.filter((line) => line.startsWith('Ended the')).map((line) => line.split(' ')[2])).toEqual(['server', 'worker', 'broker', 'temporal', 'postgres']);
    for (const pid of [left.server, left.worker, left.broker, left.temporal, left.postgres]) expect(isLiving(pid ?? 0)).toBe(false);
  });

  test('a pid that belongs to somebody else by now is left alone', async () => {
    const home = temporaryFolder();
    const stranger = spawn(process.execPath, program('worker'), { stdio: 'ignore' });
    onTestFinished(() => void stranger.kill('SIGKILL'));
    const pid = stranger.pid ?? 0;
    const identity = { pid, startedAt: `${identify(pid)?.startedAt}0` };
    writeFileSync(join(home, 'running.json'), JSON.stringify({ supervisor: identity, children: { worker: identity } }));
    const { supervisor, said } = supervise({ ASSOCIA_HOME: home });
    await supervisor.start();
    expect(isLiving(pid)).toBe(true);
    expect(said.some((line) => line.startsWith('Ended'))).toBe(false);
  });

  test('a stale pid file of PostgreSQL that names a living stranger does not stop it', async () => {
    const dataDir = join(temporaryFolder(), 'postgres');
    const options = { dataDir, fsync: false, log: () => undefined };
    const first = await startPostgres(options);
    first.process.kill('SIGKILL');
    await first.ended;
    const pidFile = join(first.dataDir, 'postmaster.pid');
    writeFileSync(pidFile, readFileSync(pidFile, 'utf8').replace(/^\d+/, String(process.pid)));
    const second = await startPostgres(options);
    onTestFinished(() => second.stop());
    expect(isLiving(second.pid)).toBe(true);
  });
});

test('a stop in the middle of a start stops what was started', async () => {
  const home = join(temporaryFolder(), 'home');
  const { supervisor, said } = supervise({ ASSOCIA_HOME: home }, { server: program('worker') }); // never ready
  const starting = supervisor.start();
  starting.catch(() => undefined);
  await until('all parts', () => readInstance(home) !== null);
  await supervisor.stop();
  await expect(starting).rejects.toThrow('stopped while it was starting');
  expect(said).toContain('Stopped the postgres');
});

test('a hurried stop does not wait for a program that hangs', async () => {
  const home = join(temporaryFolder(), 'home');
  const { supervisor, said } = supervise({ ASSOCIA_HOME: home }, { worker: program('stubborn') });
  await supervisor.start();
  const { worker } = instanceOf(home).pids;
  const startedAt = Date.now();
  const stopping = supervisor.stop();
  await until('the worker asked', () => readFileSync(join(home, 'logs', 'worker.log'), 'utf8').includes('not now'));
  supervisor.hurry();
  await stopping;
  expect(Date.now() - startedAt).toBeLessThan(12_000); // its patience alone is 15 s
  expect(isLiving(worker ?? 0)).toBe(false);
  expect(said).toContain('Stopped the postgres');
});
