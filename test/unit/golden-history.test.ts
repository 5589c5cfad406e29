import { readdirSync, readFileSync } from 'node:fs';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildBundle, type WorkflowBundle } from '../../engine/bundle.ts';
import { installRuntime } from '../../engine/worker.ts';

installRuntime(() => undefined);

const FOLDER = new URL('../golden/histories/', import.meta.url);
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

let bundle: WorkflowBundle;
beforeAll(async () => { bundle = await buildBundle(); }, 60_000);

interface HistoryJson {
  events: { eventType: string; timerStartedEventAttributes?: { timerId: string }; markerRecordedEventAttributes?: { markerName: string } }[];
}

const read = (name: string) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as HistoryJson;
const replay = (history: HistoryJson) => Worker.runReplayHistory({ workflowBundle: { code: bundle.code } }, historyFromJSON(history), 'adhesion/c_a010-1');

describe('histories recorded by released versions', () => {
  it('are there, of a case that crossed several runs', () => {
    expect(FILES.length).toBeGreaterThan(1);
  });

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
