import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { verifyLog } from '../../audit/log.ts';
import { openLogKeys, type LogKeys } from '../../db/log/keys.ts';
import { Sequencer } from '../../db/log/sequencer.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { temporaryFolder } from '../support/folders.ts';
import { note, sequenceUntil, tamper } from '../support/log.ts';
import { cli } from '../unit/cli/support.ts';

let prepared: TestDatabase;
let database: TestDatabase;
let folder: string;
let keys: LogKeys;

/** 300 leaves: 50 events of a, 50 of b, and so on, a checkpoint after each 50 at least. */
beforeAll(async () => {
  folder = temporaryFolder('log-audit');
  keys = await openLogKeys(folder, 'associa.example/log');
  prepared = await testDatabase();
  for (const size of [50, 100, 150, 200, 250, 300]) {
    await note(prepared.db, size % 100 === 50 ? 'note/a' : 'note/b', 50);
    await sequenceUntil(prepared.db, keys, size);
  }
  await prepared.db.destroy();
});
afterAll(async () => {
  await prepared.drop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => { database = await testDatabase(new URL(prepared.appUrl).pathname.slice(1)); });
afterEach(async () => { await database.drop(); });

const verified = () => verifyLog(database.db, keys.verifiers);
/** What was found, and at which event. */
const found = async () => (await verified()).findings.map(({ code, stream, version }) => (stream === undefined ? code : `${code} ${stream}@${version}`));
/** Makes the leaf and the tiles say what the records say now. */
const REWRITTEN = [
  `UPDATE log_leaves l SET hash = sha256('\\x00' || e.record) FROM events e WHERE e.stream = l.stream AND e.version = l.version`,
  'DELETE FROM log_nodes',
];
const records = (condition: string) => `UPDATE events SET record = record || ' '::bytea, hash = sha256(record || ' '::bytea) WHERE ${condition}`;

describe('audit verify of the log', () => {
  test('holds on what was sequenced, and says how much it looked at', async () => {
    const { leaves, checkpoints, findings } = await verified();
    expect([leaves, findings]).toEqual([300, []]);
    expect(checkpoints).toBeGreaterThanOrEqual(6);
  });

  test.each<[string, string[], string[]]>([
    ['an event that was deleted', [`DELETE FROM events WHERE stream = 'note/a' AND version = 30`], ['LEAF_WITHOUT_EVENT note/a@30']],
    ['the last event, deleted', [`DELETE FROM events WHERE stream = 'note/b' AND version = 150`], ['LEAF_WITHOUT_EVENT note/b@150']],
    ['a byte of a record', [records(`stream = 'note/b' AND version = 7`)], ['LEAF_DIFFERS note/b@7']],
    ['two records that were swapped', [`
      UPDATE events AS mine SET record = theirs.record, hash = theirs.hash FROM events AS theirs
      WHERE mine.stream = 'note/a' AND theirs.stream = 'note/a' AND (mine.version, theirs.version) IN ((10, 11), (11, 10))`], ['LEAF_DIFFERS note/a@10', 'LEAF_DIFFERS note/a@11']],
    ['two leaves that were swapped', ['UPDATE log_leaves SET leaf = 999 WHERE leaf = 9', 'UPDATE log_leaves SET leaf = 9 WHERE leaf = 10', 'UPDATE log_leaves SET leaf = 10 WHERE leaf = 999'],
      ['LEAF_ORDER note/a@10', 'CHECKPOINT_DIFFERS note/a@1', 'TILE_DIFFERS']],
    ['an event put before others, with a right chain', [`
      INSERT INTO events (tx, stream, version, prev_version, type, schema_version, data, actor, recorded_at, command_id, ordinal, record, hash)
      VALUES ('10', 'note/c', 1, 0, 'Noted', 1, '{}', '{}', now(), 'x', 0, 'x', sha256('x'))`], ['EVENT_NOT_IN_LOG note/c@1']],
    ['an event put into a stream, chain and log written anew', [records(`stream = 'note/a' AND version >= 60`), ...REWRITTEN], ['CHECKPOINT_DIFFERS note/a@51', 'TILE_DIFFERS']],
    ['events and leaves of which the tail was cut', ['DELETE FROM log_leaves WHERE leaf >= 250', `DELETE FROM events WHERE stream = 'note/b' AND version > 100`], ['CHECKPOINT_BEYOND_LOG', 'TILE_DIFFERS']],
    ['a leaf that is gone', ['DELETE FROM log_leaves WHERE leaf = 120'], ['LEAF_GAP note/a@72', 'CHECKPOINT_DIFFERS note/a@51', 'TILE_DIFFERS', 'EVENT_NOT_IN_LOG note/a@71', 'CHECKPOINT_BEYOND_LOG']],
    ['a leaf that is another', [`UPDATE log_leaves SET hash = sha256('x') WHERE leaf = 120`], ['LEAF_DIFFERS note/a@71', 'CHECKPOINT_DIFFERS note/a@51', 'TILE_DIFFERS']],
    ['a leaf of another place', ['UPDATE log_leaves SET position = position + 100000 WHERE leaf = 299'], ['LEAF_MOVED note/b@150']],
    ['a leaf that was not signed', [`INSERT INTO log_leaves VALUES (300, '9000000000', 900000, 'note/x', 1, sha256('x'))`], ['LEAF_WITHOUT_EVENT note/x@1', 'LEAF_NOT_SIGNED note/x@1']],
    ['a hash of the tiles', [`UPDATE log_nodes SET hash = sha256('x')`], ['TILE_DIFFERS']],
    ['a hash of the tiles that is gone', ['DELETE FROM log_nodes'], ['TILE_DIFFERS']],
    ['a hash of the tiles too many', [`INSERT INTO log_nodes VALUES (1, 1, sha256('x')), (2, 0, sha256('x'))`], ['TILE_DIFFERS', 'TILE_DIFFERS']],
    ['a checkpoint that was changed', [`UPDATE log_checkpoints SET note = replace(note, E'\\n150\\n', E'\\n151\\n') WHERE size = 150`], ['CHECKPOINT_NOT_SIGNED']],
    ['a checkpoint whose columns were changed', [`UPDATE log_checkpoints SET root = sha256('x') WHERE size = 150`], ['CHECKPOINT_COLUMN_DIFFERS', 'CHECKPOINT_DIFFERS note/a@51']],
    ['a checkpoint of fewer leaves after one of more', ['INSERT INTO log_checkpoints (size, root, note) SELECT size, root, note FROM log_checkpoints WHERE size = 50'], ['CHECKPOINT_ORDER']],
    ['checkpoints that are gone', ['DELETE FROM log_checkpoints WHERE size > 200'], ['LEAF_NOT_SIGNED note/a@101']],
    ['an event of which nobody knows why it is not in the log', [`
      INSERT INTO events (stream, version, prev_version, type, schema_version, data, actor, recorded_at, command_id, ordinal, record, hash)
      SELECT 'note/' || n, 1, 0, 'Noted', 1, '{}', '{}', now() + n * interval '2 minutes', 'x' || n, 0, 'x', sha256('x') FROM generate_series(-1, 1) AS n`], ['EVENT_NOT_IN_LOG note/-1@1', 'EVENT_NOT_IN_LOG note/1@1']],
  ])('finds %s', async (_name, statements, expected) => {
    const changed = await tamper(database, ...statements);
    expect(changed.map(({ rowCount }) => rowCount)).not.toContain(0);
    const codes = await found();
    // A checkpoint of the same size may be there more than once.
    expect([...new Set(codes)].toSorted()).toEqual([...new Set(expected)].toSorted());
  });

  test('says how far the tree is the one that was signed', async () => {
    await tamper(database, records(`stream = 'note/a' AND version >= 60`), ...REWRITTEN);
    expect((await verified()).findings[0]).toMatchObject({ code: 'CHECKPOINT_DIFFERS', message: expect.stringMatching(/^The tree of 150 leaves is not the one that was signed as checkpoint \d+; of 100 leaves it is\.$/), stream: 'note/a', version: 51, position: 101 });
  });

  test('finds checkpoints of keys that it does not know', async () => {
    const stranger = await openLogKeys(join(folder, 'other'), 'associa.example/log');
    const { findings, checkpoints } = await verifyLog(database.db, stranger.verifiers);
    expect(findings.map(({ code }) => code)).toEqual(Array.from({ length: checkpoints }, () => 'CHECKPOINT_NOT_SIGNED'));
  });

  test('of a log that is wrong everywhere names the first hundred', async () => {
    await tamper(database, records('true'));
    const { findings } = await verified();
    expect(findings).toHaveLength(101);
    expect([findings[0]?.version, findings[100]]).toEqual([1, { code: 'LEAF_DIFFERS', message: 'And 200 more of these.' }]);
  });

  test('is not misled by what is written meanwhile', async () => {
    const sequencer = new Sequencer(database.db, keys, pino({ level: 'silent' }));
    sequencer.start();
    const writing = note(database.db, 'note/a', 1_500);
    for (let round = 0; round < 8; round += 1) expect(await found()).toEqual([]);
    await writing;
    await sequenceUntil(database.db, keys, 1_800);
    expect(await found()).toEqual([]);
    await sequencer.stop();
  });
});

test('the command verifies the log by the keys of the installation', async () => {
  copyFileSync(join(inject('keysDir'), 'tenant.key'), join(folder, 'tenant.key'));
  const env = { ASSOCIA_HOME: folder, ASSOCIA_KEYS: folder, DATABASE_URL: database.appUrl };
  const whole = await cli(['audit', 'verify', '--json'], env);
  expect([whole.code, JSON.parse(whole.out)]).toMatchObject([0, { ok: true, checked: { events: 300, leaves: 300 }, findings: [] }]);
  await tamper(database, 'UPDATE log_checkpoints SET root = sha256(root) WHERE size = 300');
  const broken = await cli(['audit', 'verify'], env);
  expect(broken.code).toBe(1);
  expect(broken.out).toMatch(/^ {2}CHECKPOINT_COLUMN_DIFFERS: The columns of checkpoint \d+ do not say what was signed\.$/m);
});
