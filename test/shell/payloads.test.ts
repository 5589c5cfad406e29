import { rmSync } from 'node:fs';
import { Client } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import { historyFromJSON, type History } from '@temporalio/common/lib/proto-utils.js';
import proto from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { testBundle } from '../support/bundle.ts';
import { openConverter } from '../../engine/data-converter.ts';
import { Engine } from '../../engine/engine.ts';
import { addPayloadKey } from '../../engine/payload-keys.ts';
import { Runs } from '../../engine/runs.ts';
import { temporaryFolder } from '../support/folders.ts';
import { OPERATOR, stamped } from '../support/procedure.ts';
import { untilPublished } from '../support/published.ts';
import { rehearsedOpen } from '../support/rehearsed.ts';
import { startStack, type Stack } from '../support/stack.ts';

const STREAM = 'adhesion/c_a010-1';

let stack: Stack;
let seen: number;
beforeAll(async () => {
  stack = await startStack({ continueAfter: 4 });
  seen = await untilPublished(stack.engine, '2026-06-25');
  // Refused by a validator, refused as a fact, a question: each way a word goes to Temporal and back.
  await stack.engine.execute(STREAM, stamped({ type: 'AcceptResolution', data: {} }, OPERATOR, 'refused-decision'), seen);
  await stack.engine.submitFact(STREAM, stamped({ type: 'AcceptResolution', data: {} }, OPERATOR, 'refused-fact'), seen);
  await vi.waitFor(async () => { if (await stack.engine.version(STREAM) !== seen + 1) throw new Error('not yet'); }, { timeout: 15_000 });
});
afterAll(async () => { await stack.stop(); });

/** As the wire gives it: a client without our keys. */
const stranger = () => new Client({ connection: stack.client.connection, namespace: stack.namespace });

const clientOf = async (keysDir: string) => new Client({ connection: stack.client.connection, namespace: stack.namespace, dataConverter: await openConverter(keysDir) });

async function rawHistories(): Promise<History[]> {
  const runs = await new Runs(stack.client).list(STREAM);
  return Promise.all(runs.map(({ runId }) => stranger().workflow.getHandle(STREAM, runId).fetchHistory()));
}

/** Every payload in a message, with the way to it. */
function* payloadsIn(node: unknown, way: string): Generator<{ way: string; payload: Payload }> {
  if (typeof node !== 'object' || node === null || node instanceof Uint8Array) return;
  if ('metadata' in node) yield { way, payload: node as Payload };
  else for (const [name, child] of Object.entries(node)) yield* payloadsIn(child, Array.isArray(node) ? way : `${way}.${name}`);
}

describe('what Temporal stores of a case', () => {
  it('is encrypted in every payload of every run, but for what the SDK itself notes: times of local activities, names of patches', async () => {
    const histories = await rawHistories();
    expect(histories.length).toBeGreaterThan(2);
    const found = histories.flatMap((history) => [...payloadsIn(history, '')]);
    const plain = found.filter(({ payload }) => Buffer.from(payload.metadata?.['encoding'] ?? []).toString() !== 'binary/encrypted');
    expect(found.length - plain.length).toBeGreaterThan(20);
    expect(new Set(plain.map(({ way }) => way))).toEqual(new Set([
      '.events.markerRecordedEventAttributes.details.data.payloads', '.events.markerRecordedEventAttributes.details.patch-data.payloads',
      '.events.upsertWorkflowSearchAttributesEventAttributes.searchAttributes.indexedFields.TemporalChangeVersion',
    ]));
    const noted = plain.map(({ payload }) => JSON.parse(Buffer.from(payload.data ?? []).toString()) as object)
      .map((value) => (Array.isArray(value) ? value.join(' ') : Object.keys(value).toSorted().join(' ')));
    expect(new Set(noted)).toEqual(new Set(['activity_id activity_type attempt backoff complete_time original_schedule_time seq', 'deprecated id', 'archives-run-before']));
  });

  it('names no command, no fact, no act: the bytes of the whole histories hold none of the words of ours', async () => {
    const bytes = (await rawHistories()).map((history) => Buffer.from(proto.temporal.api.history.v1.History.encode(history).finish()).toString('latin1')).join('');
    for (const word of ['SendProposal', 'ConfirmReceipt', 'AcceptResolution', 'refused-fact', 'resolutionNo', 'votes', 'councillorsPresent', 'sentAt', 'subject', 'operator']) {
      expect(bytes, word).not.toContain(word);
    }
  });

  it('replays with the keys, names the missing key without them', async () => {
    const bundle = testBundle();
    expect(await rehearsedOpen(stack.client, bundle, STREAM)).toEqual({ checked: { runs: 1, open: 1, known: 0, left: 0 }, groups: [] });
    const elsewhere = temporaryFolder('keys');
    try {
      const { groups } = await rehearsedOpen(await clientOf(elsewhere), bundle, STREAM);
      expect(groups).toMatchObject([{ code: 'CANNOT_GO_ON', stream: STREAM, runs: 1, open: 1 }]);
      expect(groups[0]?.examples[0]?.message).toMatch(/^A payload is encrypted under the key "1-[0-9a-f]{16}", which is not in /);
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });

  it('says what a workflow failed with, although failures are encoded', async () => {
    const { code, hash } = testBundle();
    const broken = code.replace('await host.live()', "throw new TypeError('broken on purpose')");
    expect(broken).not.toBe(code);
    const { groups } = await rehearsedOpen(stack.client, { code: broken, hash }, STREAM);
    expect(groups).toMatchObject([{ code: 'CANNOT_GO_ON', cause: { command: 'replay', replayed: 'broken on purpose' } }]);
  });

  it('is given out decrypted, so that it replays without our keys', async () => {
    const runs = new Runs(stack.client);
    const bundle = testBundle();
    for (const { runId } of await runs.list(STREAM)) {
      const json = await runs.history(STREAM, runId) ?? '';
      const history = historyFromJSON(JSON.parse(json));
      expect([...payloadsIn(history, '')].map(({ payload }) => Buffer.from(payload.metadata?.['encoding'] ?? []).toString())).not.toContain('binary/encrypted');
      await Worker.runReplayHistory({ workflowBundle: { code: bundle.code } }, history, STREAM);
    }
    expect(await runs.holds(STREAM, 'refused-fact')).toBe(true);
    expect(await runs.holds(STREAM, 'never-sent')).toBe(false);
  });

  it('may be under several keys: a rotation is met in the middle of a run', async () => {
    const id = await addPayloadKey(stack.keysDir);
    const rotated = await clientOf(stack.keysDir);
    const engine = new Engine(rotated, { taskQueue: stack.taskQueue, deadlineMs: 10_000 });
    // The worker started before the key was there, and reads what was written under it.
    expect(await engine.execute(STREAM, stamped({ type: 'AcceptResolution', data: {} }, OPERATOR, 'refused-again'), seen)).toMatchObject({ outcome: 'REFUSED', code: expect.any(String) });
    await engine.submitFact(STREAM, stamped({ type: 'AcceptResolution', data: {} }, OPERATOR, 'refused-fact-again'), seen);
    await expect.poll(() => engine.version(STREAM), { timeout: 15_000 }).toBe(seen + 2);
    const keys = (await rawHistories()).flatMap((history) => [...payloadsIn(history, '')]).map(({ payload }) => Buffer.from(payload.metadata?.['encryption-key-id'] ?? []).toString());
    expect(new Set(keys)).toEqual(new Set(['', expect.stringMatching(/^1-/), id]));
    expect(await rehearsedOpen(rotated, testBundle(), STREAM)).toMatchObject({ groups: [] });
  });
});
