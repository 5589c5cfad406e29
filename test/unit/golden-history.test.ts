import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkflowBundle } from '../../engine/bundle.ts';
import { keptBundle } from '../../engine/kept-bundle.ts';
import { openConverter, type CaseConverter } from '../../engine/data-converter.ts';
import { ensureSilentRuntime } from '../../engine/worker.ts';
import { temporaryFolder } from '../support/folders.ts';

ensureSilentRuntime();

const FOLDER = new URL('../golden/histories/', import.meta.url);
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

const keysDir = temporaryFolder('keys');
let bundle: WorkflowBundle;
let dataConverter: CaseConverter;
beforeAll(async () => { [bundle, dataConverter] = await Promise.all([keptBundle(), openConverter(keysDir)]); }, 60_000);
afterAll(() => { rmSync(keysDir, { recursive: true, force: true }); });

interface HistoryJson {
  events: { eventType: string; timerStartedEventAttributes?: { timerId: string }; markerRecordedEventAttributes?: { markerName: string } }[];
}

const read = (name: string) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as HistoryJson;
const replay = (history: HistoryJson) => Worker.runReplayHistory({ workflowBundle: { code: bundle.code }, dataConverter }, historyFromJSON(history), 'adhesion/c_a010-1');

describe('histories recorded by released versions', () => {
  it('are there, of a case that crossed several runs', () => {
    expect(FILES.length).toBeGreaterThan(1);
  });

  // Their payloads are from before the encryption.
  it.each(FILES)('%s replays on the code of today', async (name) => {
    await replay(read(name));
  });
});

describe('the replay notices a history that this code would not have made', () => {
  it('when an answer of the store is of another kind', async () => {
    const history = read(FILES.at(-1) ?? '');
    const marker = history.events.findIndex((event) => event.markerRecordedEventAttributes !== undefined);
    expect(marker).toBeGreaterThan(0);
    const other = history.events[marker];
    if (other?.markerRecordedEventAttributes === undefined) throw new Error('no marker');
    other.markerRecordedEventAttributes.markerName = 'core_patch';
    await expect(replay(history)).rejects.toThrow(DeterminismViolationError);
  });

  it('when the answers of the store are taken out', async () => {
    const history = read(FILES.at(-1) ?? '');
    const silent = { ...history, events: history.events.filter((event) => event.markerRecordedEventAttributes === undefined) };
    await expect(replay(silent)).rejects.toThrow('History is out of order');
  });
});
