import { join } from 'node:path';
import { checkDatabase, checkTemporal } from './external.ts';
import { startPostgres } from './postgres.ts';
import type { Stage } from './stage.ts';
import { findTemporal } from './temporal-binary.ts';
import { startTemporal, type Temporal } from './temporal.ts';

export interface Database {
  readonly url: string;
  /** null: migrations are somebody else's. */
  readonly ownerUrl: string | null;
  /** The reference broker's role; null: it is not run beside a database that was given. */
  readonly brokerUrl: string | null;
}

export interface Engine {
  readonly address: string;
  readonly uiUrl: string | null;
  /** True for a Temporal of ours that may hold runs of an earlier version. */
  readonly hasPast: boolean;
}

/** The database that was given, or the embedded PostgreSQL in the home. */
export async function openDatabase(stage: Stage): Promise<Database> {
  const { databaseUrl, databaseOwnerUrl, home } = stage.config;
  if (databaseUrl !== null) {
    await checkDatabase(databaseUrl);
    return { url: databaseUrl, ownerUrl: databaseOwnerUrl, brokerUrl: null };
  }
  const logFile = stage.logFile('postgres');
  let port: number | undefined;
  let database: Database = { url: '', ownerUrl: null, brokerUrl: null };
  await stage.keep(
    'postgres',
    () => startPostgres({ dataDir: join(home, 'postgres'), port, logFile, log: stage.say }),
    (started) => {
      port = started.port; // the next one takes the same, so that addresses stay true
      database = { url: started.appUrl, ownerUrl: started.ownerUrl, brokerUrl: started.brokerUrl };
    },
  );
  stage.say(`PostgreSQL is running on 127.0.0.1:${port}`);
  return database;
}

/** The Temporal that was given, or the embedded one; `onNew` hears when one starts that knows of no workflow. */
export async function openTemporal(stage: Stage, onNew: () => void): Promise<Engine> {
  const { temporal, home } = stage.config;
  if (temporal.address !== null) {
    await checkTemporal(stage.reachTemporal(temporal.address, temporal), temporal.namespace, stage);
    return { address: temporal.address, uiUrl: null, hasPast: false };
  }
  const binary = await findTemporal(stage.say);
  const options = { binary, dbFile: join(home, 'temporal.db'), namespace: temporal.namespace, logFile: stage.logFile('temporal') };
  let last: Temporal | undefined;
  let engine: Engine = { address: '', uiUrl: null, hasPast: false };
  await stage.keep(
    'temporal',
    () => startTemporal({ ...options, port: last?.port, uiPort: last?.uiPort ?? undefined, log: stage.say }),
    (started) => {
      last = started;
      engine = { address: started.address, uiUrl: started.uiUrl, hasPast: !started.fresh };
      if (started.fresh) onNew();
    },
  );
  stage.say(`Temporal is running on ${engine.address}, its own console on ${engine.uiUrl}`);
  return engine;
}
