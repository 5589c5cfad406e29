import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { verify } from '../../audit/verify.ts';
import { readAllAfter, START } from '../../db/event-store/read.ts';
import { openLogKeys, type LogKeys } from '../../db/log/keys.ts';
import { sequence } from '../../db/log/sequence.ts';
import { newestCheckpoint } from '../../db/log/store.ts';
import { migrate, roleOf } from '../../db/migrate.ts';
import { passRestoredTransactions, TooFarBehind } from '../../db/restored.ts';
import { asOwner, testDatabase, type TestDatabase } from '../support/database.ts';
import { temporaryFolder } from '../support/folders.ts';
import { note, sequenceUntil } from '../support/log.ts';

/** A database whose events come from a cluster that had used up more transactions. */
let database: TestDatabase;
let keys: LogKeys;
let folder: string;
beforeEach(async () => {
  folder = temporaryFolder('restored');
  database = await testDatabase();
  keys = await openLogKeys(folder, 'associa.example/log');
  await note(database.db, 'note/a', 20);
  await sequenceUntil(database.db, keys, 20);
});
afterEach(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** As pg_dump and pg_restore leave it: rows as they were, and a cluster that counts from where it stands. */
async function restoredFrom(transactionsAhead: number): Promise<void> {
  const ahead = (table: string) => `ALTER TABLE ${table} DISABLE TRIGGER ${table}_append_only; UPDATE ${table} SET tx = (tx::text::bigint + ${transactionsAhead})::text::xid8; ALTER TABLE ${table} ENABLE TRIGGER ${table}_append_only;`;
  await asOwner(database.ownerUrl, `${ahead('events')}${ahead('log_leaves')}`);
}

const migrated = () => migrate(database.ownerUrl, roleOf(database.appUrl), inject('keysDir'));
const found = async () => (await verify(database.db, {}, { logKeys: keys.verifiers })).findings.map(({ code }) => code);

test('a migration lets a restored database go on: what comes new is after what was, in the feed and in the log', async () => {
  await restoredFrom(50_000);
  expect(await readAllAfter(database.db, START, 100)).toEqual([]);
  await migrated();
  await note(database.db, 'note/b', 5);
  await sequenceUntil(database.db, keys, 25);
  expect((await readAllAfter(database.db, START, 100)).map(({ stream, version }) => `${stream}@${version}`).slice(18)).toEqual(['note/a@19', 'note/a@20', ...[1, 2, 3, 4, 5].map((version) => `note/b@${version}`)]);
  expect(await found()).toEqual([]);
});

test('without it the log would never take what comes new', async () => {
  await restoredFrom(50_000);
  await note(database.db, 'note/b', 5);
  await sequence(database.db, keys);
  expect((await newestCheckpoint(database.db))?.size).toBe(20);
  expect(await found()).toEqual(Array.from({ length: 5 }, () => 'EVENT_NOT_IN_LOG'));
});

test('a database that was not restored is left as it is', async () => {
  expect(await passRestoredTransactions(database.ownerUrl)).toBe(0);
});

test('a cluster too far behind is told what to do', async () => {
  await restoredFrom(3_000_000_000);
  await expect(passRestoredTransactions(database.ownerUrl)).rejects.toThrow(TooFarBehind);
  await expect(migrated()).rejects.toThrow(/pg_resetwal --next-transaction-id/);
});
