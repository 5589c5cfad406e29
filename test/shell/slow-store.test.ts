import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { replayCases } from '../../audit/deep-replay/report.ts';
import { Archive } from '../../db/archive.ts';
import { headOf, readAfter } from '../../db/event-store/read.ts';
import { foldStream } from '../../db/projections/project.ts';
import type { BrokerOutcome } from '../../domain/migration/broker-call.ts';
import type { MigrationState } from '../../domain/migration/index.ts';
import { ENGINE } from '../../domain/shared/actor.ts';
import { addDays, civilDateOf } from '../../domain/shared/civil-date.ts';
import { keepRunningBundle } from '../../engine/archive/running-bundle.ts';
import { LiveRuns } from '../../engine/live-runs.ts';
import { COMMITMENT, GROUNDS, offerFor, planFor } from '../domain/migration/full.ts';
import { testBundle } from '../support/bundle.ts';
import { withoutRight } from '../support/database.ts';
import { memberOf, OPERATOR, stamped } from '../support/procedure.ts';
import { startStack, type Stack } from '../support/stack.ts';

const ID = 'c_a010-1.IDENTITY';
const STREAM = `migration/${ID}`;
/** Whatever day the test runs on. */
const TODAY = civilDateOf(new Date().toISOString());
const AHEAD = { provisioningOn: addDays(TODAY, 300), cutoverOn: addDays(TODAY, 340) };
/** Longer than Temporal's SDK leaves a task open that waits for a local activity alone: four fifths of the 4 s that a task may take. */
const AWAY_MS = 5_000;

let stack: Stack;
let answer: (outcome: BrokerOutcome) => void;
const answered = new Promise<BrokerOutcome>((resolve) => { answer = resolve; });
let asked: () => void;
const isAsked = new Promise<void>((resolve) => { asked = resolve; });
beforeAll(async () => {
  stack = await startStack({ answers: { call: () => { asked(); return answered; } } });
  await keepRunningBundle(stack.db, testBundle());
});
afterAll(async () => { await stack.stop(); });

async function untilAsked(): Promise<void> {
  const member = memberOf('c_a010');
  const opening = { id: ID, adhesion: 'c_a010-1', body: 'c_a010', service: 'IDENTITY', plan: 'standard', parameters: {}, offered: offerFor('IDENTITY'), grounds: { ...GROUNDS, services: {} } };
  const state = async () => (await foldStream(stack.db, STREAM)).state as MigrationState;
  const steps = [
    [ENGINE, async () => ({ type: 'OpenMigration', data: opening })], [OPERATOR, async () => ({ type: 'ApproveFeasibility', data: {} })], [OPERATOR, async () => ({ type: 'ProposePlan', data: { ...planFor(await state()), ...AHEAD } })],
    [member, async () => ({ type: 'ApprovePlan', data: { actNo: '80/2026', actOn: TODAY } })], [member, async () => ({ type: 'CommitSpending', data: COMMITMENT })],
  ] as const;
  for (const [by, step] of steps) {
    const command = await step();
    expect(await stack.engine.execute(STREAM, stamped(command, by), (await headOf(stack.db, STREAM)).version), command.type).toMatchObject({ outcome: 'DONE' });
  }
  await isAsked;
}

const handle = () => stack.client.workflow.getHandle(STREAM);
/** The run waits for its broker and nothing else. */
const quiet = async () => {
  await expect.poll(async () => {
    const { pendingActivities, pendingWorkflowTask } = (await handle().describe()).raw;
    return [pendingActivities?.length, pendingWorkflowTask ?? null];
  }, { timeout: 15_000, interval: 100 }).toEqual([1, null]);
};

test('what is decided while the store does not answer for long is decided alike by a replay', async () => {
  await untilAsked();
  await quiet();
  // A task that brings nothing, as that of a decision that is refused may be: else Temporal's replay does not take two tasks for one.
  await handle().signal('nobody-listens');
  await quiet();
  const { version } = await headOf(stack.db, STREAM);
  await withoutRight(stack, 'INSERT ON events', async () => {
    answer({ outcome: 'SUCCEEDED', broker: 'scripted', instanceId: ID, bindingId: null });
    await delay(AWAY_MS);
  });
  await expect.poll(async () => (await readAfter(stack.db, STREAM, version)).events.map(({ type }) => type), { timeout: 30_000 }).toContain('BrokerCallSucceeded');
  await expect.poll(async () => (await stack.engine.version(STREAM)) === (await headOf(stack.db, STREAM)).version, { timeout: 15_000 }).toBe(true);
  const report = await replayCases({ db: stack.db, archive: new Archive(stack.db), live: new LiveRuns(stack.client), today: testBundle(), candidate: null, cache: null }, [STREAM]);
  expect(report).toMatchObject({ ok: true, findings: [] });
});
