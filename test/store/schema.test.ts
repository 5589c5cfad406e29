import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { append } from '../../db/event-store/append.ts';
import { migrate, roleOf } from '../../db/migrate.ts';
import { WHOLE_TERRITORY } from '../../db/tenant.ts';
import { asApplication, asOwner, testDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await append(database.db, {
    stream: 'note/one', expected: 0, expectedHash: null, events: [{ type: 'Noted', data: {} }, { type: 'Noted', data: {} }],
    command: { id: 'c1', type: 'Note', data: {}, actor: { subject: 's', role: 'operator', body: 'agency' }, receivedAt: '2026-11-22T10:00:00Z', requestHash: null },
  }, () => Promise.resolve(null));
});
afterAll(async () => { await database.drop(); });

const asApp = (statement: string) => asApplication(database.appUrl, WHOLE_TERRITORY, (client) => client.query(statement));
const migrated = () => migrate(database.ownerUrl, roleOf(database.appUrl), inject('keysDir'));
const command = (id: string, first: number | 'NULL', last: number | 'NULL') => `
  INSERT INTO commands (stream, command_id, type, data, actor, request_hash, received_at, recorded_at, first_version, last_version, record, digest)
  VALUES ('note/one', '${id}', 'Note', '{}', '{}', 'x', now(), now(), ${first}, ${last}, 'r', sha256('r'))`;
const event = (id: string, version: number, prev: string, ordinal = 0, hash = `sha256('r')`) => `
  INSERT INTO events (stream, version, prev_version, type, schema_version, data, actor, recorded_at, command_id, ordinal, record, prev_hash, hash)
  VALUES ('note/one', ${version}, ${version - 1}, 'Noted', 1, '{}', '{}', now(), '${id}', ${ordinal}, 'r', ${prev}, ${hash})`;
const head = `(SELECT hash FROM events WHERE stream = 'note/one' AND version = 2)`;

describe('grants', () => {
  it('the application may select and insert events and commands, and nothing else', async () => {
    const { rows } = await asOwner(database.ownerUrl, `
      SELECT table_name, string_agg(privilege_type, ',' ORDER BY privilege_type) AS may
      FROM information_schema.role_table_grants WHERE grantee = 'associa_app' GROUP BY table_name ORDER BY table_name`);
    expect(Object.fromEntries((rows as { table_name: string; may: string }[]).map((row) => [row.table_name, row.may]))).toEqual({
      alarms: 'INSERT,SELECT',
      archive_sweeps: 'INSERT,SELECT',
      archived_bundles: 'INSERT,SELECT',
      archived_histories: 'INSERT,SELECT',
      broker_contacts: 'DELETE,INSERT,SELECT,UPDATE',
      broker_credentials: 'DELETE,INSERT,SELECT,UPDATE',
      broker_instances: 'INSERT,SELECT,UPDATE',
      broker_secrets: 'DELETE,INSERT,SELECT',
      calendar_feeds: 'DELETE,INSERT,SELECT,UPDATE',
      cases: 'INSERT,SELECT,UPDATE',
      commands: 'INSERT,SELECT',
      cursors: 'INSERT,SELECT,UPDATE',
      documents: 'DELETE,INSERT,SELECT',
      drafts: 'INSERT,SELECT,UPDATE',
      event_terms: 'SELECT',
      events: 'INSERT,SELECT',
      identities: 'INSERT,SELECT',
      log_checkpoints: 'INSERT,SELECT',
      log_leaves: 'INSERT,SELECT',
      log_nodes: 'INSERT,SELECT',
      sessions: 'DELETE,INSERT,SELECT,UPDATE',
      subjects: 'DELETE,INSERT,SELECT',
      texts: 'DELETE,INSERT,SELECT',
      views: 'DELETE,INSERT,SELECT,UPDATE',
      visits: 'INSERT,SELECT,UPDATE',
      webhooks: 'DELETE,INSERT,SELECT,UPDATE',
    });
  });

  for (const [table, column] of [['events', 'type'], ['commands', 'type'], ['archived_histories', 'hash'], ['archived_bundles', 'hash'], ['archive_sweeps', 'archived'], ['log_leaves', 'hash'], ['log_nodes', 'hash'], ['log_checkpoints', 'note']]) {
    for (const [name, statement] of [['UPDATE', `UPDATE ${table} SET ${column} = ${column}`], ['DELETE', `DELETE FROM ${table}`], ['TRUNCATE', `TRUNCATE ${table} CASCADE`]] as const) {
      it(`${name} of ${table} is refused to the application by its grants`, async () => {
        await expect(asApp(statement)).rejects.toThrow('permission denied');
      });
      it(`${name} of ${table} is refused to the owner by the trigger`, async () => {
        await expect(asOwner(database.ownerUrl, statement)).rejects.toThrow('records are append-only');
      });
    }
  }
});

describe('what the schema makes impossible', () => {
  it.each([
    ['a command whose events are not there', command('half', 3, 4), 'commands_first'],
    ['a command with its first event only', `WITH c AS (${command('half', 3, 4)} RETURNING 1) ${event('half', 3, head)}`, 'commands_last'],
    ['an event without its command', event('nobody', 3, head), 'events_command'],
    ['a gap', `WITH c AS (${command('gap', 4, 4)} RETURNING 1) ${event('gap', 4, head)}`, 'events_chain'],
    ['a fork', `WITH c AS (${command('fork', 2, 2)} RETURNING 1) ${event('fork', 2, `(SELECT hash FROM events WHERE stream = 'note/one' AND version = 1)`)}`, 'events_stream_version'],
    ['a link to another record', `WITH c AS (${command('link', 3, 3)} RETURNING 1) ${event('link', 3, `sha256('other')`)}`, 'events_chain'],
    ['a second first event', `WITH c AS (${command('first', 3, 3)} RETURNING 1) ${event('first', 3, 'NULL')}`, 'events_first'],
    ['a hash that is not that of the record', `WITH c AS (${command('hash', 3, 3)} RETURNING 1) ${event('hash', 3, head, 0, `sha256('s')`)}`, 'events_check'],
  ])('%s', async (_name, statement, constraint) => {
    await expect(asApp(statement)).rejects.toMatchObject({ constraint: expect.stringContaining(constraint.replace('events_check', 'check')) as string });
    const { rows } = await asApp(`SELECT count(*)::int AS n FROM events WHERE stream = 'note/one'`);
    expect(rows).toEqual([{ n: 2 }]);
  });

  it('and the whole command goes in', async () => {
    await asApp(`WITH c AS (${command('whole', 3, 3)} RETURNING 1) ${event('whole', 3, head)}`);
    const { rows } = await asApp(`SELECT count(*)::int AS n FROM events WHERE stream = 'note/one'`);
    expect(rows).toEqual([{ n: 3 }]);
  });
});

describe('migrations', () => {
  it('are done once, also by two starters at a time', async () => {
    expect(await Promise.all([migrated(), migrated()])).toEqual([[], []]);
  });

  it('fail with their cause', async () => {
    await asOwner(database.ownerUrl, `INSERT INTO kysely_migration VALUES ('2999-01-01-unknown', now()::text)`);
    await expect(migrated()).rejects.toThrow('2999-01-01-unknown');
  });
});
