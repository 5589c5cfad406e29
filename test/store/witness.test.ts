import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildApp } from '../../api/app.ts';
import { openKeys } from '../../api/auth/keys.ts';
import type { EnginePort, RunsPort } from '../../api/ports.ts';
import { addLogKey, openLogKeys, type LogKeys } from '../../db/log/keys.ts';
import { sequence } from '../../db/log/sequence.ts';
import { GrowingTree } from '../../tlog/growing-tree.ts';
import { leafHash } from '../../tlog/merkle.ts';
import { signCheckpoint } from '../../tlog/checkpoint.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { temporaryFolder } from '../support/folders.ts';
import { note, sequenceUntil, tamper } from '../support/log.ts';
import { cli, homeOf } from '../unit/cli/support.ts';

/** A comune that remembers what it saw, against who has every right on the database and the keys too. */
let database: TestDatabase;
let app: FastifyInstance;
let url: string;
let keys: LogKeys;
let folder: string;
let keysDir: string;
let file: string;

beforeEach(async () => {
  database = await testDatabase();
  folder = temporaryFolder('witness');
  [keysDir, file] = [join(folder, 'keys'), join(folder, 'seen.jsonl')];
  keys = await openLogKeys(keysDir, 'associa.example/log');
  // The log asks nothing of the engine.
  app = await buildApp({ db: database.db, engine: {} as EnginePort, runs: {} as RunsPort, keys: await openKeys(keysDir), log: pino({ level: 'silent' }), twoPersons: false });
  url = await app.listen({ host: '127.0.0.1', port: 0 });
  await note(database.db, 'note/a', 300);
  await sequenceUntil(database.db, keys, 300);
});
afterEach(async () => {
  await app.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const witness = (...args: string[]) => cli(['audit', 'witness', '--url', url, '--file', file, ...args], { ASSOCIA_HOME: folder });
const lines = () => readFileSync(file, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, string>);
const grow = async (size: number) => {
  await note(database.db, 'note/a', 5);
  await sequenceUntil(database.db, keys, size);
};
const holds = { code: 0, err: '' };
const doesNot = (code: string, message: RegExp) => ({ code: 1, out: expect.stringMatching(new RegExp(`^  ${code}: ${message.source}`, 'm')), err: 'It does not hold: 1 finding.\n' });

/** Writes the log anew from the records, and signs it with the installation's own key. */
async function rewriteLog(): Promise<void> {
  await tamper(database, 'DELETE FROM log_leaves', 'DELETE FROM log_nodes', 'DELETE FROM log_checkpoints');
  await sequence(database.db, keys);
}

describe('audit witness', () => {
  test('pins the key at first, remembers what it saw, and is content with a log that grows', async () => {
    expect(await witness()).toMatchObject({ ...holds, out: 'Checked leaves 300, leavesBefore 0, checkpoints 1: everything holds.\n' });
    expect(lines()).toEqual([
      { at: expect.any(String), url, key: keys.verifiers[0]?.text },
      { at: expect.any(String), url, checkpoint: expect.stringMatching(/^associa\.example\/log\n300\n/) },
    ]);
    expect(await witness()).toMatchObject(holds);
    expect(lines()).toHaveLength(2);
    await grow(305);
    expect(JSON.parse((await witness('--json')).out)).toEqual({ ok: true, checked: { leaves: 305, leavesBefore: 300, checkpoints: 2 }, findings: [] });
    expect(lines()).toHaveLength(3);
  });

  test('needs no token, and finds the running instance by its home', async () => {
    expect(await cli(['audit', 'witness', '--file', file], homeOf(url))).toMatchObject(holds);
  });

  test('finds a database that was restored from yesterday', async () => {
    const yesterday = await database.db.selectFrom('log_checkpoints').select('number').orderBy('number', 'desc').limit(1).executeTakeFirst();
    await grow(305);
    expect(await witness()).toMatchObject(holds);
    await tamper(database, 'DELETE FROM log_leaves WHERE leaf >= 300', 'DELETE FROM events WHERE version > 300', `DELETE FROM log_checkpoints WHERE number > ${yesterday?.number ?? 0}`);
    expect(await witness()).toMatchObject(doesNot('LOG_ROLLED_BACK', /The log has 300 leaves; 305 were seen\./));
    // And after it went on from there as if nothing were, past the size that was seen.
    await note(database.db, 'note/b', 10);
    await sequenceUntil(database.db, keys, 310);
    expect(await witness()).toMatchObject(doesNot('LOG_FORKED', /The log of 310 leaves does not begin with the 305 that were seen/));
    expect(lines().map((line) => line['finding'])).toEqual([undefined, undefined, 'LOG_ROLLED_BACK', 'LOG_FORKED']);
  });

  test('finds an event inserted with a right chain, in a log that was written and signed anew', async () => {
    expect(await witness()).toMatchObject(holds);
    await tamper(database, `UPDATE events SET record = 'x', hash = sha256('x') WHERE version = 7`);
    await rewriteLog();
    expect(await witness()).toMatchObject(doesNot('LOG_FORKED', /The log of 300 leaves does not begin with the 300/));
    await grow(305);
    expect(await witness()).toMatchObject(doesNot('LOG_FORKED', /The log of 305 leaves does not begin with the 300/));
  });

  test('finds a log that begins anew', async () => {
    expect(await witness()).toMatchObject(holds);
    await tamper(database, 'DELETE FROM log_checkpoints');
    expect(await witness()).toMatchObject(doesNot('LOG_ROLLED_BACK', /The log says that nothing was signed; 300 leaves were seen\./));
  });

  test('finds a checkpoint of another key, and one that was changed', async () => {
    expect(await witness()).toMatchObject(holds);
    const stranger = await openLogKeys(join(folder, 'other'), 'associa.example/log');
    const { root } = treeOf(await recordsOf());
    await database.db.insertInto('log_checkpoints').values({ size: 300, root, note: signCheckpoint({ size: 300, root }, stranger.signers) }).execute();
    expect(await witness()).toMatchObject(doesNot('CHECKPOINT_NOT_SIGNED', /None of the known keys has signed it\./));
    await tamper(database, `UPDATE log_checkpoints SET note = replace(note, E'\\n300\\n', E'\\n301\\n')`);
    await database.db.insertInto('log_checkpoints').columns(['size', 'root', 'note']).expression((eb) => eb.selectFrom('log_checkpoints').select(['size', 'root', 'note']).where('size', '=', 300).orderBy('number').limit(1)).execute();
    expect(await witness()).toMatchObject(doesNot('CHECKPOINT_NOT_SIGNED', /The signature of associa\.example\/log\S+ does not hold/));
    // What does not hold teaches no key.
    expect(lines().filter((line) => 'key' in line)).toHaveLength(1);
  });

  test('finds a log that cannot prove what it signed', async () => {
    expect(await witness()).toMatchObject(holds);
    await grow(305);
    await tamper(database, 'DELETE FROM log_leaves WHERE leaf = 280');
    expect(await witness()).toMatchObject(doesNot('LOG_NOT_PROVEN', /The log does not prove that its 305 leaves begin with the 300 that were seen\./));
  });

  test('trusts the key that it is given, and no other', async () => {
    expect(await witness('--key', keys.verifiers[0]?.text ?? '')).toMatchObject(holds);
    const stranger = await openLogKeys(join(folder, 'other'), 'associa.example/log');
    file = join(folder, 'another.jsonl');
    expect(await witness('--key', stranger.verifiers[0]?.text ?? '')).toMatchObject(doesNot('CHECKPOINT_NOT_SIGNED', /None of the known keys/));
  });

  test('follows a rotation that the old key has signed too, and then needs it no more', async () => {
    expect(await witness()).toMatchObject(holds);
    const added = await addLogKey(keysDir, 'associa.example/log');
    const both = await openLogKeys(keysDir, 'associa.example/log');
    await sequence(database.db, both);
    expect(await witness()).toMatchObject(holds);
    expect(lines().flatMap((line) => line['key'] ?? [])).toEqual([keys.verifiers[0]?.text, added.text]);
    writeFileSync(join(keysDir, 'log', '1.key'), `${keys.verifiers[0]?.text ?? ''}\n`);
    keys = await openLogKeys(keysDir, 'associa.example/log');
    await grow(305);
    expect(await witness()).toMatchObject(holds);
  });

  test('cannot run, and says why', async () => {
    const failures: [string, string[]][] = [
      ['--key does not hold a verifier key', ['--key', 'nonsense']],
      ['No answer from http://127.0.0.1:1', ['--url', 'http://127.0.0.1:1']],
    ];
    for (const [message, args] of failures) expect(await witness(...args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(message) });
    expect(existsSync(file)).toBe(false);
    writeFileSync(file, 'other\n');
    expect(await witness()).toMatchObject({ code: 2, err: `The file ${file} is not one of a witness: give another --file.\n` });
    rmSync(file);
    await tamper(database, 'DELETE FROM log_checkpoints');
    expect(await witness()).toMatchObject({ code: 2, err: `The log of ${url} has signed nothing yet.\n` });
  });
});

async function recordsOf(): Promise<Buffer[]> {
  return (await database.db.selectFrom('events').select('record').orderBy('tx').orderBy('position').execute()).map(({ record }) => record);
}

function treeOf(records: readonly Buffer[]): GrowingTree {
  const tree = new GrowingTree();
  for (const record of records) tree.add(leafHash(record));
  return tree;
}
