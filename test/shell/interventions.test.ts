import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { verify } from '../../audit/verify.ts';
import { Archive } from '../../db/archive.ts';
import { readAfter } from '../../db/event-store/read.ts';
import { Archiver } from '../../engine/archive/archiver.ts';
import { repair } from '../../engine/repair.ts';
import { ABBIATEGRASSO, deliberation, open, stamped } from '../support/procedure.ts';
import { startStack, type Stack } from '../support/stack.ts';

/** What somebody who has Temporal does to the runs of cases, and what an audit says of it until an operator has repaired. */
const STREAM = 'adhesion/c_a010-1';
let stack: Stack;
let runId: string;
beforeAll(async () => {
  stack = await startStack();
  await stack.engine.execute(STREAM, stamped(open(ABBIATEGRASSO)), 0);
  for (const [index, { by, command }] of deliberation('2026-06-25').slice(0, 2).entries()) await stack.engine.execute(STREAM, stamped(command, by), index + 1);
  runId = await runningNow();
});
afterAll(async () => { await stack.stop(); });

const handle = () => stack.client.workflow.getHandle(STREAM);
const runningNow = async () => (await handle().describe()).runId;
const found = async () => (await verify(stack.db, {}, { client: stack.client })).findings.map(({ code, stream, message }) => `${code} ${stream} ${message}`);
/** Temporal's lists are told a moment later. */
const eventually = (expected: readonly unknown[]) => vi.waitFor(async () => { expect(await found()).toEqual(expected); }, { timeout: 30_000, interval: 200 });
const unexplained = (code: string, run: string, done: string) => `${code} ${STREAM} The run ${run} was ${done}, and nothing that is recorded explains it.`;
const repaired = () => repair(stack.db, stack.engine, stack.client);
async function resetToBegin(run: string): Promise<string> {
  const { events } = await stack.client.workflow.getHandle(STREAM, run).fetchHistory();
  const workflowTaskFinishEventId = events?.find(({ workflowTaskCompletedEventAttributes: done }) => Boolean(done))?.eventId ?? null;
  const answer: { runId: string } = await stack.client.workflowService.resetWorkflowExecution({
    namespace: stack.namespace, workflowExecution: { workflowId: STREAM, runId: run }, reason: 'by hand', workflowTaskFinishEventId, requestId: `reset-${run}`,
  });
  return answer.runId;
}

test('a case that runs as it should gives no finding, and a repair has nothing to note', async () => {
  expect(await found()).toEqual([]);
  expect(await repaired()).toEqual({ finished: 0, running: 1, started: [], noted: [] });
});

test('a run that was terminated is a finding, also when the case goes on in another, until a repair noted it', async () => {
  await handle().terminate('by hand');
  await eventually([unexplained('RUN_TERMINATED', runId, 'terminated')]);
  await stack.engine.catchUp(STREAM);
  await eventually([unexplained('RUN_TERMINATED', runId, 'terminated')]);
  expect(await repaired()).toMatchObject({ running: 1, started: [], noted: [{ workflowId: STREAM, runId, how: 'TERMINATED' }] });
  await eventually([]);
  expect((await readAfter(stack.db, 'archive/c_a010-1', 0)).events).toMatchObject([{ type: 'InterventionNoted', data: { workflowId: STREAM, runId, how: 'TERMINATED' } }]);
  expect((await repaired()).noted).toEqual([]);
});

test('a reset is two: the run that it ended, and the one that it began in the middle of the other', async () => {
  const cut = await runningNow();
  const made = await resetToBegin(cut);
  await eventually([unexplained('RUN_RESET', made, 'begun by a reset'), unexplained('RUN_TERMINATED', cut, 'terminated')]);
  expect((await repaired()).noted.map(({ how }) => how).toSorted()).toEqual(['RESET', 'TERMINATED']);
  await eventually([]);
});

test('what the archive has of it is found without Temporal', async () => {
  const ended = await runningNow();
  await handle().terminate('by hand');
  const archive = new Archive(stack.db);
  await vi.waitFor(async () => {
    await new Archiver(stack.client, stack.db, async () => undefined).sweep();
    expect(await archive.known(STREAM, ended)).toMatchObject({ state: 'TERMINATED' });
  }, { timeout: 15_000, interval: 200 });
  expect((await verify(stack.db)).findings).toMatchObject([{ code: 'RUN_TERMINATED', stream: STREAM }]);
});

test('a request to cancel does nothing to a case, and there is nothing to find', async () => {
  await repaired();
  const asked = await runningNow();
  await handle().cancel();
  await stack.engine.catchUp(STREAM);
  expect(await stack.engine.version(STREAM)).toBe(3);
  expect(await runningNow()).toBe(asked);
  expect(await found()).toEqual([]);
});
