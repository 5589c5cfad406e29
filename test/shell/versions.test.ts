import { pino } from 'pino';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { Archiver } from '../../engine/archive/archiver.ts';
import { hashOf, type WorkflowBundle } from '../../engine/bundle.ts';
import { Engine } from '../../engine/engine.ts';
import { LiveRuns } from '../../engine/live-runs.ts';
import { startWorker, type RunningWorker } from '../../engine/worker.ts';
import { testBundle } from '../support/bundle.ts';
import { ABBIATEGRASSO, deliberation, open, OPERATOR, stamped } from '../support/procedure.ts';
import { startStack, type Stack } from '../support/stack.ts';

const DEPLOYMENT = 'associa';
const TASK_QUEUE = 'versioned';

let stack: Stack;
let engine: Engine;
const workers: RunningWorker[] = [];
const first = testBundle();
/** The next version: another bundle, of which nothing is another but a name. */
const second = ((code: string): WorkflowBundle => ({ code, hash: hashOf(code) }))(first.code.replaceAll('spokenTo', 'alreadySpokenTo'));
beforeAll(async () => {
  stack = await startStack();
  engine = new Engine(stack.client, { taskQueue: TASK_QUEUE, deadlineMs: 10_000, continueAfter: 4 });
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await stack.stop();
});

async function start(bundle: WorkflowBundle): Promise<void> {
  const { client, db, namespace, dataConverter } = stack;
  const activities = createActivities(db, engine, new Archiver(client, db, async () => undefined), pino({ level: 'silent' }));
  workers.push(await startWorker({ connection: { address: inject('temporalAddress') }, namespace, taskQueue: TASK_QUEUE, bundle, deployment: DEPLOYMENT, dataConverter, activities }));
}

/** As an operator does it with `temporal worker deployment set-current-version`, once the server has heard of the worker. */
async function makeCurrent({ hash: buildId }: WorkflowBundle): Promise<void> {
  await vi.waitFor(() => stack.client.workflowService.setWorkerDeploymentCurrentVersion({ namespace: stack.namespace, deploymentName: DEPLOYMENT, buildId }), { timeout: 20_000, interval: 200 });
}

async function opened(body: string): Promise<string> {
  const stream = `adhesion/${body}-1`;
  await vi.waitFor(async () => { expect(await engine.execute(stream, stamped(open({ ...ABBIATEGRASSO, body }), OPERATOR, `opening-${body}`), 0)).toEqual({ outcome: 'DONE', version: 1 }); }, { timeout: 30_000 });
  return stream;
}

/** The bundles that did the tasks of each run, oldest run first. */
const bundlesOf = async (stream: string) => (await new LiveRuns(stack.client).of(stream, new Set())).flatMap((run) => ('why' in run ? [] : [run]))
  .toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1)).map(({ bundles }) => bundles);

it('a run is done by the version that began it, the next run by the current one; histories name the bundle of each', async () => {
  await start(first);
  await makeCurrent(first);
  const old = await opened('c_a010');
  expect(await engine.health()).toEqual({ temporal: true, worker: true });
  await start(second);
  // All new cases, while the first version is still the current one.
  await vi.waitFor(() => stack.client.workflowService.setWorkerDeploymentRampingVersion({ namespace: stack.namespace, deploymentName: DEPLOYMENT, buildId: second.hash, percentage: 100 }), { timeout: 20_000, interval: 200 });
  const ramped = await opened('c_a001');
  await makeCurrent(second);
  const young = await opened('c_f205');
  let seen = 1;
  for (const { by, command } of deliberation('2026-06-25').slice(0, 5)) {
    const answer = await engine.execute(old, stamped(command, by), seen);
    expect(answer).toMatchObject({ outcome: 'DONE' });
    seen += 1;
  }
  await vi.waitFor(async () => { expect(await bundlesOf(old)).toEqual([[first.hash], [second.hash]]); }, { timeout: 20_000 });
  expect(await bundlesOf(ramped)).toEqual([[second.hash]]);
  expect(await bundlesOf(young)).toEqual([[second.hash]]);
});
