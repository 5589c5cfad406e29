import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { buildApp } from '../../api/app.ts';
import { openKeys, type Keys } from '../../api/auth/keys.ts';
import { openDatabase } from '../../db/client.ts';
import { openLogKeys } from '../../db/log/keys.ts';
import { createTenantKey } from '../../db/tenant.ts';
import { openClient } from '../../engine/connect.ts';
import { openConverter } from '../../engine/data-converter.ts';
import { Engine } from '../../engine/engine.ts';
import { Runs } from '../../engine/runs.ts';

export interface Unconnected {
  readonly app: FastifyInstance;
  readonly keys: Keys;
  readonly stop: () => Promise<void>;
}

/** The interface while PostgreSQL and Temporal are away: nobody listens where they should be. */
export async function unconnectedApp(): Promise<Unconnected> {
  const folder = mkdtempSync(join(tmpdir(), 'associa-unconnected-'));
  const db = openDatabase('postgresql://nobody@127.0.0.1:1/none', await createTenantKey(folder), { max: 2 });
  const client = openClient({ address: '127.0.0.1:1' }, 'none', await openConverter(folder));
  const keys = await openKeys(folder);
  await openLogKeys(folder, 'associa.example/log');
  const app = await buildApp({ db, engine: new Engine(client, { taskQueue: 'none', deadlineMs: 500 }), runs: new Runs(client), keys, log: pino({ level: 'silent' }), twoPersons: false });
  return {
    app, keys,
    stop: async () => {
      await app.close();
      await db.destroy();
      await client.connection.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
