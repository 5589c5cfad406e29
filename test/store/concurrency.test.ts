import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { append } from '../../db/event-store/append.ts';
import { headOf, readAllAfter, START, type Cursor } from '../../db/event-store/read.ts';
import { enter, testDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => { database = await testDatabase(); });
afterAll(async () => { await database.drop(); });

const actor = { subject: 'test', role: 'operator' as const, body: 'agency' };
const noProjection = () => Promise.resolve(null);

/** Appends one event as a shell does: on STALE it moves to the head and decides again. Gives the version stored. */
async function write(stream: string, id: string): Promise<number> {
  for (;;) {
    const head = await headOf(database.db, stream);
    const answer = await append(database.db, {
      stream, expected: head.version, expectedHash: head.hash, events: [{ type: 'Noted', data: { id } }],
      command: { id, type: 'Note', data: {}, actor, receivedAt: '2026-11-22T10:00:00Z', requestHash: null },
    }, noProjection);
    if (answer.outcome === 'STORED' || answer.outcome === 'DUPLICATE') return answer.events[0]?.version ?? 0;
    expect(answer.outcome).toBe('STALE');
  }
}

it('twenty writers on one stream lose nothing, double nothing and leave no gap', async () => {
  const ids = Array.from({ length: 20 }, (_, writer) => Array.from({ length: 10 }, (_unused, n) => `w${writer}.${n}`));
  const versions = (await Promise.all(ids.map(async (own) => {
    const stored: number[] = [];
    for (const id of own) stored.push(await write('note/crowded', id));
    return stored;
  }))).flat();
  expect(versions.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
});

it('one command sent by ten writers at once is stored once and each hears its version', async () => {
  const versions = await Promise.all(Array.from({ length: 10 }, () => write('note/same', 'the-one')));
  expect(new Set(versions)).toEqual(new Set([1]));
  expect((await headOf(database.db, 'note/same')).version).toBe(1);
});

it('a reader of all events skips nothing under slow and concurrent transactions', async () => {
  const slow = new pg.Client(database.appUrl);
  await slow.connect();
  await enter(slow);
  const seen: string[] = [];
  let cursor: Cursor = START;
  let writing = true;
  const poll = async () => {
    for (const row of await readAllAfter(database.db, cursor, 50)) {
      seen.push(`${row.stream}@${row.version}`);
      cursor = { tx: row.tx, position: row.position };
    }
  };
  const reader = (async () => { while (writing) await poll(); })();

  // A slow transaction takes its position early and commits late, while others commit around it.
  for (let round = 0; round < 8; round += 1) {
    await slow.query('BEGIN');
    await insertRaw(slow, `note/slow-${round}`);
    await Promise.all(Array.from({ length: 12 }, (_, n) => write(`note/fast-${round}-${n}`, randomUUID())));
    await slow.query('COMMIT');
  }
  writing = false;
  await reader;
  await slow.end();

  const all = await database.db.selectFrom('events').select(['stream', 'version']).execute();
  // The horizon is that of the whole server: a transaction of another database may hold it for a while.
  await expect.poll(async () => { await poll(); return seen.length; }, { timeout: 30_000 }).toBeGreaterThanOrEqual(all.length);
  expect(seen.toSorted()).toEqual(all.map((row) => `${row.stream}@${row.version}`).toSorted());
});

it('the reader stops before a transaction that is still open', async () => {
  const open = new pg.Client(database.appUrl);
  await open.connect();
  await enter(open);
  await open.query('BEGIN');
  await insertRaw(open, 'note/open');
  await write('note/after-open', randomUUID());
  const streams = (await readAllAfter(database.db, START, 10_000)).map((row) => row.stream);
  expect(streams).not.toContain('note/after-open');
  await open.query('ROLLBACK');
  await open.end();
  // The horizon is that of the whole server: transactions of other databases may hold it for a moment.
  const later = async () => (await readAllAfter(database.db, START, 10_000)).map((row) => row.stream);
  await expect.poll(later).toContain('note/after-open');
  expect(await later()).not.toContain('note/open');
});

async function insertRaw(client: pg.Client, stream: string): Promise<void> {
  await client.query(`
    WITH c AS (INSERT INTO commands (stream, command_id, type, data, actor, request_hash, received_at, recorded_at, first_version, last_version, record, digest)
      VALUES ($1, 'raw', 'Note', '{}', '{}', 'x', now(), now(), 1, 1, 'r', sha256('r')))
    INSERT INTO events (stream, version, prev_version, type, schema_version, data, actor, recorded_at, command_id, ordinal, record, hash)
      VALUES ($1, 1, 0, 'Noted', 1, '{}', '{}', now(), 'raw', 0, 'r', sha256('r'))`, [stream]);
}
