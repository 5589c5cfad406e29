import { ScheduleOverlapPolicy } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Runs } from '../../engine/runs.ts';
import { ensureRoutines } from '../../engine/schedule.ts';
import { withoutRight } from '../support/database.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
  await ensureRoutines(stack.client, stack.taskQueue);
});
afterAll(async () => {
  for (const id of ['reconciler', 'archiver']) await stack.client.schedule.getHandle(id).delete();
  await stack.stop();
});

/** How the runs of the reconciler stand, by their ids. */
async function sweeps(): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for await (const { runId, status } of stack.client.workflow.list({ query: `WorkflowType = 'reconcilerWorkflow'` })) found.set(runId, status.name);
  return found;
}

/** As the minute has it made: after the sweep before, and with what became of that one. */
async function sweepsOnceMore(): Promise<string | undefined> {
  const before = await sweeps();
  await stack.client.schedule.getHandle('reconciler').trigger(ScheduleOverlapPolicy.SKIP);
  const newest = async () => [...await sweeps()].find(([runId]) => !before.has(runId))?.[1];
  await expect.poll(newest, { timeout: 20_000 }).not.toSatisfy((status) => status === undefined || status === 'RUNNING');
  return newest();
}

/** Meanwhile the store refuses what a sweep reads first. */
const refuseSweeps = (meanwhile: () => Promise<void>) => withoutRight(stack, 'SELECT ON cursors', meanwhile);

test('a sweep follows on the sweep before, whatever became of that one', async () => {
  expect(await sweepsOnceMore()).toBe('COMPLETED');
  expect(await sweepsOnceMore()).toBe('COMPLETED');
  await refuseSweeps(async () => { expect(await sweepsOnceMore()).toBe('FAILED'); });
  expect(await sweepsOnceMore()).toBe('COMPLETED');
});

test('what watches is told since when nothing came of a routine: a sweep that failed is none', async () => {
  const idle = async () => Object.fromEntries((await new Runs(stack.client).idleRoutines()).map(({ routine, seconds }) => [routine, seconds]));
  await sweepsOnceMore();
  const [doneAt, { reconciler, archiver }] = [performance.now(), await idle()];
  expect(reconciler).toBeLessThan(5);
  // It never ended: what counts is when its schedule was made, before any of these sweeps.
  expect(archiver).toBeGreaterThan(Number(reconciler));
  await refuseSweeps(async () => {
    await sweepsOnceMore();
    expect((await idle())['reconciler']).toBeGreaterThanOrEqual((performance.now() - doneAt) / 1_000);
  });
});
