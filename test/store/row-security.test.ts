import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { databaseOf, openDatabase, type Db } from '../../db/client.ts';
import { append } from '../../db/event-store/append.ts';
import { createProjector } from '../../db/projections/project.ts';
import { migrate, roleOf } from '../../db/migrate.ts';
import { openTenantKey, WHOLE_TERRITORY } from '../../db/tenant.ts';
import { Journal } from '../../db/journal.ts';
import { asApplication, asOwner, testDatabase, type TestDatabase } from '../support/database.ts';
import { ABBIATEGRASSO, open, OPERATOR, stamped } from '../support/procedure.ts';
import { processOf } from '../../domain/processes.ts';

const OWN = 'c_a010';
const OTHER = 'c_f205';
const STREAMS = { [OWN]: `adhesion/${OWN}-1`, [OTHER]: `adhesion/${OTHER}-1` } as const;
const TABLES = ['events', 'commands', 'cases', 'texts', 'documents', 'drafts', 'subjects', 'webhooks', 'cursors', 'alarms', 'identities', 'sessions', 'event_terms', 'calendar_feeds', 'visits', 'views',
  'archived_histories', 'archived_bundles', 'archive_sweeps', 'log_leaves', 'log_nodes', 'log_checkpoints', 'broker_secrets', 'broker_instances', 'broker_credentials', 'broker_contacts'] as const;

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  for (const body of [OWN, OTHER] as const) await fill(db, body);
  await new Journal(db, 'register').enter({
    commandId: 'register/x', type: 'RegisterSubject', event: { type: 'SubjectRegistered', data: { subject: 'x', body: OWN } }, actor: OPERATOR,
  });
  await db.insertInto('alarms').values({ code: 'TEST', stream: STREAMS[OWN], detail: 'x' }).execute();
  await db.insertInto('cursors').values({ name: 'test', tx: '1', position: 1 }).execute();
  await addWebhook(db, 'wh-agency', null);
  await db.insertInto('identities').values({ issuer: 'https://login.example.it', digest: randomBytes(32), subject: 'person-x' }).execute();
  await db.insertInto('sessions').values({ digest: randomBytes(32), subject: 'person-x', role: 'auditor', body: null, seen_at: NOON, expires_at: NOON }).execute();
  await db.insertInto('calendar_feeds').values({ id: 'cal-x', digest: randomBytes(32), subject: 'person-x', role: 'member', body: OWN, created_at: NOON, expires_at: NOON }).execute();
  await sql`WITH v AS (INSERT INTO visits VALUES ('person-x', '1', 1, ${NOON})), c AS (INSERT INTO broker_contacts (broker, failures) VALUES ('hosting', 0)) INSERT INTO views VALUES ('person-x', 'mine', 'Mine', '{}', ${NOON})`.execute(db);
  await db.insertInto('archived_bundles').values({ hash: 'a'.repeat(64), code: randomBytes(8), size: 8, sdk: '1', node: 'v1', lockfile: 'a'.repeat(64), archived_at: NOON }).execute();
  await db.insertInto('archive_sweeps').values({ through: NOON, ended_at: NOON, archived: 0, failed: 0 }).execute();
  await db.insertInto('log_leaves').values({ leaf: 0, tx: '1', position: 1, stream: STREAMS[OWN], version: 1, hash: randomBytes(32) }).execute();
  await db.insertInto('log_nodes').values({ level: 1, index: 0, hash: randomBytes(32) }).execute();
  await db.insertInto('log_checkpoints').values({ size: 1, root: randomBytes(32), note: 'x' }).execute();
  await db.insertInto('broker_secrets').values({ id: 'brk-x', cipher: randomBytes(8), created_at: NOON }).execute();
});
afterAll(async () => { await database.drop(); });

/** A case of the body as the shell stores it, and one of each thing that stands beside it. */
async function fill(db: Db, body: typeof OWN | typeof OTHER): Promise<void> {
  const stream = STREAMS[body];
  const sent = { ...stamped(open({ ...ABBIATEGRASSO, body })), id: `open/${body}` };
  const decision = processOf(stream).decide(processOf(stream).initial(), sent, { actor: OPERATOR, now: sent.receivedAt, commandId: sent.id });
  if (decision.kind === 'refused') throw new Error(decision.code);
  const answer = await append(db, { stream, expected: 0, expectedHash: null, command: sent, events: decision.events }, createProjector(db, () => undefined));
  expect(answer.outcome).toBe('STORED');
  const beside = { cipher: randomBytes(8), created_at: '2026-11-22T10:00:00Z' };
  await db.insertInto('texts').values({ id: `txt-${body}`, stream, command_id: 'c', path: 'reasons', digest: 'd', ...beside }).execute();
  await db.insertInto('documents').values({ id: `doc-${body}`, stream, sha256: 's', media_type: 'text/plain', size: 1, ...beside }).execute();
  await db.insertInto('drafts').values({ stream, command: 'SubmitRecognition', id: `dft-${body}`, version: 1, cipher: randomBytes(8), saved_by: 'member', saved_at: NOON }).execute();
  await db.insertInto('subjects').values({ id: `sub-${body}`, body, ...beside }).execute();
  await addWebhook(db, `wh-${body}`, body);
  const migration = { migration: `${body}-1.APP_HOSTING`, body };
  await db.insertInto('broker_instances').values({ id: `ins-${body}`, ...migration, broker: 'hosting', service_id: 's', plan_id: 'p', state: 'THERE', asked_at: NOON, changed_at: NOON }).execute();
  await db.insertInto('broker_credentials').values({ binding_id: `bin-${body}`, instance_id: `ins-${body}`, ...migration, binding: 1, cipher: randomBytes(8), kept_at: NOON, shown_at: null }).execute();
  await db.insertInto('archived_histories').values({
    workflow_id: stream, run_id: randomUUID(), length: 1, state: 'COMPLETED', started_at: NOON, closed_at: NOON, hash: 'a'.repeat(64), history: randomBytes(8), size: 8, bundles: [], archived_at: NOON,
  }).execute();
  await asOwner(database.ownerUrl, `INSERT INTO event_terms (term, stream, version) VALUES ('1/2026', '${stream}', 1)`);
}

const NOON = '2026-11-22T12:00:00Z';

async function addWebhook(db: Db, id: string, body: string | null): Promise<void> {
  await db.insertInto('webhooks').values({ id, body, cipher: randomBytes(8), types: [], state: 'PAUSED', reason: 'ASKED', tx: '0', position: 0, due_at: NOON, created_at: NOON }).execute();
}

type Counts = Readonly<Record<(typeof TABLES)[number], number>>;
const NOTHING = Object.fromEntries(TABLES.map((table) => [table, 0])) as Counts;
const OF_ONE_BODY: Counts = { ...NOTHING, events: 1, commands: 1, cases: 1, texts: 1, documents: 1, drafts: 1, subjects: 1, webhooks: 1, event_terms: 1, archived_histories: 1, broker_instances: 1, broker_credentials: 1 };

async function countsOf(client: pg.Client): Promise<Counts> {
  const counts: Record<string, number> = {};
  for (const table of TABLES) counts[table] = Number((await client.query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`)).rows[0]?.n);
  return counts as Counts;
}

const seenAs = (tenant: string | null) => asApplication(database.appUrl, tenant, countsOf);

describe('who sees what', () => {
  it('the whole territory sees every row of every table', async () => {
    expect(await seenAs(WHOLE_TERRITORY)).toEqual({ events: 3, commands: 3, cases: 2, texts: 2, documents: 2, drafts: 2, subjects: 2, webhooks: 3, cursors: 1, alarms: 1, identities: 1, sessions: 1, event_terms: 2, calendar_feeds: 1, visits: 1, views: 1,
      archived_histories: 2, archived_bundles: 1, archive_sweeps: 1, log_leaves: 1, log_nodes: 1, log_checkpoints: 1, broker_secrets: 1, broker_instances: 2, broker_credentials: 2, broker_contacts: 1 });
  });

  it('a body sees its own rows of every table, and neither journals, nor cursors, nor alarms', async () => {
    expect(await seenAs(OWN)).toEqual(OF_ONE_BODY);
    const streams = await asApplication(database.appUrl, OWN, (client) => client.query('SELECT stream FROM events UNION SELECT stream FROM commands UNION SELECT stream FROM cases UNION SELECT stream FROM texts UNION SELECT stream FROM documents UNION SELECT stream FROM drafts'));
    expect(streams.rows).toEqual([{ stream: STREAMS[OWN] }]);
  });

  it('a body without a case sees nothing', async () => {
    expect(await seenAs('c_z999')).toEqual(NOTHING);
  });

  it('a session that says nothing sees nothing', async () => {
    expect(await seenAs(null)).toEqual(NOTHING);
  });

  it('the owner sees all: it could take the policies away, and a backup of nothing would be worse', async () => {
    const client = new pg.Client(database.ownerUrl);
    await client.connect();
    expect(await countsOf(client)).toEqual(await seenAs(WHOLE_TERRITORY));
    await client.end();
  });

  it('is forced on every table, the owner too, by policies that can be read', async () => {
    const { rows } = await asOwner(database.ownerUrl, `
      SELECT relname, relrowsecurity AND relforcerowsecurity AS forced, (SELECT string_agg(polname, ',' ORDER BY polname) FROM pg_policy WHERE polrelid = c.oid) AS policies
      FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname NOT LIKE 'kysely%' AND relname <> 'tenant_keys' ORDER BY relname`);
    expect(rows).toEqual(TABLES.toSorted().map((relname) => ({ relname, forced: true, policies: 'of_owner,tenancy' })));
  });
});

describe('a proof that does not hold', () => {
  const rejected = { code: '28T01' };
  /** What a session gets that says `proof` of itself, both by the door and past it. */
  async function tried(make: (pid: number) => Promise<string> | string): Promise<Counts> {
    return asApplication(database.appUrl, null, async (client) => {
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const proof = await make(rows[0]?.pid ?? 0);
      await expect(client.query('SELECT enter_tenant($1, false)', [proof])).rejects.toMatchObject(rejected);
      await client.query(`SELECT set_config('associa.tenant', $1, false)`, [proof]);
      return countsOf(client);
    });
  }
  const key = () => openTenantKey(inject('keysDir'));

  it('made with another key', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'associa-other-'));
    writeFileSync(join(folder, 'tenant.key'), randomBytes(32));
    const other = await openTenantKey(folder);
    const { verifier: { id } } = await key();
    expect(await tried((pid) => other.proof(WHOLE_TERRITORY, pid, 60))).toEqual(NOTHING);
    expect(await tried((pid) => other.proof(WHOLE_TERRITORY, pid, 60).replace(other.verifier.id, id))).toEqual(NOTHING);
    rmSync(folder, { recursive: true });
  });

  it('of a body, widened to the territory', async () => {
    expect(await tried(async (pid) => (await key()).proof(OWN, pid, 60).replace(OWN, WHOLE_TERRITORY))).toEqual(NOTHING);
    expect(await tried(async (pid) => (await key()).proof(OWN, pid, 60).replace(OWN, OTHER))).toEqual(NOTHING);
  });

  it('of another session', async () => {
    expect(await tried(async (pid) => (await key()).proof(WHOLE_TERRITORY, pid + 1, 60))).toEqual(NOTHING);
  });

  it('expired, or put off', async () => {
    expect(await tried(async (pid) => (await key()).proof(WHOLE_TERRITORY, pid, -1))).toEqual(NOTHING);
    expect(await tried(async (pid) => (await key()).proof(WHOLE_TERRITORY, pid, -1).replace(/\|\d{10}\|/, '|9999999999|'))).toEqual(NOTHING);
  });

  it.each([
    ['empty', ''], ['the tenant alone', '*'], ['no number', '*|soon|0000000000000000|00'], ['a body as SQL', `' OR '1'='1`], ['too many parts', '*|1|2|3|4'],
    ['no digest', '*|9999999999|0000000000000000|'], ['an unknown key', `*|9999999999|0000000000000000|${'0'.repeat(64)}`],
  ])('%s', async (_name, proof) => {
    expect(await tried(() => proof)).toEqual(NOTHING);
  });

  it('ends with its time, also within a transaction that is kept open', async () => {
    await asApplication(database.appUrl, null, async (client) => {
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await client.query('BEGIN');
      await client.query('SELECT enter_tenant($1, false)', [(await key()).proof(WHOLE_TERRITORY, rows[0]?.pid ?? 0, 2)]);
      expect((await countsOf(client)).events).toBe(3);
      await vi.waitFor(async () => { expect(await countsOf(client)).toEqual(NOTHING); }, { timeout: 5_000, interval: 200 });
    });
  });

  it('is checked by HMAC-SHA256 as everyone computes it', async () => {
    const secret = readFileSync(join(inject('keysDir'), 'tenant.key'));
    const [tenant, expires, , mac] = (await key()).proof(OWN, 4711, 60).split('|');
    expect(mac).toBe(createHmac('sha256', secret).update(`${tenant}|${expires}|4711`).digest('hex'));
  });
});

describe('a stolen session of the application', () => {
  const stolen = (statement: string, tenant: string | null = OWN) => asApplication(database.appUrl, tenant, (client) => client.query(statement));

  it.each([
    ['reads the key', 'SELECT * FROM tenant_keys', 'permission denied for table tenant_keys'],
    ['adds a key', `INSERT INTO tenant_keys (id, inner_pad, outer_pad) VALUES ('0', '', '')`, 'permission denied for table tenant_keys'],
    ['switches row security off', 'ALTER TABLE events DISABLE ROW LEVEL SECURITY', 'must be owner of table events'],
    ['takes the policy away', 'DROP POLICY tenancy ON events', 'must be owner of relation events'],
    ['becomes the owner', 'SET ROLE associa_owner', 'permission denied to set role'],
    ['is exempt', 'ALTER ROLE associa_app BYPASSRLS', 'permission denied to alter role'],
    ['replaces the function', `CREATE OR REPLACE FUNCTION proven_tenant() RETURNS text LANGUAGE sql AS $$ SELECT '*' $$`, 'permission denied for schema public'],
    ['asks without row security', 'SET row_security = off; SELECT * FROM events', 'query would be affected by row-level security'],
  ])('that %s is refused', async (_name, statement, message) => {
    await expect(stolen(statement)).rejects.toThrow(message);
  });

  const copied = (table: string, columns: string, values: string) => `INSERT INTO ${table} (${columns}) ${values}`;
  it.each([
    ['a text', copied('texts', 'id, stream, command_id, path, cipher, digest, created_at', `VALUES ('txt-new', '${STREAMS[OTHER]}', 'x', 'y', '', '', now())`)],
    ['a document', copied('documents', 'id, stream, sha256, media_type, size, cipher, created_at', `VALUES ('doc-new', '${STREAMS[OTHER]}', 'x', 'y', 1, '', now())`)],
    ['a draft', copied('drafts', 'stream, command, id, version, cipher, saved_by, saved_at', `VALUES ('${STREAMS[OTHER]}', 'x', 'dft-new', 1, '', 'member', now())`)],
    ['a person', copied('subjects', 'id, body, cipher, created_at', `VALUES ('sub-new', '${OTHER}', '', now())`)],
    ['a person of the Agency', copied('subjects', 'id, body, cipher, created_at', `VALUES ('sub-new', 'agency', '', now())`)],
    ['a command', `INSERT INTO commands SELECT '${STREAMS[OTHER]}', 'x', type, data, actor, request_hash, received_at, recorded_at, NULL, NULL, record, digest FROM commands`],
    ['an entry of a journal', `INSERT INTO commands SELECT 'register', 'x', type, data, actor, request_hash, received_at, recorded_at, NULL, NULL, record, digest FROM commands`],
    ['a case', `INSERT INTO cases SELECT '${STREAMS[OTHER]}', process, 'new', '${OTHER}', parent, service, phase, waiting_for, late_from, version, head_hash, state, projection, stale, updated_at, agenda FROM cases`],
    ['its own case as that of another', `UPDATE cases SET body = '${OTHER}'`],
    ['a case of its own body on the stream of another', `INSERT INTO cases SELECT '${STREAMS[OTHER]}x', process, 'new', body, parent, service, phase, waiting_for, late_from, version, head_hash, state, projection, stale, updated_at, agenda FROM cases`],
    ['a webhook', `UPDATE webhooks SET body = '${OTHER}'`],
    ['a webhook of the Agency', `UPDATE webhooks SET body = NULL`],
    ['an instance', `UPDATE broker_instances SET body = '${OTHER}'`],
    ['credentials', copied('broker_credentials', 'binding_id, instance_id, migration, body, binding, cipher, kept_at', `VALUES ('bin-new', 'ins-${OWN}', 'x', '${OTHER}', 2, '', now())`)],
    ['what a broker is signed on to with', copied('broker_secrets', 'id, cipher, created_at', `VALUES ('brk-new', '', now())`)], ['how a broker was heard', copied('broker_contacts', 'broker, failures', `VALUES ('new', 0)`)],
    ['a session', copied('sessions', 'digest, subject, role, body, seen_at, expires_at', `VALUES (sha256('x'), 'person-x', 'operator', NULL, now(), now())`)],
    ['an alarm', copied('alarms', 'code, stream, detail', `VALUES ('x', '${STREAMS[OWN]}', 'x')`)],
    ['a cursor', copied('cursors', 'name, tx, position', `VALUES ('mine', '1', 1)`)],
  ])('does not write %s for another', async (_name, statement) => {
    await expect(stolen(statement)).rejects.toThrow('violates row-level security policy');
  });

  it('changes and erases nothing of another', async () => {
    for (const statement of [`UPDATE cases SET phase = 'CLOSED' WHERE body = '${OTHER}'`, `DELETE FROM subjects WHERE body = '${OTHER}'`, `DELETE FROM texts WHERE stream = '${STREAMS[OTHER]}'`]) {
      expect((await stolen(statement)).rowCount).toBe(0);
    }
    expect(await seenAs(OTHER)).toEqual(OF_ONE_BODY);
  });

  it('shadows nothing that the proof is verified by', async () => {
    const seen = await asApplication(database.appUrl, OWN, async (client) => {
      await client.query(`CREATE FUNCTION pg_temp.sha256(bytea) RETURNS bytea LANGUAGE sql AS $$ SELECT ''::bytea $$`);
      await client.query(`CREATE FUNCTION pg_temp.proven_tenant() RETURNS text LANGUAGE sql AS $$ SELECT '*' $$`);
      await client.query('SET search_path = pg_temp, public');
      await client.query(`SELECT set_config('associa.tenant', replace(current_setting('associa.tenant'), '${OWN}', '*'), false)`);
      return countsOf(client);
    });
    expect(seen).toEqual(NOTHING);
  });

  it('without a tenant writes nothing at all', async () => {
    await expect(stolen(`INSERT INTO subjects (id, body, cipher, created_at) VALUES ('sub-new', '${OWN}', '', now())`, null)).rejects.toThrow('violates row-level security policy');
  });

  it('of a body has nothing wider to fall back to', async () => {
    const db = databaseOf(database.db, OWN);
    await db.selectFrom('cases').select('id').execute();
    await db.connection().execute(async (held) => {
      await sql`COMMIT`.execute(held);
      expect(await held.selectFrom('cases').select('id').execute()).toEqual([]);
      await sql`RESET associa.tenant`.execute(held);
      expect(await held.selectFrom('cases').select('id').execute()).toEqual([]);
    });
  });
});

describe('the pools', () => {
  it('of a body, read and write its rows, statement by statement', async () => {
    const db = databaseOf(database.db, OWN);
    const cases = await Promise.all(Array.from({ length: 20 }, () => db.selectFrom('cases').select('body').execute()));
    expect(new Set(cases.flat().map(({ body }) => body))).toEqual(new Set([OWN]));
    await db.insertInto('subjects').values({ id: 'sub-pool', body: OWN, cipher: Buffer.from('x'), created_at: '2026-11-22T10:00:00Z' }).execute();
    expect(await database.db.selectFrom('subjects').select('id').where('id', '=', 'sub-pool').execute()).toEqual([{ id: 'sub-pool' }]);
    expect((await db.deleteFrom('subjects').where('id', '=', 'sub-pool').executeTakeFirst()).numDeletedRows).toBe(1n);
    await expect(db.insertInto('subjects').values({ id: 'sub-pool', body: OTHER, cipher: Buffer.from('x'), created_at: '2026-11-22T10:00:00Z' }).execute()).rejects.toThrow('row-level security');
    expect(await database.db.selectFrom('subjects').select('id').where('id', '=', 'sub-pool').execute()).toEqual([]);
  });

  it('serve two bodies by the same connections, each its own', async () => {
    const asked = Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? OWN : OTHER));
    const seen = await Promise.all(asked.map(async (body) => (await databaseOf(database.db, body).selectFrom('events').select('stream').execute()).map(({ stream }) => stream)));
    expect(seen).toEqual(asked.map((body) => [STREAMS[body as typeof OWN]]));
  });

  it('with the keys of another installation say so, and show nothing as if it were all', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'associa-other-'));
    writeFileSync(join(folder, 'tenant.key'), randomBytes(32));
    const db = openDatabase(database.appUrl, await openTenantKey(folder));
    await expect(db.selectFrom('cases').select('id').execute()).rejects.toMatchObject({ code: '28T01' });
    await expect(databaseOf(db, OWN).selectFrom('cases').select('id').execute()).rejects.toMatchObject({ code: '28T01' });
    // A second key stands beside the first, for a change of keys without a stop.
    await migrate(database.ownerUrl, roleOf(database.appUrl), folder);
    expect(await db.selectFrom('cases').select('id').execute()).toHaveLength(2);
    expect((await seenAs(WHOLE_TERRITORY)).cases).toBe(2);
    await db.destroy();
    rmSync(folder, { recursive: true });
  });

  it('without a key say which folder lacks it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'associa-none-'));
    await expect(openTenantKey(folder)).rejects.toThrow(`The keys folder ${folder} holds no tenant.key`);
    copyFileSync(join(inject('keysDir'), 'tenant.key'), join(folder, 'tenant.key'));
    expect((await openTenantKey(folder)).verifier.id).toBe((await openTenantKey(inject('keysDir'))).verifier.id);
    rmSync(folder, { recursive: true });
  });
});
