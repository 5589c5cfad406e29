import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { inject } from 'vitest';
import { openDatabase, type Db } from '../../db/client.ts';
import { roleOf } from '../../db/migrate.ts';
import { openTenantKey, WHOLE_TERRITORY } from '../../db/tenant.ts';

export const TEMPLATE = 'associa_template';

export interface TestDatabase {
  /** As the application's role. */
  readonly db: Db;
  readonly appUrl: string;
  readonly ownerUrl: string;
  drop(): Promise<void>;
}

/** A database of its own, cloned from the migrated template, or from another that nobody is connected to. */
export async function testDatabase(template: string = TEMPLATE): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asOwner(inject('ownerUrl'), `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const appUrl = databaseUrl(inject('appUrl'), name);
  const db = openDatabase(appUrl, await openTenantKey(inject('keysDir')));
  return {
    db,
    appUrl,
    ownerUrl: databaseUrl(inject('ownerUrl'), name),
    async drop() {
      await db.destroy();
      await dropWhenIdle(name);
    },
  };
}

/** Nobody but the superuser may end an autovacuum that happens to be at work in it: then it is dropped a little later. */
export async function dropWhenIdle(name: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await asOwner(inject('ownerUrl'), `DROP DATABASE ${name} WITH (FORCE)`);
      return;
    } catch (error) {
      if (attempt === 50) throw error;
      await delay(200);
    }
  }
}

export function databaseUrl(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

/** One statement as the owner role. Rejects with the database's error. */
export async function asOwner(url: string, statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Meanwhile the application may not do this, e.g. `INSERT ON events`: the store refuses it. */
export async function withoutRight<T>({ ownerUrl, appUrl }: Pick<TestDatabase, 'ownerUrl' | 'appUrl'>, right: string, meanwhile: () => Promise<T>): Promise<T> {
  const role = roleOf(appUrl);
  await asOwner(ownerUrl, `REVOKE ${right} FROM ${role}`);
  try {
    return await meanwhile();
  } finally {
    await asOwner(ownerUrl, `GRANT ${right} TO ${role}`);
  }
}

/** A session of the application's role that acts for a tenant; null: one that says nothing, as a stolen password gives it. */
export async function asApplication<T>(url: string, tenant: string | null, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    if (tenant !== null) await enter(client, tenant);
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Proves a tenant for the whole of a session. */
export async function enter(client: pg.Client, tenant = WHOLE_TERRITORY): Promise<void> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const proof = (await openTenantKey(inject('keysDir'))).proof(tenant, rows[0]?.pid ?? 0, 60);
  await client.query('SELECT enter_tenant($1, false)', [proof]);
}
