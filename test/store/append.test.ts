import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { append } from '../../db/event-store/append.ts';
import { findCommand, headOf, loadFrom, readAfter } from '../../db/event-store/read.ts';
import { RecordTooLarge, sha256 } from '../../db/event-store/record.ts';
import type { EventBody } from '../../domain/shared/process.ts';
import type { AppendRequest } from '../../domain/shared/store.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => { database = await testDatabase(); });
afterAll(async () => { await database.drop(); });

const noProjection = () => Promise.resolve(null);
const noted = (n: number): EventBody => ({ type: 'Noted', data: { n } });

function request(stream: string, expected: number, expectedHash: string | null, events: EventBody[], id: string = randomUUID(), data: object = {}): AppendRequest {
  const actor = { subject: 'test', role: 'operator' as const, body: 'agency' };
  return { stream, expected, expectedHash, events, command: { id, type: 'Note', data, actor, receivedAt: '2026-11-22T10:00:00Z', requestHash: null } };
}

/** Appends `count` commands of one event each, one after the other; gives the ids. */
async function history(stream: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  let hash: string | null = null;
  for (let version = 0; version < count; version += 1) {
    const id = `command-${version}`;
    const answer = await append(database.db, request(stream, version, hash, [noted(version)], id), noProjection);
    if (answer.outcome !== 'STORED') throw new Error(answer.outcome);
    hash = answer.events[0]?.hash ?? null;
    ids.push(id);
  }
  return ids;
}

describe('the five answers of append', () => {
  it('STORED when the stream is at the expected version', async () => {
    const answer = await append(database.db, request('note/stored', 0, null, [noted(1), noted(2)]), noProjection);
    expect(answer).toMatchObject({ outcome: 'STORED', events: [{ version: 1, type: 'Noted', data: { n: 1 } }, { version: 2, data: { n: 2 } }] });
    expect(await headOf(database.db, 'note/stored')).toMatchObject({ version: 2 });
  });

  it('DUPLICATE for the same command, with its versions and events and nothing new', async () => {
    const again = request('note/duplicate', 0, null, [noted(1)], 'the-id');
    const first = await append(database.db, again, noProjection);
    const second = await append(database.db, again, noProjection);
    expect(second).toEqual({ ...first, outcome: 'DUPLICATE' });
    expect((await headOf(database.db, 'note/duplicate')).version).toBe(1);
  });

  it('DUPLICATE for a command of a thousand versions ago, whatever version its writer expects', async () => {
    await history('note/long', 1_001);
    const late = await append(database.db, request('note/long', 3, null, [noted(99)], 'command-0'), noProjection);
    expect(late).toMatchObject({ outcome: 'DUPLICATE', events: [{ version: 1, data: { n: 0 } }] });
    expect((await headOf(database.db, 'note/long')).version).toBe(1_001);
  });

  it('MISMATCH for a known command with another content', async () => {
    await append(database.db, request('note/mismatch', 0, null, [noted(1)], 'the-id', { a: 1 }), noProjection);
    const head = await headOf(database.db, 'note/mismatch');
    const other = await append(database.db, request('note/mismatch', 1, head.hash, [noted(2)], 'the-id', { a: 2 }), noProjection);
    expect(other).toEqual({ outcome: 'MISMATCH' });
    expect((await headOf(database.db, 'note/mismatch')).version).toBe(1);
  });

  it('STALE when the stream is past the expected version: the events after it, a hundred at most', async () => {
    await history('note/stale', 150);
    const at20 = (await readAfter(database.db, 'note/stale', 19)).events[0];
    const answer = await append(database.db, request('note/stale', 20, at20?.hash ?? null, [noted(0)]), noProjection);
    expect(answer).toMatchObject({ outcome: 'STALE', more: true });
    expect(answer.outcome === 'STALE' && answer.events.map((event) => event.version)).toEqual(Array.from({ length: 100 }, (_, index) => 21 + index));
  });

  it('BEHIND when the stream is before the expected version, or has another record there', async () => {
    await history('note/behind', 2);
    expect(await append(database.db, request('note/behind', 7, 'ab'.repeat(32), [noted(0)]), noProjection)).toEqual({ outcome: 'BEHIND', version: 2 });
    expect(await append(database.db, request('note/behind', 2, 'ab'.repeat(32), [noted(0)]), noProjection)).toEqual({ outcome: 'BEHIND', version: 2 });
    expect((await headOf(database.db, 'note/behind')).version).toBe(2);
  });

  it('answers each of the five for a command without events too', async () => {
    const empty = (expected: number, hash: string | null, id: string, data: object = {}) => append(database.db, request('note/empty', expected, hash, [], id, data), noProjection);
    expect(await empty(0, null, 'one')).toEqual({ outcome: 'STORED', events: [] });
    expect(await empty(0, null, 'one')).toEqual({ outcome: 'DUPLICATE', events: [] });
    expect(await empty(5, null, 'one', { other: true })).toEqual({ outcome: 'MISMATCH' });
    expect(await empty(4, null, 'two')).toEqual({ outcome: 'BEHIND', version: 0 });
    await append(database.db, request('note/empty', 0, null, [noted(1)]), noProjection);
    expect(await empty(0, null, 'three')).toMatchObject({ outcome: 'STALE', events: [{ version: 1 }], more: false });
    expect(await findCommand(database.db, 'note/empty', 'three')).toBeUndefined();
  });
});

describe('the record', () => {
  it('is the canonical JSON whose SHA-256 is the hash, and names the record before it and its command', async () => {
    await append(database.db, request('note/record', 0, null, [noted(1), { ...noted(2), effectiveOn: '2026-07-06' }], 'the-id'), noProjection);
    const rows = await database.db.selectFrom('events').selectAll().where('stream', '=', 'note/record').orderBy('version').execute();
    const command = await database.db.selectFrom('commands').selectAll().where('stream', '=', 'note/record').executeTakeFirstOrThrow();
    expect(rows.map((row) => sha256(row.record).equals(row.hash))).toEqual([true, true]);
    const [first, second] = rows.map((row) => JSON.parse(row.record.toString('utf8')) as Record<string, unknown>);
    expect(Object.keys(first ?? {})).toEqual([
      'actor', 'commandHash', 'commandId', 'data', 'effectiveOn', 'ordinal', 'prevHash', 'recordedAt', 'salt', 'schemaVersion', 'stream', 'type', 'version',
    ]);
    expect(first).toMatchObject({ prevHash: null, version: 1, ordinal: 0, commandId: 'the-id', commandHash: command.digest.toString('hex'), effectiveOn: null });
    expect(second).toMatchObject({ prevHash: rows[0]?.hash.toString('hex'), version: 2, ordinal: 1, effectiveOn: '2026-07-06' });
    expect(first?.['salt']).toMatch(/^[0-9a-f]{32}$/);
    expect(first?.['salt']).not.toBe(second?.['salt']);
  });

  it('over 60,000 bytes is refused and nothing is written', async () => {
    const large = request('note/large', 0, null, [{ type: 'Noted', data: { text: 'x'.repeat(60_000) } }]);
    await expect(append(database.db, large, noProjection)).rejects.toBeInstanceOf(RecordTooLarge);
    expect((await headOf(database.db, 'note/large')).version).toBe(0);
    expect(await findCommand(database.db, 'note/large', large.command.id)).toBeUndefined();
  });

  it('many records of one command over 256,000 bytes together are refused', async () => {
    const draft = Array.from({ length: 6 }, () => ({ type: 'Noted', data: { text: 'x'.repeat(50_000) } }));
    await expect(append(database.db, request('note/draft', 0, null, draft), noProjection)).rejects.toBeInstanceOf(RecordTooLarge);
  });
});

describe('reading', () => {
  it('pages are bounded in bytes too, so that an answer fits a local activity', async () => {
    const big = { type: 'Noted', data: { text: 'x'.repeat(40_000) } };
    let hash: string | null = null;
    for (let batch = 0; batch < 5; batch += 1) {
      const answer = await append(database.db, request('note/pages', batch * 5, hash, [big, big, big, big, big]), noProjection);
      hash = answer.outcome === 'STORED' ? answer.events.at(-1)?.hash ?? null : null;
    }
    const page = await readAfter(database.db, 'note/pages', 0);
    expect(page.more).toBe(true);
    expect(page.events.length).toBeGreaterThan(5);
    expect(JSON.stringify(page).length).toBeLessThan(500_000);
  });

  it('loads from a version the store knows and refuses one it does not', async () => {
    await history('note/load', 3);
    const at2 = (await readAfter(database.db, 'note/load', 1)).events[0];
    expect(await loadFrom(database.db, 'note/load', 2, at2?.hash ?? null)).toMatchObject({ known: true, events: [{ version: 3 }], more: false });
    expect(await loadFrom(database.db, 'note/load', 2, 'cd'.repeat(32))).toEqual({ known: false, version: 3 });
    expect(await loadFrom(database.db, 'note/load', 9, 'cd'.repeat(32))).toEqual({ known: false, version: 3 });
  });
});
