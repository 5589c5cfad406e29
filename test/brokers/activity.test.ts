import { CancelledFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, test } from 'vitest';
import { brokerActivities } from '../../activities/brokers.ts';
import { advance, pause, type Course, type Progress } from '../../brokers/progress.ts';
import type { BrokerCall, BrokerOutcome } from '../../domain/migration/broker-call.ts';

const CALL: BrokerCall = { operation: 'PROVISION', migration: 'c_a010-1.APP_HOSTING', adhesion: 'c_a010-1', body: 'c_a010', service: 'APP_HOSTING', plan: 'small', parameters: {}, attempt: 1 };
const SUCCEEDED: BrokerOutcome = { outcome: 'SUCCEEDED', broker: 'hosting', instanceId: 'x', bindingId: null };
const POLLING = { operation: 'task', until: 4_102_444_800_000 };

/** Runs the activity on `work` as the body of a call; answers what was beaten beside. */
async function run(work: (course: Course) => Promise<BrokerOutcome>, env = new MockActivityEnvironment()) {
  const beats: Progress[] = [];
  env.on('heartbeat', (details: Progress) => { beats.push(details); });
  const ended = await env.run(brokerActivities({ call: (_call, course) => work(course) }).callBroker, CALL).then((outcome): unknown => outcome, (error: unknown) => error);
  return { ended, beats };
}

test('how far a call has come is told with a beat, at once', async () => {
  const { ended, beats } = await run(async (course) => { advance(course, { polling: POLLING }); return SUCCEEDED; });
  expect(ended).toEqual(SUCCEEDED);
  expect(beats).toEqual([{ startedAt: expect.any(Number) }, { startedAt: expect.any(Number), polling: POLLING }]);
});

test('the next worker goes on from what was told, and knows that it is not the first', async () => {
  const told: Progress = { startedAt: 7, polling: POLLING };
  let seen: Pick<Course, 'progress' | 'isRepeated'> | undefined;
  await run(async ({ progress, isRepeated }) => { seen = { progress, isRepeated }; return SUCCEEDED; }, new MockActivityEnvironment({ attempt: 2, heartbeatDetails: told }));
  expect(seen).toEqual({ progress: told, isRepeated: true });
});

test('a call that is cancelled while it waits ends as cancelled', async () => {
  const env = new MockActivityEnvironment();
  const { ended } = await run(async ({ signal }) => {
    env.cancel('CANCELLED');
    await pause(60_000, signal);
    return SUCCEEDED;
  }, env);
  expect(ended).toBeInstanceOf(CancelledFailure);
});

test('what the store throws is thrown on, for Temporal to try again', async () => {
  const { ended } = await run(() => Promise.reject(new Error('database away')));
  expect(ended).toEqual(new Error('database away'));
});
