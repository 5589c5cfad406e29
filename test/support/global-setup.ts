import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProvidedContext } from 'vitest';
import type { TestProject } from 'vitest/node';
import { migrate, roleOf } from '../../db/migrate.ts';
import { startPostgres } from '../../embedded/postgres.ts';
import { keptBundle } from '../../engine/kept-bundle.ts';
import { findTemporal } from '../../embedded/temporal-binary.ts';
import { startTemporal } from '../../embedded/temporal.ts';
import pg from 'pg';
import { databaseUrl, TEMPLATE } from './database.ts';
import { temporaryFolder } from './folders.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    ownerUrl: string;
    appUrl: string;
    /** Of the role that makes databases and roles, into its own database. */
    brokerUrl: string;
    temporalAddress: string;
    /** Keys folder of the template's migration. */
    keysDir: string;
    /** File of the workflow bundle of this very code, built once for all files. */
    bundleFile: string;
  }
}

interface Servers {
  readonly provided: ProvidedContext;
  stop(): Promise<void>;
}

/** Layers that run together share one PostgreSQL and one Temporal: Vitest loads this file once a project. */
const shared = globalThis as { associaTestServers?: { servers: Promise<Servers>; users: number } };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.associaTestServers ??= { servers: start(), users: 0 };
  const entry = shared.associaTestServers;
  entry.users += 1;
  const { provided } = await entry.servers;
  for (const [name, value] of Object.entries(provided)) project.provide(name as keyof typeof provided, value);
  return async () => {
    entry.users -= 1;
    if (entry.users > 0) return;
    delete shared.associaTestServers;
    await (await entry.servers).stop();
  };
}

async function start(): Promise<Servers> {
  const folder = temporaryFolder('test');
  const quiet = () => undefined;
  const bundleFile = join(folder, 'bundle.json');
  const [postgres, temporal, bundle] = await Promise.all([
    startPostgres({ dataDir: join(folder, 'postgres'), log: quiet, fsync: false }),
    findTemporal(quiet).then((binary) => startTemporal({ binary, dbFile: null, headless: true, namespace: 'associa-test', log: quiet })),
    keptBundle(),
  ]);
  writeFileSync(bundleFile, JSON.stringify(bundle));
  const keysDir = join(folder, 'keys');
  await makeTemplate(postgres.ownerUrl, postgres.appUrl, keysDir);
  return {
    provided: { ownerUrl: postgres.ownerUrl, appUrl: postgres.appUrl, brokerUrl: postgres.brokerUrl, temporalAddress: temporal.address, keysDir, bundleFile },
    async stop() {
      await Promise.all([postgres.stop(), temporal.stop()]);
      rmSync(folder, { recursive: true, force: true });
      rmSync(postgres.dataDir, { recursive: true, force: true });
    },
  };
}

/** A migrated database that every test file clones: faster than migrating, and each file has its own. */
async function makeTemplate(ownerUrl: string, appUrl: string, keysDir: string): Promise<void> {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  await client.query(`CREATE DATABASE ${TEMPLATE}`);
  await client.end();
  await migrate(databaseUrl(ownerUrl, TEMPLATE), roleOf(appUrl), keysDir);
}
