import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import { inject } from 'vitest';
import { openKeys } from '../../api/auth/keys.ts';
import { loadBodies, type Bodies } from '../../api/bodies.ts';
import { campaignActs } from '../../api/campaigns/acting.ts';
import { makeContext } from '../../api/context.ts';
import { createActivities } from '../../activities/index.ts';
import type { BrokerCaller } from '../../brokers/caller.ts';
import { makeBrokerCaller } from '../../brokers/make.ts';
import type { BrokerPolicy } from '../../brokers/policy.ts';
import { DEFAULT_BACKUP_RETENTION_DAYS } from '../../config.ts';
import { Runs } from '../../engine/runs.ts';
import { Archiver } from '../../engine/archive/archiver.ts';
import { Vault } from '../../db/vault/vault.ts';
import { QUICK } from '../brokers/policy.ts';
import { raiseAlarm } from '../../db/alarms.ts';
import { ensureNamespace } from '../../embedded/namespace.ts';
import { openConverter, type CaseConverter } from '../../engine/data-converter.ts';
import { ConstitutionFollower } from '../../engine/constitution-follower.ts';
import { Engine } from '../../engine/engine.ts';
import { ensureSilentRuntime, startWorker, type RunningWorker } from '../../engine/worker.ts';
import { testBundle } from './bundle.ts';
import { testDatabase, type TestDatabase } from './database.ts';
import { temporaryFolder } from './folders.ts';

export interface Stack extends TestDatabase {
  readonly client: Client;
  readonly engine: Engine;
  readonly taskQueue: string;
  readonly namespace: string;
  readonly worker: RunningWorker;
  readonly dataConverter: CaseConverter;
  /** Where the keys of the payloads are. */
  readonly keysDir: string;
  stop(): Promise<void>;
}

export interface StackOptions {
  readonly deadlineMs?: number;
  readonly continueAfter?: number;
  /** Where the keys of the payloads are; one of its own by default. */
  readonly keysDir?: string;
  /** The comuni that campaigns open adhesions of; those of the territory by default. */
  readonly bodies?: Bodies | undefined;
  /** How long brokers are waited for; a hundredth of the service's times by default. */
  readonly brokers?: BrokerPolicy;
  /** What answers in place of brokers, where the answers of two shells are to be equal. */
  readonly answers?: Pick<BrokerCaller, 'call'>;
}

/**
 * Real PostgreSQL, real Temporal and a worker in this process, with a database and a namespace of their own: workflow ids
 * are those of the cases, and two stacks may have the same case.
 */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const database = await testDatabase();
  const taskQueue = `test-${randomBytes(6).toString('hex')}`;
  const address = { address: inject('temporalAddress') };
  const connection = await Connection.connect(address);
  const namespace = taskQueue;
  await ensureNamespace(connection, namespace);
  const keysDir = options.keysDir ?? temporaryFolder('keys');
  const dataConverter = await openConverter(keysDir);
  const client = new Client({ connection, namespace, dataConverter });
  const engine = new Engine(client, { taskQueue, deadlineMs: options.deadlineMs ?? 10_000, continueAfter: options.continueAfter });
  const log = pino({ level: 'silent' });
  // For each: it ends with its last worker, and files share a process.
  ensureSilentRuntime();
  const acts = campaignActs(makeContext(database.db, {
    engine, runs: new Runs(client), sequencedWithinMs: 0, keys: await openKeys(keysDir), bodies: options.bodies ?? loadBodies(), log, twoPersons: false,
  }, DEFAULT_BACKUP_RETENTION_DAYS));
  const worker = await startWorker({
    connection: address, namespace, taskQueue, bundle: testBundle(), dataConverter,
    activities: { ...createActivities(database.db, engine, new Archiver(client, database.db, (alarm) => raiseAlarm(database.db, log, alarm)), log, options.answers ?? makeBrokerCaller(database.db, new Vault(keysDir, null), log, options.brokers ?? QUICK)), ...acts },
  });
  // The data of the tests' own comuni are those that the constitution began with.
  const follower = new ConstitutionFollower(database.db, engine, null, log);
  follower.start();
  return {
    ...database, client, engine, taskQueue, namespace, worker, dataConverter, keysDir,
    async stop() {
      await follower.stop();
      await worker.stop();
      await connection.close();
      await database.drop();
      if (options.keysDir === undefined) rmSync(keysDir, { recursive: true, force: true });
    },
  };
}
