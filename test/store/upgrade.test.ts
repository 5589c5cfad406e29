import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import canonicalize from 'canonicalize';
import { Kysely, PostgresDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { verify } from '../../audit/verify.ts';
import { openDatabase, type Db } from '../../db/client.ts';
import { migrate, MIGRATIONS, roleOf } from '../../db/migrate.ts';
import type { ProjectionAlarm } from '../../db/projections/project.ts';
import { rebuildOlderRows } from '../../db/projections/rebuild.ts';
import { PROJECTION } from '../../db/projections/summary.ts';
import { listCases } from '../../db/queries/cases.ts';
import { openTenantKey } from '../../db/tenant.ts';
import { asOwner, databaseUrl, dropWhenIdle } from '../support/database.ts';

/** Rows as a version wrote them whose last migration was the event store: a convention in force, a case that was closed, a service at work. */
const OLD_ROWS = JSON.parse(readFileSync(new URL('../golden/databases/2026-11-22-event-store.json', import.meta.url), 'utf8')) as Record<'commands' | 'events' | 'cases', object[]>;
const OLD_SCHEMA = '2026-11-22-event-store';

let name: string;
let ownerUrl: string;
let db: Db;
beforeEach(async () => {
  name = `upgrade_${randomBytes(6).toString('hex')}`;
  await asOwner(inject('ownerUrl'), `CREATE DATABASE ${name}`);
  ownerUrl = databaseUrl(inject('ownerUrl'), name);
  await fillOldDatabase();
  await migrate(ownerUrl, roleOf(inject('appUrl')), inject('keysDir'));
  db = openDatabase(databaseUrl(inject('appUrl'), name), await openTenantKey(inject('keysDir')));
});
afterEach(async () => {
  await db.destroy();
  await dropWhenIdle(name);
});

async function fillOldDatabase(): Promise<void> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 1, options: `-c associa.app_role=${roleOf(inject('appUrl'))}` });
  const owner = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const { error } = await new Migrator({ db: owner, provider: MIGRATIONS }).migrateTo(OLD_SCHEMA);
  expect(error).toBeUndefined();
  // One statement, as it was written: commands and events point at each other.
  const insert = (table: keyof typeof OLD_ROWS, index: number) => {
    const columns = Object.keys(OLD_ROWS[table][0] ?? {}).join(', ');
    return `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $${index})`;
  };
  await pool.query(
    `WITH c AS (${insert('commands', 1)}), e AS (${insert('events', 2)}) ${insert('cases', 3)}`,
    [OLD_ROWS.commands, OLD_ROWS.events, OLD_ROWS.cases].map((rows) => JSON.stringify(rows)),
  );
  await owner.destroy();
}

const refuseAlarm: ProjectionAlarm = (stream, error) => { throw new Error(stream, { cause: error }); };
const differing = async () => (await verify(db)).findings.map(({ code, stream }) => `${code} ${stream ?? ''}`);
const inManagement = async () => (await listCases(db, { process: 'adhesion', body: null, phase: 'MANAGEMENT', today: '2026-11-22', limit: 10 })).map(({ id }) => id);

describe('a database of the version before', () => {
  it('has its events, its chains and its cases, and rows that a worker writes anew', async () => {
    expect(await differing()).toEqual(['adhesion/c_d845-1', 'adhesion/c_g078-1', 'migration/c_d845-1.RTD_COMMUNITY'].map((stream) => `READ_MODEL_DIFFERS ${stream}`));
    expect(await rebuildOlderRows(db, refuseAlarm)).toBe(3);
      expect(await verify(db)).toEqual({ ok: true, checked: { events: 44, streams: 3, histories: 0, bundles: 0, grants: 72, rowSecurity: 26, guards: 466, cases: 3 }, findings: [] });
    expect(await inManagement()).toEqual(['c_d845-1']);
    expect(await rebuildOlderRows(db, refuseAlarm)).toBe(0);
  });

  it('is read before that as its events say, not as its rows do', async () => {
    const [found] = await listCases(db, { process: 'adhesion', body: 'c_d845', today: '2026-11-22', limit: 10 });
    expect(found).toMatchObject({ id: 'c_d845-1', version: 39, state: { membership: { preparation: null }, deliberation: { preparedBy: null } } });
  });

  it('loses no case to one that cannot be folded: that one is stale, the alarm is raised', async () => {
    await asOwner(ownerUrl, `
      ALTER TABLE events DISABLE TRIGGER events_append_only;
      UPDATE events SET type = 'MigrationClosed' WHERE stream = 'migration/c_d845-1.RTD_COMMUNITY' AND version = 1`);
    const alarms: string[] = [];
    expect(await rebuildOlderRows(db, (stream) => { alarms.push(stream); })).toBe(3);
    expect(alarms).toEqual(['migration/c_d845-1.RTD_COMMUNITY']);
    expect(await db.selectFrom('cases').select(['id', 'stale', 'projection']).orderBy('id').execute()).toEqual([
      { id: 'c_d845-1', stale: false, projection: PROJECTION },
      { id: 'c_d845-1.RTD_COMMUNITY', stale: true, projection: PROJECTION },
      { id: 'c_g078-1', stale: false, projection: PROJECTION },
    ]);
  });
});

/** Of the rows above, with what a list filters by. */
const KNOWN_AS: Readonly<Record<number, string>> = { 11: 'a861a3ce480903d73a7fc91084ee26c4f95186083cf16c59aa41efb7d8c2315a' };

describe('the projection', () => {
  it('gives from the same events the rows that its number is known for: who changes them counts PROJECTION up', async () => {
    await rebuildOlderRows(db, refuseAlarm);
    const rows = await db.selectFrom('cases').select(['id', 'phase', 'waiting_for', 'late_from', 'agenda', 'state', 'projection']).orderBy('id').execute();
    expect({ [PROJECTION]: createHash('sha256').update(canonicalize(rows) ?? '').digest('hex') }).toEqual({ [PROJECTION]: KNOWN_AS[PROJECTION] });
  });
});
