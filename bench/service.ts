import { pino } from 'pino';
import { createActivities } from '../activities/index.ts';
import { Archiver } from '../engine/archive/archiver.ts';
import { buildApp } from '../api/app.ts';
import { openKeys } from '../api/auth/keys.ts';
import { issueToken } from '../api/auth/tokens.ts';
import { loadConfig } from '../config.ts';
import { openDatabase } from '../db/client.ts';
import { openLogKeys } from '../db/log/keys.ts';
import { Sequencer } from '../db/log/sequencer.ts';
import { openTenantKey } from '../db/tenant.ts';
import { keptBundle } from '../engine/kept-bundle.ts';
import { openClient } from '../engine/connect.ts';
import { openConverter } from '../engine/data-converter.ts';
import { Engine } from '../engine/engine.ts';
import { Runs } from '../engine/runs.ts';
import { installRuntime, startWorker } from '../engine/worker.ts';
import { startServers } from './servers.ts';

/** The whole service with its worker, on servers of its own. */
export interface Service {
  readonly url: string;
  readonly token: (role: 'operator' | 'member', body?: string) => Promise<string>;
  /** Sends to the interface; answers what it answers. Throws unless it is answered as it should be. */
  readonly post: (path: string, bearer: string, body: object, status?: number) => Promise<{ readonly id: string }>;
  stop(): Promise<void>;
}

export async function startService(rateLimitPerMinute = 0): Promise<Service> {
  installRuntime(() => undefined);
  const servers = await startServers(loadConfig());
  const { connection, namespace, keysDir } = servers;
  const log = pino({ level: 'silent' });
  const db = openDatabase(servers.appUrl, await openTenantKey(keysDir));
  const keys = await openKeys(keysDir);
  const dataConverter = await openConverter(keysDir);
  const client = openClient(connection, namespace, dataConverter);
  const taskQueue = `bench-${process.pid}`;
  const engine = new Engine(client, { taskQueue, deadlineMs: 30_000 });
  const worker = await startWorker({ connection, namespace, taskQueue, bundle: await keptBundle(), dataConverter, activities: createActivities(db, engine, new Archiver(client, db, async () => undefined), log) });
  // As in the worker's own process.
  const sequencer = new Sequencer(db, await openLogKeys(keysDir, 'bench.example.org'), log);
  sequencer.start();
  let address: string | undefined;
  const app = await buildApp({ db, engine, runs: new Runs(client), keys, log, twoPersons: false, rateLimitPerMinute, ownUrl: () => address });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  address = url;
  return {
    url,
    token: (role, body) => issueToken(keys, { role, body, issuer: url }),
    async post(path, bearer, body, status = 201) {
      const answer = await fetch(`${url}${path}`, { method: 'POST', headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' }, body: JSON.stringify(body) });
      if (answer.status !== status) throw new Error(`${path}: ${await answer.text()}`);
      return answer.json() as Promise<{ readonly id: string }>;
    },
    async stop() {
      await app.close();
      await Promise.all([worker.stop(), sequencer.stop()]);
      await client.connection.close();
      await db.destroy();
      await servers.stop();
    },
  };
}
