import { randomBytes } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { pino } from 'pino';
import { inject } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { buildBundle } from '../../engine/bundle.ts';
import { openClient } from '../../engine/connect.ts';
import { Engine } from '../../engine/engine.ts';
import { installRuntime, startWorker, type RunningWorker } from '../../engine/worker.ts';
import { testDatabase, type TestDatabase } from './database.ts';

installRuntime(() => undefined);

export interface Stack extends TestDatabase {
  readonly client: Client;
  readonly engine: Engine;
  readonly taskQueue: string;
  readonly worker: RunningWorker;
  stop(): Promise<void>;
}

export interface StackOptions {
  readonly deadlineMs?: number;
  readonly continueAfter?: number;
}

/** Real PostgreSQL, real Temporal and a worker in this process, with a database and a task queue of their own. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const database = await testDatabase();
  const taskQueue = `test-${randomBytes(6).toString('hex')}`;
  const namespace = inject('temporalNamespace');
  const connection = { address: inject('temporalAddress') };
  const client = openClient(connection, namespace);
  const engine = new Engine(client, { taskQueue, deadlineMs: options.deadlineMs ?? 10_000, continueAfter: options.continueAfter });
  const log = pino({ level: 'silent' });
  const worker = await startWorker({
    connection, namespace, taskQueue, bundle: await buildBundle(), activities: createActivities(database.db, engine, log),
  });
  return {
    ...database, client, engine, taskQueue, worker,
    async stop() {
      await worker.stop();
      await client.connection.close();
      await database.drop();
    },
  };
}
