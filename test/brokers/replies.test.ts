import { afterEach, beforeEach, expect, test } from 'vitest';
import { BrokerClient, type BrokerRequest, type BrokerTarget } from '../../brokers/client.ts';
import { BROKER_POLICY } from '../../brokers/policy.ts';
import { backoff } from '../../brokers/progress.ts';
import { retryAfterMs, type Reply } from '../../brokers/reply.ts';
import { ask, INSTANCE_ID, startedNow } from './asking.ts';
import { actsAndAnswers, answers, BadBroker } from './bad-broker.ts';
import { QUICK } from './policy.ts';

let broker: BadBroker;
beforeEach(async () => { broker = await new BadBroker().start(); });
afterEach(async () => { await broker.stop(); });

/** A connection whose encryption fails once the broker has the first request to change something. */
class BreaksTls extends BrokerClient {
  private hasBroken = false;

  override async send(target: BrokerTarget, request: BrokerRequest, signal?: AbortSignal): Promise<Reply> {
    const reply = await super.send(target, request, signal);
    if (this.hasBroken) return reply;
    this.hasBroken = true;
    return { kind: 'FAULT', fault: 'TLS', sent: true, status: null };
  }
}

test('encryption that fails after the request was sent: what may have been made is removed', async () => {
  expect(await ask(broker, 'PROVISION', QUICK, startedNow(), new BreaksTls(QUICK))).toEqual({ kind: 'FAILED', code: 'BROKER_TLS', status: null, mayBeLeft: false });
  expect(broker.made).toEqual([INSTANCE_ID]);
  expect([...broker.instances]).toEqual([]);
});

test('encryption that fails after an update was sent: nobody knows what the instance is', async () => {
  expect(await ask(broker, 'UPDATE', QUICK, startedNow(), new BreaksTls(QUICK))).toEqual({ kind: 'FAILED', code: 'BROKER_UPDATE_UNCERTAIN', status: null, mayBeLeft: false });
  expect(broker.asked).toEqual(['UPDATE']);
});

test('what is said beside the state, and wrongly, does not hide the state', async () => {
  broker.tell('PROVISION', actsAndAnswers(202)).tell('UPDATE', answers(202));
  broker.tell('LAST', answers(200, { state: 'succeeded', description: null, instance_usable: 'yes', update_repeatable: null }), answers(200, { state: 'failed', description: 7, instance_usable: 0, update_repeatable: false }));
  expect(await ask(broker, 'PROVISION')).toMatchObject({ kind: 'DONE' });
  expect(await ask(broker, 'UPDATE')).toMatchObject({ kind: 'FAILED', code: 'BROKER_UPDATE_NOT_REPEATABLE' });
});

test('what is said beside an error, and wrongly, does not hide the error', async () => {
  broker.tell('PROVISION', answers(422, { error: 'ConcurrencyError', description: null, instance_usable: 'no' }));
  expect(await ask(broker, 'PROVISION')).toMatchObject({ kind: 'DONE' });
  broker.tell('UPDATE', answers(422, { error: null, instance_usable: false }));
  expect(await ask(broker, 'UPDATE')).toMatchObject({ kind: 'FAILED', code: 'BROKER_INSTANCE_UNUSABLE' });
});

test('Retry-After is a number of seconds or a date; what is neither says nothing', () => {
  const now = Date.parse('2026-11-23T10:00:00Z');
  expect(['120', ' 0 ', 'Mon, 23 Nov 2026 10:05:00 GMT', 'Mon, 23 Nov 2026 09:00:00 GMT', '-1 day', 'soon', undefined].map((value) => retryAfterMs(value, now)))
    .toEqual([120_000, 0, 300_000, 0, undefined, undefined, undefined]);
});

test('a wait that the broker asks for is kept to, for five minutes at most; its own doubles to half a minute', () => {
  expect([45_000, 300_000, 3_600_000].map((asked) => backoff(0, BROKER_POLICY, asked))).toEqual([45_000, 300_000, 300_000]);
  expect(backoff(20, BROKER_POLICY)).toBeLessThanOrEqual(30_000);
  expect(backoff(20, BROKER_POLICY, 1)).toBeGreaterThanOrEqual(20_000);
});

test('a broker that asks for a longer wait than there is time left is not waited for', async () => {
  broker.tellAlways('PROVISION', answers(429, {}, { 'retry-after': '3' }));
  const began = Date.now();
  expect(await ask(broker, 'PROVISION', { ...QUICK, pollEveryMs: { ...QUICK.pollEveryMs, most: 60_000 } })).toEqual({ kind: 'FAILED', code: 'BROKER_BUSY', status: 429, mayBeLeft: false });
  expect(Date.now() - began).toBeLessThan(QUICK.retryForMs);
  expect(broker.asked).toEqual(['PROVISION']);
});
