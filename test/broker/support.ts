import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { inject } from 'vitest';
import { childEnvironment, PROJECT_DIR } from '../../config.ts';
import { freePort } from '../../embedded/ports.ts';
import { databaseName } from '../../reference-broker/hosting.ts';
import { readLedger, type LedgerReport } from '../../reference-broker/ledger-report.ts';
import { databaseUrl } from '../support/database.ts';
import { temporaryFolder } from '../support/folders.ts';
import { Client } from './client.ts';

/** The reference broker as a process of its own, on a ledger of its own in the PostgreSQL of the tests. */
export interface ReferenceBroker {
  readonly client: Client;
  /** What it is registered by. */
  readonly account: { readonly url: string; readonly username: string; readonly password: string };
  /** Of the role that owns what it makes, into its ledger. */
  readonly databaseUrl: string;
  /** The faults from now on; none. */
  order(...faults: object[]): void;
  /** kill -9 and wait for the end. */
  kill(): Promise<void>;
  /** SIGTERM and wait for the end. */
  terminate(): Promise<void>;
  /** Ends by itself: resolves when it has. */
  ended(): Promise<void>;
  start(): Promise<void>;
  /** What `npm run broker -- ledger --json` prints, without the time that a process takes. */
  ledger(): Promise<LedgerReport>;
  /** The output of the broker's own command. */
  command(...args: readonly string[]): Promise<string>;
  log(): string;
  /** SIGTERM, then everything it made is removed. */
  stop(): Promise<void>;
}

const USERNAME = 'platform';
const MAIN = join(PROJECT_DIR, 'reference-broker', 'main.ts');

/** Starts it; `environment` for what a test wants otherwise. */
export async function startReferenceBroker(environment: Readonly<Record<string, string>> = {}): Promise<ReferenceBroker> {
  const folder = temporaryFolder('broker');
  const [faultsFile, logFile] = [join(folder, 'faults.json'), join(folder, 'broker.log')];
  writeFileSync(faultsFile, '[]');
  const name = `test_broker_${randomBytes(6).toString('hex')}`;
  await asBroker((client) => client.query(`CREATE DATABASE ${name}`));
  const password = randomBytes(18).toString('base64url');
  const port = await freePort();
  const ledgerUrl = databaseUrl(inject('brokerUrl'), name);
  const env = childEnvironment({
    BROKER_DATABASE_URL: ledgerUrl, BROKER_USERNAME: USERNAME, BROKER_PASSWORD: password, BROKER_KEY: randomBytes(32).toString('base64'), BROKER_PORT: String(port),
    BROKER_FAULTS: faultsFile, BROKER_ALLOW_FAULTS: 'yes', ...environment,
  });
  const client = new Client(`http://127.0.0.1:${port}`, USERNAME, password);
  let child: ChildProcess | null = null;
  const ended = async (): Promise<void> => {
    while (child !== null && child.exitCode === null && child.signalCode === null) await sleep(10);
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child?.kill(signal);
    await ended();
  };
  const start = async (): Promise<void> => {
    child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const log = createWriteStream(logFile, { flags: 'a' });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(20)) {
      if (child.exitCode !== null) break;
      if (await client.get('/v2/catalog').then(({ status }) => status === 200, () => false)) return;
    }
    throw new Error(`the broker does not start: ${readFileSync(logFile, 'utf8')}`);
  };
  await start();
  return {
    client, account: { url: client.url, username: USERNAME, password }, databaseUrl: ledgerUrl, ended, start,
    order: (...faults) => { writeFileSync(faultsFile, JSON.stringify(faults)); },
    kill: () => end('SIGKILL'),
    terminate: () => end('SIGTERM'),
    ledger: () => asBroker(readLedger, ledgerUrl),
    command: (...args) => outputOf(args, env),
    log: () => readFileSync(logFile, 'utf8'),
    async stop() {
      await end('SIGTERM');
      await asBroker((admin) => removeAll(admin, ledgerUrl, name));
    },
  };
}

/** The output of the broker's command; rejects with what it said when it fails. */
async function outputOf(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, [MAIN, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const parts: { out: string; err: string } = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => { parts.out += chunk.toString('utf8'); });
  child.stderr.on('data', (chunk: Buffer) => { parts.err += chunk.toString('utf8'); });
  const code = await new Promise((resolve) => { child.once('close', resolve); });
  if (code !== 0) throw new Error(parts.err);
  return parts.out;
}

export async function asBroker<Result>(work: (client: pg.Client) => Promise<Result>, url: string = inject('brokerUrl')): Promise<Result> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** What the ledger's instances left in the cluster, and the ledger. */
async function removeAll(admin: pg.Client, ledgerUrl: string, ledger: string): Promise<void> {
  const names = await asBroker(async (client) => (await client.query<{ id: string }>('SELECT DISTINCT instance_id AS id FROM broker.operations')).rows.map(({ id }) => id), ledgerUrl);
  for (const database of names.map(databaseName)) {
    await admin.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    const { rows } = await admin.query<{ rolname: string }>('SELECT rolname FROM pg_roles WHERE starts_with(rolname, $1) ORDER BY length(rolname) DESC', [database]);
    for (const { rolname } of rows) await admin.query(`DROP ROLE ${rolname}`);
  }
  await admin.query(`DROP DATABASE ${ledger} WITH (FORCE)`);
}

export const newId = (): string => randomUUID();
