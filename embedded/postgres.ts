import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { toolPlaces } from '../config.ts';
import { startChild, type Child } from './child.ts';
import { StartupError } from './errors.ts';
import { lastLines } from './files.ts';
import { commandLine, endProcess, identify, type Escalation } from './identity.ts';
import { freePort } from './ports.ts';
import { postgresAccount } from './postgres-account.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import { addBroker, ensureCluster, POSTGRES_ENV, type ClusterSpec } from './postgres-cluster.ts';
import { placeData } from './postgres-place.ts';
import { withBroker, writeRecord } from './postgres-record.ts';

export interface PostgresOptions {
  /** Where the data is wanted; the passwords stand beside it, in `<dataDir>.json`. */
  readonly dataDir: string;
  readonly port?: number | undefined;
  /** Hears what takes time, in plain lines. */
  readonly log: (line: string) => void;
  /** Where the server's own log goes; beside the data by default. */
  readonly logFile?: string | undefined;
  /** false: faster, and nothing survives a crash of the machine. For tests. */
  readonly fsync?: boolean | undefined;
  /** Where data and programs go that the server's account cannot reach in place. */
  readonly systemDir?: string | undefined;
}

export interface Postgres extends Child {
  readonly port: number;
  /** The role that owns the database `associa` and may change its schema. */
  readonly ownerUrl: string;
  /** The role that may connect, and what the migrations grant. */
  readonly appUrl: string;
  /** The role that makes databases and roles of its own; its database `associa_broker`. */
  readonly brokerUrl: string;
  /** Where the data really is. */
  readonly dataDir: string;
}

/** SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one. */
export const POSTGRES_STOP: Escalation = [
  ['SIGINT', 20_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 5_000],
];

/** After a SIGKILL the children of the old server hold its shared memory for a moment; a chosen port may be taken. */
const ATTEMPTS = 20;
const PATIENCE_MS = 60_000;

/** Starts PostgreSQL on 127.0.0.1, made new at the first start, after ending what still runs on its data. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const requested = resolve(options.dataDir);
  const systemDir = options.systemDir ?? '/var/lib/associa';
  const account = postgresAccount(requested);
  const { dataDir, record: found } = placeData(requested, account, systemDir);
  const record = withBroker(found);
  const binDir = postgresBinaries(account, account === null ? toolPlaces().cacheDir : systemDir);
  if (dataDir !== requested) options.log(`PostgreSQL's account cannot reach ${requested}: its data is in ${dataDir}`);
  const spec = { binDir, dataDir, account, record, fsync: options.fsync ?? true };
  await endLeftover(dataDir, options.log);
  ensureCluster(spec);
  if (found.brokerPassword === null) {
    addBroker(spec);
    writeRecord(requested, record);
  }

  const logFile = options.logFile ?? `${requested}.log`;
  const { child, port } = await startWithPatience(spec, options.port, logFile);
  const url = (role: string, password: string | null, database = 'associa'): string => `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`;
  return {
    ...child,
    port,
    ownerUrl: url('associa_owner', record.ownerPassword),
    appUrl: url('associa_app', record.appPassword),
    brokerUrl: url('associa_broker', record.brokerPassword, 'associa_broker'),
    dataDir,
  };
}

async function startWithPatience(
  spec: ClusterSpec,
  port: number | undefined,
  logFile: string,
): Promise<{ child: Child; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const chosen = port ?? (await freePort());
    const child = await launch(spec, chosen, logFile);
    if (await isReady(child, spec.dataDir)) return { child, port: chosen };
    await child.stop();
    const reason = lastLines(logFile);
    const passes = /shared memory block|still in use|Address already in use/.test(reason);
    if (!passes || attempt === ATTEMPTS) {
      throw new StartupError(`PostgreSQL did not start on port ${chosen} (${await child.ended}), log ${logFile}:\n${reason}`);
    }
    await sleep(500);
  }
}

function launch(spec: ClusterSpec, port: number, logFile: string): Promise<Child> {
  const durable = spec.fsync ? 'on' : 'off';
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    fsync: durable,
    synchronous_commit: durable,
    full_page_writes: durable,
  };
  const asArguments = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return startChild({
    command: join(spec.binDir, 'postgres'),
    args: ['-D', spec.dataDir, ...asArguments],
    cwd: '/',
    env: POSTGRES_ENV,
    logFile,
    account: spec.account,
    stopWith: POSTGRES_STOP,
  });
}

/** The server writes its state into the last line of its pid file. */
async function isReady(child: Child, dataDir: string): Promise<boolean> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!child.hasEnded() && Date.now() < deadline) {
    const [pid, ...rest] = pidFile(dataDir);
    if (Number(pid) === child.pid && rest[6]?.trim() === 'ready') return true;
    await sleep(20);
  }
  return false;
}

/** Ends a server that still lives on the data; a pid file that a killed one left, with its pid reused, is removed. */
async function endLeftover(dataDir: string, log: (line: string) => void): Promise<void> {
  const pid = Number(pidFile(dataDir)[0]);
  if (!Number.isInteger(pid) || pid <= 1) return;
  const living = identify(pid);
  if (living !== null && commandLine(pid)?.includes(`-D ${dataDir} `) === true) {
    log(`A PostgreSQL left running on ${dataDir} (pid ${pid}) is ended`);
    await endProcess(living, POSTGRES_STOP);
  }
  rmSync(join(dataDir, 'postmaster.pid'), { force: true });
}

function pidFile(dataDir: string): string[] {
  try {
    return readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}
