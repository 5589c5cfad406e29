import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { replayDossier } from '../../audit/dossier-replay.ts';
import { Archive } from '../../db/archive.ts';
import { openLogKeys, type LogKeys } from '../../db/log/keys.ts';
import { checkArchive } from '../../dossier/check.ts';
import { bundleFile, historyFile } from '../../dossier/contents.ts';
import { dossierOf } from '../../dossier/export.ts';
import { gather } from '../../dossier/gather.ts';
import { ENGINE } from '../../domain/shared/actor.ts';
import { Archiver } from '../../engine/archive/archiver.ts';
import { encodeHistory, readHistory } from '../../engine/archive/encoding.ts';
import { keepRunningBundle } from '../../engine/archive/running-bundle.ts';
import { testBundle } from '../support/bundle.ts';
import { sequenceAll } from '../support/dossier.ts';
import { OPERATOR, stamped } from '../support/procedure.ts';
import { untilPublished } from '../support/published.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { cli } from '../unit/cli/support.ts';

const ID = 'c_a010-1';
const STREAM = `adhesion/${ID}`;

type Verdict = ReturnType<typeof checkArchive>;

let stack: Stack;
let keys: LogKeys;
/** While its newest run is open, and when that is archived too. */
let early: Buffer;
let whole: Buffer;
let version: number;

const exported = async (): Promise<Buffer> => {
  await sequenceAll(stack.db, keys);
  const gathered = await gather(stack.db, ID, undefined);
  if ('missing' in gathered) throw new Error(gathered.missing);
  const parts: Buffer[] = [];
  for await (const part of await dossierOf(gathered, new Archive(stack.db), keys.verifiers)) parts.push(part);
  return Buffer.concat(parts);
};
const checked = (bytes: Buffer): Verdict => checkArchive(bytes, keys.verifiers);
const replay = (verdict: Verdict, files = verdict.files) => replayDossier(verdict, files, testBundle());

beforeAll(async () => {
  stack = await startStack({ continueAfter: 4 });
  keys = await openLogKeys(stack.keysDir, 'associa.example/log');
  await keepRunningBundle(stack.db, testBundle());
  const seen = await untilPublished(stack.engine, '2026-11-10');
  await stack.engine.submitFact(STREAM, stamped({ type: 'AcceptResolution', data: {} }, OPERATOR, 'refused-fact'), seen);
  await vi.waitFor(async () => { if (await stack.engine.version(STREAM) !== seen + 1) throw new Error('not yet'); }, { timeout: 15_000 });
  version = seen + 1;
  // What changes nothing is asked of the store too, and is in no record.
  await stack.engine.execute(STREAM, stamped({ type: 'CompleteEffect', data: { key: 'none' } }, ENGINE, 'empty'), version);
  await vi.waitFor(async () => { if ((await new Archive(stack.db).runsOf(STREAM)).length < 2) throw new Error('not yet'); }, { timeout: 15_000 });
  early = await exported();
  await new Archiver(stack.client, stack.db, async () => undefined, 0).sweep();
  whole = await exported();
});
afterAll(async () => { await stack.stop(); });

test('every event of a dossier whose runs are all archived is replayed with the bundle in it', async () => {
  expect(checked(whole).faults).toEqual([]);
  expect(await replay(checked(whole))).toEqual({ checked: { runs: 3, replayed: version, adopted: 0, unproven: 0, unarchived: 0 }, findings: [] });
});

test('a command that changed nothing was replayed, and is not missed', async () => {
  expect(await stack.db.selectFrom('commands').select(['command_id', 'first_version']).where('command_id', '=', 'empty').execute()).toEqual([{ command_id: 'empty', first_version: null }]);
  expect(checked(whole).commands.map(({ commandId }) => commandId)).not.toContain('empty');
});

test('what an open run stored that is not archived yet is decided again from its commands', async () => {
  const { checked: counts, findings } = await replay(checked(early));
  expect(findings).toEqual([]);
  expect(counts).toMatchObject({ runs: 2, unarchived: 0, unproven: 0 });
  expect([counts.adopted > 0, counts.replayed + counts.adopted]).toEqual([true, version]);
});

test('what code of another day decides otherwise after the last archived run is no fault: it is not archived yet', async () => {
  const verdict = checked(early);
  const last = verdict.events.findLast(({ event }) => event.stream === STREAM);
  const commands = verdict.commands.map((command) => (command.commandId === last?.event.commandId ? { ...command, type: 'CloseAdhesion' } : command));
  const { checked: counts, findings } = await replay({ ...verdict, commands });
  expect([findings, counts.unarchived]).toEqual([[], 1]);
  // Where a run stored it, it is one.
  expect((await replay({ ...checked(whole), commands })).findings[0]).toMatchObject({ code: 'APPEND_DIFFERS', version });
});

describe('finds', () => {
  type Event = NonNullable<History['events']>[number];
  /** Changes the first history that has such an event. */
  const altered = (has: (event: Event) => boolean, change: (event: Event, history: History) => void) => {
    const verdict = checked(whole);
    const histories = [...verdict.files].filter(([name]) => name.startsWith('histories/')).map(([name, bytes]) => [name, readHistory(bytes)] as const);
    const [name = '', history] = histories.find(([, one]) => one.events?.some(has)) ?? [];
    const event = history?.events?.find(has);
    if (history === undefined || event === undefined) throw new RangeError('no history has it');
    change(event, history);
    return replay(verdict, new Map([...verdict.files, [name, encodeHistory(history)]]));
  };

  test('a timer of a history that is another', async () => {
    const { findings } = await altered(({ timerStartedEventAttributes: timer }) => (timer ?? null) !== null, ({ timerStartedEventAttributes: timer }) => { Object.assign(timer?.startToFireTimeout ?? {}, { nanos: 1_000_000 }); });
    expect(findings[0]).toMatchObject({ code: 'REPLAY_DIFFERS', stream: STREAM, message: expect.stringMatching(/timer 1, millis: the history has \d+001/) });
  });

  test('a tail of a history that was cut', async () => {
    const { findings } = await altered(() => true, (_event, history) => { history.events = history.events?.slice(0, -3) ?? []; });
    expect(findings.map(({ code }) => code)).toContain('REPLAY_DIFFERS');
  });

  test('an event that no run stored and its command does not explain, before what the last run knew', async () => {
    const verdict = checked(whole);
    const [, second] = (await new Archive(stack.db).runsOf(STREAM)).map(({ runId }) => historyFile(runId));
    const history = readHistory(verdict.files.get(second ?? '') ?? Buffer.alloc(0));
    history.events = history.events?.slice(0, 4) ?? [];
    const commands = verdict.commands.map((command) => ({ ...command, type: 'CloseAdhesion' }));
    const { findings } = await replay({ ...verdict, commands }, new Map([...verdict.files, [second ?? '', encodeHistory(history)]]));
    expect(findings.map(({ code }) => code)).toContain('EVENT_UNEXPLAINED');
  });

  test('an event that is another than the history handed over, by its version', async () => {
    const verdict = checked(whole);
    const events = verdict.events.map((one) => (one.event.stream === STREAM && one.event.version === 2 ? { ...one, event: { ...one.event, data: { forged: true } } } : one));
    expect((await replay({ ...verdict, events })).findings[0]).toMatchObject({ code: 'APPEND_DIFFERS', version: 2, message: expect.stringContaining('another data') });
  });

  test('a bundle that does otherwise', async () => {
    const verdict = checked(whole);
    const name = bundleFile(testBundle().hash);
    const code = String(verdict.files.get(name));
    const other = code.replace('startToCloseTimeout: "30 s"', 'startToCloseTimeout: "31 s"').replace(`startToCloseTimeout: '30 s'`, `startToCloseTimeout: '31 s'`);
    expect(other).not.toBe(code);
    expect((await replay(verdict, new Map([...verdict.files, [name, Buffer.from(other)]]))).findings[0]).toMatchObject({ code: 'REPLAY_DIFFERS', message: expect.stringContaining('startToClose') });
  });

  test('a bundle, or a history, that is not there or no such thing', async () => {
    const verdict = checked(whole);
    const name = bundleFile(testBundle().hash);
    const { runId } = (await new Archive(stack.db).runsOf(STREAM))[0] ?? { runId: '' };
    for (const [files, message] of [
      [new Map([...verdict.files].filter(([one]) => one !== name)), 'is not in the dossier'], [new Map([...verdict.files, [name, Buffer.from('throw new Error("no")')]]), 'could not be replayed'],
      [new Map([...verdict.files, [historyFile(runId), Buffer.from('x')]]), "can't be read"],
    ] as const) {
      expect((await replay(verdict, files)).findings[0]).toMatchObject({ code: 'REPLAY_DIFFERS', message: expect.stringContaining(message) });
    }
  });
});

test('audit check replays by itself where it is told whose the key is, with nothing but the file', async () => {
  const file = join(stack.keysDir, 'dossier.zip');
  writeFileSync(file, whole);
  const env = { ASSOCIA_HOME: join(stack.keysDir, 'none') };
  const { code, out, err } = await cli(['audit', 'check', file, '--json', '--key', keys.verifiers[0]?.text ?? ''], env);
  expect([code, err, JSON.parse(out)]).toMatchObject([0, '', { ok: true, checked: { runs: 3, replayed: version, adopted: 0, pages: 1 }, findings: [] }]);
  expect((await cli(['audit', 'check', file, '--json'], env)).err).toContain('The histories were not replayed');
  rmSync(file);
});
