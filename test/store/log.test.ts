import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { addLogKey, openLogKeys, readLogVerifiers, type LogKeys } from '../../db/log/keys.ts';
import { LogBroken, sequence } from '../../db/log/sequence.ts';
import { Sequencer } from '../../db/log/sequencer.ts';
import { leafOfEvent, newestCheckpoint, proveConsistency, proveInclusion } from '../../db/log/store.ts';
import { readAllAfter, START } from '../../db/event-store/read.ts';
import { openCheckpoint } from '../../tlog/checkpoint.ts';
import { GrowingTree } from '../../tlog/growing-tree.ts';
import { EMPTY_ROOT, leafHash, verifyConsistency, verifyInclusion } from '../../tlog/merkle.ts';
import { NoteError } from '../../tlog/note.ts';
import { asApplication, testDatabase, type TestDatabase } from '../support/database.ts';
import { temporaryFolder } from '../support/folders.ts';
import { note, sequenceUntil, tamper } from '../support/log.ts';
import { WHOLE_TERRITORY } from '../../db/tenant.ts';

let database: TestDatabase;
let keysDir: string;
let keys: LogKeys;
beforeEach(async () => {
  database = await testDatabase();
  keysDir = temporaryFolder('log-keys');
  keys = await openLogKeys(keysDir, 'associa.example/log');
});
afterEach(async () => {
  await database.drop();
  rmSync(keysDir, { recursive: true, force: true });
});

const silent = pino({ level: 'silent' });
const streamsOfLeaves = async () => (await database.db.selectFrom('log_leaves').select(['leaf', 'stream', 'version']).orderBy('leaf').execute())
  .map(({ leaf, stream, version }) => `${leaf} ${stream}@${version}`);
const streamsOfEvents = async () => (await readAllAfter(database.db, START, 10_000)).map(({ stream, version }, leaf) => `${leaf} ${stream}@${version}`);
const newest = async () => {
  const stored = await newestCheckpoint(database.db);
  return openCheckpoint(stored?.note ?? '', keys.verifiers);
};

describe('sequencing', () => {
  test('of an empty store signs an empty tree, once', async () => {
    await sequence(database.db, keys);
    await sequence(database.db, keys);
    expect(await newest()).toMatchObject({ origin: 'associa.example/log', size: 0, root: EMPTY_ROOT });
    expect(await database.db.selectFrom('log_checkpoints').select('size').execute()).toEqual([{ size: 0 }]);
  });

  test('takes every stored record once, in the global order, and proves each against the newest checkpoint', async () => {
    await Promise.all(['note/a', 'note/b', 'access/x'].map((stream) => note(database.db, stream, 90)));
    // What is newer than the oldest transaction of the whole cluster waits, and other files of tests have theirs: the first take may be smaller.
    await expect.poll(async () => (await sequence(database.db, keys, 100))?.isFull, { timeout: 20_000 }).toBe(true);
    await sequenceUntil(database.db, keys, 270);
    expect(await streamsOfLeaves()).toEqual(await streamsOfEvents());

    const tree = new GrowingTree();
    const events = await readAllAfter(database.db, START, 1_000);
    for (const { record } of events) tree.add(leafHash(record));
    const { size, root } = await newest();
    expect([size, root.toString('hex')]).toEqual([270, tree.root.toString('hex')]);
    for (const at of [0, 1, 99, 255, 256, 269]) {
      const event = events[at];
      const leaf = await leafOfEvent(database.db, event?.stream ?? '', event?.version ?? 0);
      expect(leaf).toBe(at);
      expect(verifyInclusion(at, size, leafHash(event?.record ?? Buffer.alloc(0)), await proveInclusion(database.db, at, size), root)).toBe(true);
    }
  });

  test('extends every checkpoint that was signed before, as its proof shows', async () => {
    for (const size of [1, 255, 256, 257, 300]) {
      const { size: before = 0 } = await newestCheckpoint(database.db) ?? {};
      await note(database.db, 'note/a', size - before);
      await sequenceUntil(database.db, keys, size);
    }
    const signed = await database.db.selectFrom('log_checkpoints').selectAll().orderBy('number').execute();
    expect(signed.map(({ size }) => size)).toEqual(expect.arrayContaining([1, 255, 256, 257, 300]));
    const last = await newest();
    for (const before of signed) expect(verifyConsistency(before, last, await proveConsistency(database.db, before.size, last.size))).toBe(true);
  });

  test('by four at a time takes each event once', async () => {
    await note(database.db, 'note/a', 60);
    await vi.waitFor(async () => {
      await Promise.all([1, 2, 3, 4].map(() => sequence(database.db, keys, 10)));
      expect((await newest()).size).toBe(60);
    }, { timeout: 10_000, interval: 1 });
    expect(await streamsOfLeaves()).toEqual(await streamsOfEvents());
  });

  test('waits for a slow transaction, and skips nothing of it', async () => {
    await note(database.db, 'note/a', 2);
    await sequenceUntil(database.db, keys, 2);
    const stranger = `INSERT INTO cursors (name, tx, position) VALUES ('slow', '1', 1)`;
    await asApplication(database.appUrl, WHOLE_TERRITORY, async (client) => {
      await client.query('BEGIN');
      await client.query(stranger);
      await note(database.db, 'note/b', 2);
      await sequence(database.db, keys);
      expect(await streamsOfLeaves()).toEqual(['0 note/a@1', '1 note/a@2']);
      await client.query('COMMIT');
    });
    await sequenceUntil(database.db, keys, 4);
    expect(await streamsOfLeaves()).toEqual(['0 note/a@1', '1 note/a@2', '2 note/b@1', '3 note/b@2']);
  });

  test('does nothing while another holds the lock, which no append waits for', async () => {
    await asApplication(database.appUrl, WHOLE_TERRITORY, async (client) => {
      await client.query('BEGIN');
      await client.query('SELECT pg_advisory_xact_lock(4962006)');
      await note(database.db, 'note/a', 1);
      expect(await sequence(database.db, keys)).toBeNull();
      await client.query('COMMIT');
    });
    expect(await newestCheckpoint(database.db)).toBeUndefined();
    await sequenceUntil(database.db, keys, 1);
  });
});

describe('a sequencer', () => {
  test('that runs makes an event provable within two seconds, beside another one, and stops', async () => {
    const sequencers = [new Sequencer(database.db, keys, silent), new Sequencer(database.db, keys, silent)];
    for (const one of sequencers) one.start();
    await vi.waitFor(async () => { expect(await newestCheckpoint(database.db)).toMatchObject({ size: 0 }); }, 5_000);
    for (const stream of ['note/a', 'note/b', 'note/c']) {
      await note(database.db, stream, 1);
      const storedAt = Date.now();
      await vi.waitFor(async () => { expect(await leafOfEvent(database.db, stream, 1)).toBeTypeOf('number'); }, { timeout: 10_000, interval: 20 });
      expect(Date.now() - storedAt).toBeLessThan(2_000);
    }
    await Promise.all(sequencers.map((one) => one.stop()));
    await note(database.db, 'note/a', 1);
    await delay(1_200);
    expect(await newest()).toMatchObject({ size: 3 });
  });

  // What somebody may do who owns the database, and what the next batch is to say of it.
  test.each([
    ['a leaf of the open tile', `UPDATE log_leaves SET hash = sha256('x') WHERE leaf = 258`, /does not extend the one of 260 that was signed/],
    ['a hash above the tiles', `UPDATE log_nodes SET hash = sha256('x')`, /does not extend the one of 260 that was signed/],
    ['a leaf that is gone', 'DELETE FROM log_leaves WHERE leaf = 257', /holes/],
    ['a tail that is cut', 'DELETE FROM log_leaves WHERE leaf >= 258', /holds 258 leaves, and 260 were signed/],
    ['a leaf that was not signed', `INSERT INTO log_leaves VALUES (260, '1', 999, 'note/x', 1, sha256('x'))`, /holds 261 leaves, and 260 were signed/],
    ['checkpoints that are gone', 'DELETE FROM log_checkpoints', /and 0 were signed/],
    ['a checkpoint of another tree', `UPDATE log_checkpoints SET root = sha256('x')`, /does not say what was stored of it/],
    ['a checkpoint that was rewritten', `UPDATE log_checkpoints SET note = replace(note, E'\\n260\\n', E'\\n261\\n')`, /signature .* does not hold/],
  ])('refuses to go on from %s, and signs nothing', async (_name, statement, message) => {
    await note(database.db, 'note/a', 260);
    await sequenceUntil(database.db, keys, 260);
    await tamper(database, statement);
    await note(database.db, 'note/a', 1);
    const before = await database.db.selectFrom('log_checkpoints').selectAll().execute();
    await vi.waitFor(async () => {
      const failure = await sequence(database.db, keys).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(LogBroken);
      expect(String(failure)).toMatch(message);
    }, 5_000);
    expect(await database.db.selectFrom('log_checkpoints').selectAll().execute()).toEqual(before);
    expect(await leafOfEvent(database.db, 'note/a', 261)).toBeUndefined();
  });

  test('goes on over a changed leaf deep in the tree, which is for the audit to find', async () => {
    await note(database.db, 'note/a', 260);
    await sequenceUntil(database.db, keys, 260);
    await tamper(database, `UPDATE log_leaves SET hash = sha256('x') WHERE leaf = 3`);
    await note(database.db, 'note/a', 1);
    await sequenceUntil(database.db, keys, 261);
  });

  test('raises one alarm when it must refuse, and stops', async () => {
    await note(database.db, 'note/a', 2);
    await sequenceUntil(database.db, keys, 2);
    await tamper(database, 'DELETE FROM log_leaves WHERE leaf = 1');
    const sequencer = new Sequencer(database.db, keys, silent);
    sequencer.start();
    await vi.waitFor(async () => {
      expect(await database.db.selectFrom('alarms').select(['code', 'detail']).execute()).toEqual([{
        code: 'LOG_BROKEN', detail: 'The log holds 1 leaves, and 2 were signed. Nothing more is signed: npx associa audit verify says where.',
      }]);
    }, 5_000);
    await delay(700);
    expect(await database.db.selectFrom('alarms').select('code').execute()).toHaveLength(1);
    await sequencer.stop();
  });
});

describe('the keys', () => {
  test('are made once, readable by their owner only, and keep their name', async () => {
    expect(readdirSync(join(keysDir, 'log'))).toEqual(['1.key']);
    expect(statSync(join(keysDir, 'log', '1.key')).mode & 0o777).toBe(0o600);
    const again = await openLogKeys(keysDir, 'other.example/log');
    expect(again.verifiers.map(({ text }) => text)).toEqual(keys.verifiers.map(({ text }) => text));
    expect(again.signers[0].verifier.name).toBe('associa.example/log');
  });

  test('that are rotated sign the same tree anew, both, and the old one goes on verifying', async () => {
    await note(database.db, 'note/a', 3);
    await sequenceUntil(database.db, keys, 3);
    const added = await addLogKey(keysDir, 'associa.example/log');
    const rotated = await openLogKeys(keysDir, 'associa.example/log');
    expect(rotated.verifiers.map(({ text }) => text)).toEqual([added.text, ...keys.verifiers.map(({ text }) => text)]);
    for (const _ of [1, 2]) await sequence(database.db, rotated);
    const notes = await database.db.selectFrom('log_checkpoints').select(['size', 'note']).orderBy('number').execute();
    const ofThree = notes.filter(({ size }) => size === 3);
    expect(ofThree.map((one) => openCheckpoint(one.note, rotated.verifiers).signedBy.length)).toEqual([1, 2]);
    expect(openCheckpoint(ofThree[1]?.note ?? '', keys.verifiers).size).toBe(3);
    expect(openCheckpoint(ofThree[1]?.note ?? '', [added]).size).toBe(3);
  });

  test('of which only what verifies is kept sign nothing more', async () => {
    await note(database.db, 'note/a', 1);
    await sequenceUntil(database.db, keys, 1);
    const added = await addLogKey(keysDir, 'associa.example/log');
    writeFileSync(join(keysDir, 'log', '1.key'), `${keys.verifiers[0]?.text ?? ''}\n`);
    const rotated = await openLogKeys(keysDir, 'associa.example/log');
    await sequence(database.db, rotated);
    const stored = await newestCheckpoint(database.db);
    expect(openCheckpoint(stored?.note ?? '', await readLogVerifiers(keysDir)).signedBy.map(({ text }) => text)).toEqual([added.text]);
    expect(() => openCheckpoint(stored?.note ?? '', keys.verifiers)).toThrow(NoteError);
  });

  test('that cannot sign, or are none, are said', async () => {
    mkdirSync(join(keysDir, 'other', 'log'), { recursive: true });
    writeFileSync(join(keysDir, 'other', 'log', '1.key'), `${keys.verifiers[0]?.text ?? ''}\n`);
    await expect(openLogKeys(join(keysDir, 'other'), 'x')).rejects.toThrow('No key in');
    writeFileSync(join(keysDir, 'other', 'log', '1.key'), 'PRIVATE+KEY+x+00000000+AAAA');
    await expect(openLogKeys(join(keysDir, 'other'), 'x')).rejects.toThrow(NoteError);
    expect(await readLogVerifiers(join(keysDir, 'nothing'))).toEqual([]);
  });
});
