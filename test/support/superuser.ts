import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { openDatabase, type Db } from '../../db/client.ts';
import { migrate, roleOf } from '../../db/migrate.ts';
import { openTenantKey } from '../../db/tenant.ts';
import { startPostgres } from '../../embedded/postgres.ts';
import { databaseUrl } from './database.ts';
import { temporaryFolder } from './folders.ts';

/** A PostgreSQL of its own in which somebody is superuser: the embedded one lets nobody be that. */
export interface OpenPostgres {
  readonly keysDir: string;
  readonly appUrl: string;
  /** Copies a database that nobody is connected to. */
  copy(from: string, to: string): Promise<void>;
  /** As the application sees it. */
  open(database: string): Promise<Db>;
  /** As superuser, with no trigger and no foreign key in force, and nothing of it left to be seen afterwards. */
  asSuperuser(database: string, ...statements: readonly (string | [string, unknown[]])[]): Promise<pg.QueryResult[]>;
  stop(): Promise<void>;
}

/** Its database `associa` is migrated and empty. */
export async function startOpenPostgres(): Promise<OpenPostgres> {
  const folder = temporaryFolder('open');
  const keysDir = join(folder, 'keys');
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), log: () => undefined, fsync: false });
  await migrate(postgres.ownerUrl, roleOf(postgres.appUrl), keysDir);
  appendFileSync(join(postgres.dataDir, 'pg_hba.conf'), 'host all postgres 127.0.0.1/32 trust\n');
  process.kill(postgres.pid, 'SIGHUP');
  const connect = (database: string): Promise<pg.Client> => connected(`postgresql://postgres@127.0.0.1:${postgres.port}/${database}`);
  const asSuperuser: OpenPostgres['asSuperuser'] = async (database, ...statements) => {
    const client = await connect(database);
    try {
      await client.query('SET session_replication_role = replica');
      const results: pg.QueryResult[] = [];
      for (const statement of statements) results.push(await (typeof statement === 'string' ? client.query(statement) : client.query(...statement)));
      return results;
    } finally {
      await client.end();
    }
  };
  return {
    keysDir, appUrl: postgres.appUrl, asSuperuser,
    async copy(from, to) { await asSuperuser('postgres', `CREATE DATABASE ${to} TEMPLATE ${from} OWNER associa_owner`, `GRANT CONNECT ON DATABASE ${to} TO associa_app`); },
    async open(database) { return openDatabase(databaseUrl(postgres.appUrl, database), await openTenantKey(keysDir)); },
    async stop() {
      await postgres.stop();
      for (const path of [folder, postgres.dataDir]) rmSync(path, { recursive: true, force: true });
    },
  };
}

/** The server reads its rules of access a moment after it was told to. */
async function connected(url: string): Promise<pg.Client> {
  for (let attempt = 1; ; attempt += 1) {
    const client = new pg.Client(url);
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (attempt === 100) throw error;
      await delay(50);
    }
  }
}
