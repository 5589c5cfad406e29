import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import pg from 'pg';
import { pino } from 'pino';
import { reconcile } from '../../activities/reconciler.ts';
import { childEnvironment, PROJECT_DIR } from '../../config.ts';
import { openDatabase, type Db } from '../../db/client.ts';
import { migrate, roleOf } from '../../db/migrate.ts';
import { openTenantKey, type TenantKey } from '../../db/tenant.ts';
import { startChild, type Child } from '../../embedded/child.ts';
import { startPostgres, type Postgres } from '../../embedded/postgres.ts';
import { findTemporal } from '../../embedded/temporal-binary.ts';
import { startTemporal, type Temporal } from '../../embedded/temporal.ts';
import { openClient } from '../../engine/connect.ts';
import { openConverter, type CaseConverter } from '../../engine/data-converter.ts';
import { Engine } from '../../engine/engine.ts';
import { temporaryFolder } from './folders.ts';

const NAMESPACE = 'associa';
const quiet = () => undefined;

export interface HeldAppends {
  /** Resolves when a worker's append stands before the lock. */
  untilOneWaits(): Promise<void>;
  /**
   * 'store': it goes through although its worker may be dead by then (stored, and nobody heard of it);
   * 'drop': it is ended and never stored.
   */
  release(how: 'store' | 'drop'): Promise<void>;
}

/** Servers and workers of its own, as real processes that a test may kill, freeze and bring back. */
export class FaultStack {
  readonly db: Db;
  readonly client: Client;
  readonly engine: Engine;
  /** The keys of the workers' own home. */
  readonly keysDir: string;
  private readonly folder: string;
  private postgres: Postgres;
  private temporal: Temporal;
  private readonly workers: Child[] = [];

  private constructor(folder: string, postgres: Postgres, temporal: Temporal, key: TenantKey, dataConverter: CaseConverter, deadlineMs: number) {
    this.folder = folder;
    this.keysDir = keysIn(folder);
    this.postgres = postgres;
    this.temporal = temporal;
    this.db = openDatabase(postgres.appUrl, key);
    this.client = openClient({ address: temporal.address }, NAMESPACE, dataConverter);
    this.engine = new Engine(this.client, { taskQueue: NAMESPACE, deadlineMs });
  }

  static async start(deadlineMs = 5_000): Promise<FaultStack> {
    const folder = temporaryFolder('fault');
    const [postgres, temporal] = await Promise.all([openPostgres(folder), openTemporal(folder)]);
    const keysDir = keysIn(folder);
    await migrate(postgres.ownerUrl, roleOf(postgres.appUrl), keysDir);
    return new FaultStack(folder, postgres, temporal, await openTenantKey(keysDir), await openConverter(keysDir), deadlineMs);
  }

  /** A worker as `npm start` runs it. It polls when this returns. */
  async startWorker(): Promise<Child> {
    const logFile = join(this.folder, `worker-${this.workers.length}.log`);
    const worker = await startChild({
      command: process.execPath,
      args: ['worker.ts'],
      cwd: PROJECT_DIR,
      env: childEnvironment({
        DATABASE_URL: this.postgres.appUrl, TEMPORAL_ADDRESS: this.temporal.address, TEMPORAL_NAMESPACE: NAMESPACE,
        ASSOCIA_HOME: this.folder, LOG_LEVEL: 'info', NODE_ENV: undefined, VITEST: undefined,
      }),
      logFile,
      stopWith: [['SIGTERM', 8_000], ['SIGKILL', 5_000]],
    });
    this.workers.push(worker);
    const log = () => readFileSync(logFile, 'utf8');
    for (const deadline = Date.now() + 60_000; !log().includes('worker polls'); await delay(100)) {
      if (worker.hasEnded() || Date.now() > deadline) throw new Error(`The worker did not start: ${log()}`);
    }
    return worker;
  }

  async killTemporal(): Promise<void> {
    await kill(this.temporal);
  }

  /** On the same port, with what its file kept, or without the file. */
  async restartTemporal(file: 'kept' | 'lost' = 'kept'): Promise<void> {
    if (file === 'lost') for (const suffix of ['', '-wal', '-shm']) rmSync(temporalFile(this.folder) + suffix, { force: true });
    this.temporal = await onItsPort(() => openTemporal(this.folder, this.temporal.port));
  }

  async killPostgres(): Promise<void> {
    await kill(this.postgres);
  }

  async restartPostgres(): Promise<void> {
    this.postgres = await onItsPort(() => openPostgres(this.folder, this.postgres.port));
  }

  /** Holds every append just before it is stored. */
  async holdAppends(): Promise<HeldAppends> {
    const holder = new pg.Client(this.postgres.ownerUrl);
    const killer = new pg.Client(this.postgres.appUrl);
    await Promise.all([holder.connect(), killer.connect()]);
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE commands IN SHARE MODE');
    const held = `FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE NOT l.granted AND a.application_name = 'associa-worker'`;
    return {
      async untilOneWaits() {
        for (let waiting = 0; waiting === 0; await delay(20)) {
          const { rows } = await killer.query<{ n: number }>(`SELECT count(*)::int AS n ${held}`);
          waiting = rows[0]?.n ?? 0;
        }
      },
      async release(how) {
        if (how === 'drop') await killer.query(`SELECT pg_terminate_backend(a.pid) ${held}`);
        await holder.query('COMMIT');
        await Promise.all([holder.end(), killer.end()]);
      },
    };
  }

  /** One sweep of the reconciler, as its schedule does each minute; gives the cases it woke. */
  async reconcile(): Promise<readonly string[]> {
    return (await reconcile(this.db, this.engine, pino({ level: 'silent' }), () => undefined)).behind;
  }

  async stop(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.stop()));
    await this.client.connection.close();
    await this.db.destroy();
    await Promise.all([this.postgres.stop(), this.temporal.stop()]);
    for (const folder of [this.folder, this.postgres.dataDir]) rmSync(folder, { recursive: true, force: true });
  }
}

function keysIn(folder: string): string {
  return join(folder, 'keys');
}

/** Kills a process at once, as a crash would, and waits until it is gone. */
export async function kill(victim: { readonly pid: number; readonly ended: Promise<string> }): Promise<void> {
  process.kill(victim.pid, 'SIGKILL');
  await victim.ended;
}

function openPostgres(folder: string, port?: number): Promise<Postgres> {
  return startPostgres({ dataDir: join(folder, 'postgres'), port, log: quiet, logFile: join(folder, 'postgres.log') });
}

async function openTemporal(folder: string, port?: number): Promise<Temporal> {
  return startTemporal({ binary: await findTemporal(quiet), dbFile: temporalFile(folder), port, headless: true, namespace: NAMESPACE, log: quiet });
}

function temporalFile(folder: string): string {
  return join(folder, 'temporal.db');
}

/** The port of who was killed may be given to a connection of somebody else meanwhile, for a moment: it is tried again. */
async function onItsPort<Server>(start: () => Promise<Server>): Promise<Server> {
  for (const deadline = Date.now() + 30_000; ; await delay(500)) {
    try {
      return await start();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}
