import { createHash } from 'node:crypto';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import proto from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { verify } from '../../audit/verify.ts';
import { raiseAlarm, type Alarm } from '../../db/alarms.ts';
import { Archive, ArchiveDiffers } from '../../db/archive.ts';
import { readAfter } from '../../db/event-store/read.ts';
import { Archiver } from '../../engine/archive/archiver.ts';
import { encodeHistory } from '../../engine/archive/encoding.ts';
import { keepRunningBundle } from '../../engine/archive/running-bundle.ts';
import { runnable } from '../../engine/bundle.ts';
import { LiveRuns } from '../../engine/live-runs.ts';
import { noteInterventions } from '../../engine/outside-runs.ts';
import { Runs } from '../../engine/runs.ts';
import { testBundle } from '../support/bundle.ts';
import { asOwner } from '../support/database.ts';
import { untilPublished } from '../support/published.ts';
import { startStack, type Stack } from '../support/stack.ts';

const STREAM = 'adhesion/c_a010-1';
const alarm = (raised: Alarm) => raiseAlarm(stack.db, pino({ level: 'silent' }), raised);

let stack: Stack;
let archive: Archive;
let archiver: Archiver;
beforeAll(async () => {
  stack = await startStack({ continueAfter: 4 });
  archive = new Archive(stack.db);
  archiver = new Archiver(stack.client, stack.db, alarm);
  await keepRunningBundle(stack.db, testBundle());
  await untilPublished(stack.engine, '2026-06-25');
});
afterAll(async () => { await stack.stop(); });

const runs = () => new Runs(stack.client).list(STREAM);
const alarms = async () => (await stack.db.selectFrom('alarms').select('code').orderBy('id').execute()).map(({ code }) => code);

it('a run that continued is archived by the run after it, with the bundle that ran it', async () => {
  const continued = await vi.waitFor(async () => {
    const all = (await runs()).filter(({ state }) => state === 'CONTINUED_AS_NEW');
    const archived = await archive.runsOf(STREAM);
    expect(all.length).toBeGreaterThan(1);
    expect(archived.map(({ runId, state, closedAt }) => ({ runId, state, closed: closedAt !== null })))
      .toEqual(all.map(({ runId }) => ({ runId, state: 'CONTINUED_AS_NEW', closed: true })));
    return archived;
  }, { timeout: 15_000 });
  for (const run of continued) expect(run.bundles).toEqual([testBundle().hash]);
  const bundle = await archive.bundle(testBundle().hash);
  expect(bundle).toMatchObject({ node: process.version, sdk: '1.24.0' });
});

it('what is kept is the history as Temporal has it, decrypted, and replays with the bundle that is kept', async () => {
  const bundle = await archive.bundle(testBundle().hash);
  for (const run of await archive.runsOf(STREAM)) {
    const bytes = await archive.bytesOf(run);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(run.hash);
    const history = proto.temporal.api.history.v1.History.decode(bytes);
    expect(history.events).toHaveLength(run.length);
    const given = historyFromJSON(JSON.parse(await new Runs(stack.client).history(STREAM, run.runId) ?? ''));
    expect(proto.temporal.api.history.v1.History.toObject(history, { longs: String, bytes: String, defaults: false }))
      .toEqual(proto.temporal.api.history.v1.History.toObject(given as proto.temporal.api.history.v1.History, { longs: String, bytes: String, defaults: false }));
    await Worker.runReplayHistory({ workflowBundle: { code: runnable(bundle?.code ?? '') } }, history, STREAM);
  }
});

it('has the same bytes however often it is fetched, though the server gives maps in any order', async () => {
  const [run] = await archive.runsOf(STREAM);
  const hashes = await Promise.all(Array.from({ length: 12 }, async () => {
    const live = (await new LiveRuns(stack.client).of(STREAM, new Set())).find(({ runId }) => runId === run?.runId);
    return live === undefined || 'why' in live ? '' : createHash('sha256').update(encodeHistory(live.history)).digest('hex');
  }));
  expect(new Set(hashes)).toEqual(new Set([run?.hash]));
});

it('each is a record of the journal of the archive, which names its hash, once', async () => {
  const [first] = await archive.runsOf(STREAM);
  await archiver.archiveRun(STREAM, first?.runId ?? '');
  const { events } = await readAfter(stack.db, 'archive/c_a010-1', 0);
  expect(events.map(({ type, data }) => ({ type, data }))).toEqual((await archive.runsOf(STREAM)).map(({ runId, state, length, hash, bundles }) => ({
    type: 'HistoryArchived', data: { workflowId: STREAM, runId, state, length, hash, bundles },
  })));
  const { events: bundles } = await readAfter(stack.db, 'archive/bundles', 0);
  expect(bundles).toMatchObject([{ type: 'BundleArchived', data: { hash: testBundle().hash, sdk: '1.24.0', node: process.version } }]);
  expect((await verify(stack.db)).findings).toEqual([]);
});

it('a sweep takes a run that was ended by hand, the next one has nothing to do', async () => {
  const [open] = (await runs()).filter(({ state }) => state === 'RUNNING');
  await stack.client.workflow.getHandle(STREAM).terminate('by hand');
  await vi.waitFor(async () => { expect((await runs()).map(({ state }) => state)).toContain('TERMINATED'); }, { timeout: 10_000 });
  await vi.waitFor(async () => { await archiver.sweep(); expect(await archive.known(STREAM, open?.runId ?? '')).toMatchObject({ state: 'TERMINATED' }); }, { timeout: 10_000 });
  expect(await archiver.sweep()).toEqual({ archived: 0, failed: 0 });
  expect(Date.parse(await archive.sweptThrough() ?? '')).toBeLessThan(Date.now());
  expect(await verify(stack.db)).toMatchObject({ findings: [{ code: 'RUN_TERMINATED', message: `The run ${open?.runId} was terminated, and nothing that is recorded explains it.`, stream: STREAM }] });
  expect(await noteInterventions(stack.db, stack.client, archive)).toEqual([{ workflowId: STREAM, runId: open?.runId, how: 'TERMINATED' }]);
  expect((await verify(stack.db)).findings).toEqual([]);
});

it('an open run is archived again when it has grown and time has passed', async () => {
  await stack.engine.catchUp(STREAM);
  const { runId } = await vi.waitFor(async () => {
    const run = (await runs()).find(({ state }) => state === 'RUNNING');
    if (run === undefined || await stack.engine.version(STREAM) === undefined) throw new Error('not yet');
    return run;
  }, { timeout: 10_000 });
  expect(await archiver.sweep()).toEqual({ archived: 0, failed: 0 });
  const often = new Archiver(stack.client, stack.db, alarm, 0);
  await vi.waitFor(async () => { expect((await often.sweep()).archived).toBe(1); }, { timeout: 10_000 });
  const first = await archive.known(STREAM, runId);
  expect(first).toMatchObject({ state: 'RUNNING', closedAt: null });
  expect(await often.sweep()).toEqual({ archived: 0, failed: 0 });
  await stack.engine.catchUp(STREAM);
  await vi.waitFor(async () => { expect((await often.sweep()).archived).toBe(1); }, { timeout: 10_000 });
  expect((await archive.known(STREAM, runId))?.length).toBeGreaterThan(first?.length ?? 0);
  expect((await archive.runsOf(STREAM)).filter((run) => run.runId === runId)).toHaveLength(1);
});

it('a history that Temporal no longer has is an alarm', async () => {
  const before = await alarms();
  expect(await archiver.archiveRun(STREAM, '00000000-0000-4000-8000-000000000000')).toBe(false);
  expect(await alarms()).toEqual([...before, 'HISTORY_GONE']);
});

it('a run that can not be archived is an alarm, and the next sweep tries it again', async () => {
  const through = await archive.sweptThrough();
  const run = (await runs()).find(({ state }) => state === 'RUNNING');
  const [live] = (await new LiveRuns(stack.client).of(STREAM, new Set())).filter(({ runId }) => runId === run?.runId);
  if (live === undefined || 'why' in live) throw new Error('no history');
  // As if another history had been put in its place, longer than the run's own.
  await archive.keepHistory({ workflowId: STREAM, runId: run?.runId ?? '', state: 'RUNNING', startedAt: run?.startedAt ?? '', closedAt: null, length: 9_999, bundles: [], bytes: encodeHistory(live.history) });
  expect(await new Archiver(stack.client, stack.db, alarm, 0).sweep()).toMatchObject({ failed: 1 });
  expect((await alarms()).at(-1)).toBe('ARCHIVE_FAILED');
  expect(await archive.sweptThrough()).toBe(through);
});

describe('an archive that was changed by who has all rights on the database', () => {
  const asOwnerWithoutTriggers = (table: string, statement: string) => asOwner(stack.ownerUrl, `ALTER TABLE ${table} DISABLE TRIGGER USER; ${statement}; ALTER TABLE ${table} ENABLE TRIGGER USER`);
  const found = async () => (await verify(stack.db)).findings.map(({ code, stream }) => ({ code, stream }));
  const journal = 'archive/c_a010-1';

  it.each([
    ['another history under the hash', { code: 'ARCHIVE_DIFFERS', stream: journal }, `UPDATE archived_histories SET history = (SELECT history FROM archived_histories WHERE length < 9999 ORDER BY started_at DESC LIMIT 1) WHERE run_id = (SELECT run_id FROM archived_histories ORDER BY started_at LIMIT 1)`],
    ['a history that can not be read', { code: 'ARCHIVE_DIFFERS', stream: journal }, `UPDATE archived_histories SET history = 'x' WHERE length = (SELECT max(length) FROM archived_histories WHERE length < 9999)`],
    ['a history taken away', { code: 'ARCHIVE_DIFFERS', stream: journal }, `DELETE FROM archived_histories WHERE run_id = (SELECT run_id FROM archived_histories ORDER BY started_at LIMIT 1)`],
    ['a history put in', { code: 'ARCHIVE_WITHOUT_ENTRY', stream: undefined }, `INSERT INTO archived_histories SELECT workflow_id, gen_random_uuid(), length, state, started_at, closed_at, hash, history, size, bundles, archived_at FROM archived_histories LIMIT 1`],
  ])('%s', async (_what, finding, statement) => {
    await asOwner(stack.ownerUrl, 'CREATE TABLE before_this AS SELECT * FROM archived_histories');
    await asOwnerWithoutTriggers('archived_histories', statement);
    const seen = await found();
    await asOwnerWithoutTriggers('archived_histories', 'DELETE FROM archived_histories; INSERT INTO archived_histories SELECT * FROM before_this');
    await asOwner(stack.ownerUrl, 'DROP TABLE before_this');
    expect(seen).toEqual([finding]);
    expect(await found()).toEqual([]);
  });

  it.each([
    ['a bundle swapped', { code: 'ARCHIVE_DIFFERS', stream: 'archive/bundles' }, `UPDATE archived_bundles SET code = 'x'`],
    ['a bundle taken away', { code: 'ARCHIVE_MISSING', stream: 'archive/bundles' }, `DELETE FROM archived_bundles`],
  ])('%s', async (_what, finding, statement) => {
    await asOwner(stack.ownerUrl, 'CREATE TABLE before_this AS SELECT * FROM archived_bundles');
    await asOwnerWithoutTriggers('archived_bundles', statement);
    const seen = await found();
    await asOwnerWithoutTriggers('archived_bundles', 'DELETE FROM archived_bundles; INSERT INTO archived_bundles SELECT * FROM before_this');
    await asOwner(stack.ownerUrl, 'DROP TABLE before_this');
    expect(seen).toEqual([finding]);
    expect(await found()).toEqual([]);
  });
});

it('a bundle under the hash of another is refused', async () => {
  await expect(archive.keepBundle({ hash: 'a'.repeat(64), code: 'other', sdk: '1', node: 'v1', lockfile: 'b'.repeat(64) })).rejects.toThrow(ArchiveDiffers);
});
