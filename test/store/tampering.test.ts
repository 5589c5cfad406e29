import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { historyFromJSON, type History } from '@temporalio/common/lib/proto-utils.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verify } from '../../audit/verify.ts';
import { observe, type PublicLog } from '../../audit/witness.ts';
import { Archive } from '../../db/archive.ts';
import type { Db } from '../../db/client.ts';
import { append } from '../../db/event-store/append.ts';
import { openLogKeys, type LogKeys } from '../../db/log/keys.ts';
import { newestCheckpoint, readTileOf } from '../../db/log/store.ts';
import { createProjector, foldStream } from '../../db/projections/project.ts';
import { rebuildReadModels } from '../../db/projections/rebuild.ts';
import { processOf } from '../../domain/processes.ts';
import { encodeHistory, readHistory } from '../../engine/archive/encoding.ts';
import { runOf } from '../../engine/archive/run-of.ts';
import { hashOf } from '../../engine/bundle.ts';
import { openCheckpoint } from '../../tlog/checkpoint.ts';
import { ABBIATEGRASSO, deliberation, open, OPERATOR, stamped, type Step } from '../support/procedure.ts';
import { note, sequenceUntil } from '../support/log.ts';
import { startOpenPostgres, type OpenPostgres } from '../support/superuser.ts';

/**
 * Every way to tamper with what is recorded, by a superuser of the database who leaves no other trace, and the first bad place that the audit names.
 * The list for readers is docs/tampering.md.
 */
const CASE = 'adhesion/c_a010-1';
const STEPS: readonly Step[] = [{ by: OPERATOR, command: open(ABBIATEGRASSO) }, ...deliberation('2026-06-25')];
const CODE = 'module.exports = {};';
const LEAVES = STEPS.length + 2 + 300;

let postgres: OpenPostgres;
let keys: LogKeys;
let name: string;
let db: Db;
let copies = 0;
let run: string;

/** A case of nine events, a history and a bundle in the archive, 300 notes: 311 leaves, signed at 4, 9, 11 and 311. */
beforeAll(async () => {
  postgres = await startOpenPostgres();
  keys = await openLogKeys(postgres.keysDir, 'associa.example/log');
  const prepared = await postgres.open('associa');
  await write(prepared, STEPS.slice(0, 4));
  await sequenceUntil(prepared, keys, 4);
  await write(prepared, STEPS.slice(4));
  await sequenceUntil(prepared, keys, STEPS.length);
  const archive = new Archive(prepared);
  const history = await historyOf(prepared);
  await archive.keepBundle({ hash: hashOf(CODE), code: CODE, sdk: '1', node: 'v1', lockfile: 'a'.repeat(64) });
  run = history.events?.[0]?.workflowExecutionStartedEventAttributes?.originalExecutionRunId ?? '';
  await archive.keepHistory({ workflowId: CASE, runId: run, ...runOf(history), bytes: encodeHistory(history) });
  await sequenceUntil(prepared, keys, STEPS.length + 2);
  await note(prepared, 'note/a', 300);
  await sequenceUntil(prepared, keys, LEAVES);
  await prepared.destroy();
});
afterAll(async () => { await postgres.stop(); });
beforeEach(async () => {
  name = `tampered_${copies += 1}`;
  await postgres.copy('associa', name);
  db = await postgres.open(name);
});
afterEach(async () => { await db.destroy(); });

/** As the shell stores it. */
async function write(to: Db, steps: readonly Step[]): Promise<void> {
  const project = createProjector(to, () => undefined);
  for (const { by, command } of steps) {
    const sent = stamped(command, by);
    const { version, hash, state } = await foldStream(to, CASE);
    const decision = processOf(CASE).decide(state, sent, { actor: by, now: sent.receivedAt, commandId: sent.id });
    if (decision.kind === 'refused') throw new Error(decision.code);
    expect((await append(to, { stream: CASE, expected: version, expectedHash: hash, command: sent, events: decision.events }, project)).outcome).toBe('STORED');
  }
}

/** Of a run as a version recorded it, with the answers that the store gave here. */
async function historyOf(of: Db): Promise<History> {
  const hashes = new Map((await of.selectFrom('events').select(['version', 'hash']).where('stream', '=', CASE).execute()).map(({ version, hash }) => [version, hash.toString('hex')]));
  const history = readHistory(encodeHistory(historyFromJSON(JSON.parse(readFileSync(new URL('../golden/histories/adhesion.0.1.0.3.json', import.meta.url), 'utf8')))));
  for (const result of resultsIn(history)) {
    const answer = JSON.parse(Buffer.from(result.data ?? []).toString()) as { events?: { version: number; hash: string }[] } | null;
    const events = answer?.events?.flatMap((event) => { const hash = hashes.get(event.version); return hash === undefined ? [] : [{ ...event, hash }]; });
    if (events !== undefined) result.data = Buffer.from(JSON.stringify({ ...answer, events }));
  }
  return history;
}

/** What local activities answered. */
function resultsIn({ events }: History) {
  return (events ?? []).flatMap(({ markerRecordedEventAttributes: marker }) => (marker?.markerName === 'core_local_activity' ? marker.details?.['result']?.payloads ?? [] : []));
}

const tamper = (...statements: Parameters<OpenPostgres['asSuperuser']>[1][]) => postgres.asSuperuser(name, ...statements);
/** What is found, each as its code and its place. */
const found = async () => (await verify(db, {}, { logKeys: keys.verifiers })).findings.map(({ code, stream, version }) => [code, ...(stream === undefined ? [] : [`${stream}${version === undefined ? '' : `@${version}`}`])].join(' '));
/** A change that a CHECK stands against: taken away, and put back as if it had held all the time. */
const unchecked = (table: string, statement: string): string[] => [
  `CREATE TEMP TABLE checks AS SELECT conname, pg_get_constraintdef(oid) AS def FROM pg_constraint WHERE conrelid = '${table}'::regclass AND contype = 'c'`,
  `DO $$ DECLARE c record; BEGIN FOR c IN SELECT * FROM checks LOOP EXECUTE format('ALTER TABLE ${table} DROP CONSTRAINT %I', c.conname); END LOOP; END $$`,
  statement,
  `DO $$ DECLARE c record; BEGIN FOR c IN SELECT * FROM checks LOOP EXECUTE format('ALTER TABLE ${table} ADD CONSTRAINT %I %s NOT VALID', c.conname, c.def); END LOOP; END $$`,
  `UPDATE pg_constraint SET convalidated = true WHERE conrelid = '${table}'::regclass`,
];
const EVENT = `stream = '${CASE}' AND version`;

test('what was not tampered with holds', async () => {
  expect(await found()).toEqual([]);
});

describe('records', () => {
  test('one byte of a record flipped', async () => {
    await tamper(...unchecked('events', `UPDATE events SET record = set_byte(record, 40, get_byte(record, 40) # 1) WHERE ${EVENT} = 5`));
    expect((await found())[0]).toBe(`HASH_MISMATCH ${CASE}@5`);
  });

  test('a column changed against its record', async () => {
    await tamper(`UPDATE events SET data = jsonb_set(data, '{givenOn}', '"2026-01-01"') WHERE ${EVENT} = 5`);
    expect((await found())[0]).toBe(`COLUMN_DIFFERS ${CASE}@5`);
  });

  test('an event deleted', async () => {
    await tamper(`DELETE FROM events WHERE ${EVENT} = 5`);
    expect(await found()).toEqual([`VERSION_GAP ${CASE}@6`, `CHAIN_BROKEN ${CASE}@6`, `EVENTS_MISSING ${CASE}@5`, `LEAF_WITHOUT_EVENT ${CASE}@5`, `EFFECT_WITHOUT_EVENT ${CASE}@5`, `READ_MODEL_DIFFERS ${CASE}@9`]);
  });

  test('the last event deleted: its command and its leaf miss it; with its command and the row of the case, its leaf', async () => {
    await tamper(`DELETE FROM events WHERE ${EVENT} = 9`);
    expect((await found()).slice(0, 2)).toEqual([`EVENTS_MISSING ${CASE}@9`, `LEAF_WITHOUT_EVENT ${CASE}@9`]);
    await tamper(`DELETE FROM commands WHERE stream = '${CASE}' AND first_version = 9`, 'DELETE FROM cases');
    await rebuildReadModels(db);
    expect(await found()).toEqual([`LEAF_WITHOUT_EVENT ${CASE}@9`]);
  });

  test('two swapped', async () => {
    const move = (from: number, to: number) => `UPDATE events SET version = ${to}, prev_version = ${to} - 1 WHERE ${EVENT} = ${from}`;
    await tamper(move(4, 999), move(5, 4), move(999, 5));
    expect((await found()).slice(0, 3)).toEqual([`CHAIN_BROKEN ${CASE}@4`, `COMMAND_VERSIONS_DIFFER ${CASE}@4`, `COLUMN_DIFFERS ${CASE}@4`]);
  });
});

describe('with every right on the database, and records that hold in themselves', () => {
  const CUT = [`DELETE FROM events WHERE ${EVENT} > 4`, `DELETE FROM commands WHERE stream = '${CASE}' AND first_version > 4`, 'DELETE FROM cases'];
  const INSERTED: Step = { by: OPERATOR, command: { type: 'RecordMandateChange', data: { kind: 'MAYOR_CHANGED', on: '2026-05-20' } } };
  const relogged = ['TRUNCATE log_leaves, log_nodes'];

  /** Puts an event between the fourth and the fifth, with a right chain from there on. */
  async function insertEvent(): Promise<void> {
    await tamper(...CUT);
    await rebuildReadModels(db);
    await write(db, [INSERTED, ...STEPS.slice(4)]);
  }

  test('an event inserted with a right chain: the log does not know it, and names it', async () => {
    await insertEvent();
    expect((await found())[0]).toBe(`LEAF_DIFFERS ${CASE}@5`);
  });

  test('and with the log made anew from the records: the checkpoints that were signed name the first leaf after what they hold', async () => {
    await insertEvent();
    await tamper(...relogged, `
      INSERT INTO log_leaves SELECT row_number() OVER (ORDER BY tx, position) - 1, tx, position, stream, version, sha256('\\x00' || record) FROM events`);
    expect((await found())[0]).toBe('CHECKPOINT_DIFFERS archive/bundles@1');
  });

  test('and signed anew, with the key of the log: the archive knows it; without the archive verify has nothing to hold it against, and a witness has', async () => {
    const seen = await witnessed();
    await insertEvent();
    await tamper(...relogged, 'TRUNCATE log_checkpoints');
    await sequenceUntil(db, keys, LEAVES + 1);
    expect((await found())[0]).toBe(`EFFECT_WITHOUT_EVENT ${CASE}@5`);
    await tamper('DELETE FROM archived_histories', `DELETE FROM events WHERE stream = 'archive/c_a010-1'`, `DELETE FROM commands WHERE stream = 'archive/c_a010-1'`, ...relogged, 'TRUNCATE log_checkpoints');
    await sequenceUntil(db, keys, LEAVES);
    expect(await found()).toEqual([]);
    expect(await looked(seen)).toMatchObject({ code: 'LOG_FORKED', message: expect.stringMatching(/^The log of 311 leaves does not begin with the 311 that were seen/) });
  });

  test('the tail cut: the checkpoint that was signed of it says how many there were', async () => {
    await tamper(`DELETE FROM events WHERE stream = 'note/a' AND version > 250`, `DELETE FROM commands WHERE stream = 'note/a' AND first_version > 250`, 'DELETE FROM log_leaves WHERE leaf >= 261');
    const { findings } = await verify(db, {}, { logKeys: keys.verifiers });
    expect(findings).toMatchObject([{ code: 'CHECKPOINT_BEYOND_LOG', message: expect.stringMatching(/ is of 311 leaves, and the log has 261: its tail was cut\.$/) }, { code: 'LEAF_NOT_SIGNED', stream: 'note/a', version: 1 }]);
  });

  test('the tail cut with all that was signed of it: only a witness knows', async () => {
    const seen = await witnessed();
    await tamper(`DELETE FROM events WHERE stream = 'note/a'`, `DELETE FROM commands WHERE stream = 'note/a'`, 'DELETE FROM log_leaves WHERE leaf >= 11', 'TRUNCATE log_nodes', 'DELETE FROM log_checkpoints WHERE size > 11');
    expect(await found()).toEqual([]);
    expect(await looked(seen)).toMatchObject({ code: 'LOG_ROLLED_BACK', message: 'The log has 11 leaves; 311 were seen.' });
  });

  test('the database restored from yesterday: only a witness knows, also when it goes on from there past what was seen', async () => {
    await note(db, 'note/b', 5);
    await sequenceUntil(db, keys, LEAVES + 5);
    const seen = await witnessed();
    await db.destroy();
    await postgres.copy('associa', `${name}_restored`);
    db = await postgres.open(`${name}_restored`);
    expect(await found()).toEqual([]);
    expect(await looked(seen)).toMatchObject({ code: 'LOG_ROLLED_BACK', message: 'The log has 311 leaves; 316 were seen.' });
    await note(db, 'note/c', 10);
    await sequenceUntil(db, keys, LEAVES + 10);
    expect(await looked(seen)).toMatchObject({ code: 'LOG_FORKED' });
  });
});

describe('log, archive, read models', () => {
  test('a hash of a tile changed: of the lowest the event is named, of another its place', async () => {
    await tamper(`UPDATE log_leaves SET hash = sha256('x') WHERE leaf = 6`);
    expect((await found())[0]).toBe(`LEAF_DIFFERS ${CASE}@7`);
    await tamper(`UPDATE log_leaves SET hash = sha256('\\x00' || record) FROM events e WHERE leaf = 6 AND e.stream = '${CASE}' AND e.version = 7`, `UPDATE log_nodes SET hash = sha256('x')`);
    expect(await verify(db, {}, { logKeys: keys.verifiers })).toMatchObject({ findings: [{ code: 'TILE_DIFFERS', message: 'Hash 0 of the tiles of level 1 is not that of its leaves.' }] });
  });

  test.each<[string, (history: History) => void]>([
    ["a history's activity result changed", (history) => {
      const [result] = resultsIn(history);
      if (result === undefined) throw new Error('no result');
      result.data = Buffer.from(JSON.stringify({ outcome: 'STORED', events: [] }));
    }],
    ['its tail cut', (history) => { history.events = history.events?.slice(0, -3) ?? []; }],
  ])('%s', async (_name, change) => {
    const kept = await new Archive(db).known(CASE, run);
    if (kept === undefined) throw new Error('not archived');
    const history = readHistory(await new Archive(db).bytesOf(kept));
    change(history);
    const bytes = encodeHistory(history);
    await tamper([`UPDATE archived_histories SET history = $1, hash = $2, size = $3`, [gzipSync(bytes), createHash('sha256').update(bytes).digest('hex'), bytes.length]]);
    expect(await found()).toEqual(['ARCHIVE_DIFFERS archive/c_a010-1@1']);
  });

  test('an event deleted of which an archived history says that the store has it, with all else that says so', async () => {
    await tamper(
      `DELETE FROM events WHERE ${EVENT} > 2`, `DELETE FROM commands WHERE stream = '${CASE}' AND first_version > 2`, 'DELETE FROM cases',
      'TRUNCATE log_leaves, log_nodes, log_checkpoints');
    await rebuildReadModels(db);
    await sequenceUntil(db, keys, LEAVES - 7);
    expect((await found())[0]).toBe(`EFFECT_WITHOUT_EVENT ${CASE}@3`);
  });

  test('a bundle swapped, and its hash with it', async () => {
    const other = 'module.exports = { other: true };';
    await tamper(['UPDATE archived_bundles SET code = $1', [gzipSync(other)]]);
    expect(await found()).toEqual(['ARCHIVE_DIFFERS archive/bundles@1']);
    await tamper(['UPDATE archived_bundles SET hash = $1', [hashOf(other)]]);
    expect(await found()).toEqual(['ARCHIVE_MISSING archive/bundles@1', 'ARCHIVE_WITHOUT_ENTRY']);
  });

  test('a row of a read model edited', async () => {
    await tamper(`UPDATE cases SET phase = 'MANAGEMENT'`);
    expect(await found()).toEqual([`READ_MODEL_DIFFERS ${CASE}@9`]);
  });
});

/** One of each here; the others in guards.test.ts. */
describe('guards', () => {
  test.each([
    ['a grant widened', 'GRANT UPDATE ON events TO associa_app', 'GRANT_TOO_WIDE', 'The grant UPDATE to the application of events is not of this version: plain.'],
    ['a trigger dropped', 'DROP TRIGGER events_append_only ON events', 'TRIGGER_MISSING', 'The trigger events_append_only of events is missing or switched off.'],
    ['a constraint dropped', 'ALTER TABLE events DROP CONSTRAINT events_chain', 'CONSTRAINT_MISSING', 'The constraint events_chain of events is missing or switched off.'],
    ['a policy altered', 'ALTER TABLE texts NO FORCE ROW LEVEL SECURITY', 'ROW_SECURITY_MISSING', 'The row security of texts is missing or switched off.'],
    ['the triggers silenced for the application', 'ALTER ROLE associa_app SET session_replication_role = replica', 'TRIGGERS_SILENT', expect.stringContaining('fire no triggers')],
    ['the application made owner', 'GRANT associa_owner TO associa_app', 'ROLE_OWNS', expect.stringContaining('rights of the owner')],
    ['the application exempt', 'ALTER ROLE associa_app BYPASSRLS', 'ROLE_EXEMPT', expect.stringContaining('exempt from row-level security')],
  ])('%s', async (_name, statement, code, message) => {
    await db.destroy();
    await tamper(statement);
    db = await postgres.open(name);
    const { findings } = await verify(db, {}, { logKeys: keys.verifiers });
    await tamper('ALTER ROLE associa_app RESET session_replication_role', 'REVOKE associa_owner FROM associa_app', 'ALTER ROLE associa_app NOBYPASSRLS');
    expect(findings).toEqual([{ code, message }]);
  });

  test('all foreign keys of a table switched off', async () => {
    await tamper('ALTER TABLE events DISABLE TRIGGER ALL', 'ALTER TABLE events ENABLE TRIGGER USER');
    const { findings } = await verify(db, {}, { logKeys: keys.verifiers });
    expect(findings.map(({ code, message }) => `${code} ${message.slice(0, message.indexOf(' is '))}`)).toEqual(
      ['commands_first of commands', 'commands_last of commands', 'events_chain of events', 'events_command of events'].map((one) => `CONSTRAINT_DIFFERS The constraint ${one}`));
  });
});

/** The log as anybody reads it. */
function publicLog(): PublicLog {
  return { checkpoint: async () => (await newestCheckpoint(db))?.note ?? null, keys: () => Promise.resolve(keys.verifiers), readTile: (tile) => readTileOf(db)(tile) };
}

/** What a comune keeps of a look. */
async function witnessed() {
  return openCheckpoint(await publicLog().checkpoint() ?? '', keys.verifiers);
}

async function looked(newest: Awaited<ReturnType<typeof witnessed>>) {
  return (await observe(publicLog(), { keys: keys.verifiers, newest })).finding;
}
