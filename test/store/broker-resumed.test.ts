import { expect, test } from 'vitest';
import type { Course, Progress } from '../../brokers/progress.ts';
import { bindingIdOf } from '../../osb/ids.ts';
import { startedNow } from '../brokers/asking.ts';
import { actsAndAnswers, answers, LARGE_PLAN_ID, PLAN_ID, slow, type BadBroker } from '../brokers/bad-broker.ts';
import { CALL, type Calling, eachTest, failed, INSTANCE, succeeded } from '../brokers/calling.ts';
import { QUICK } from '../brokers/policy.ts';

let calling: Calling;
let broker: BadBroker;
eachTest((own) => {
  calling = own;
  ({ broker } = own);
});

const resumed = (progress: Partial<Progress>): Course => ({ ...startedNow(), isRepeated: true, progress: { startedAt: 0, ...progress } });
const polling = { operation: 'task', until: Date.now() + 60_000 };

test.each(['PROVISION', 'UPDATE', 'BIND', 'UNBIND', 'DEPROVISION'] as const)('who goes on with a call needs no catalogue to follow what the broker works at (%s)', async (operation) => {
  await calling.register();
  await calling.call('PROVISION');
  await calling.call('BIND', { binding: 1 });
  broker.heard.length = 0;
  broker.tellAlways('CATALOG', answers(500));
  broker.tellAlways(operation.endsWith('BIND') ? 'LAST_OF_BINDING' : 'LAST', answers(200, { state: 'succeeded' }));
  expect(await calling.anotherProcess().call({ ...CALL, operation, ...(operation.endsWith('BIND') ? { binding: 1 } : {}) }, resumed({ polling }))).toMatchObject({ outcome: 'SUCCEEDED' });
  expect(broker.heard.map(({ kind }) => kind)).toEqual([operation.endsWith('BIND') ? 'LAST_OF_BINDING' : 'LAST']);
});

test('who goes on with a call needs no catalogue to remove what may be left', async () => {
  await calling.register();
  broker.tell('PROVISION', actsAndAnswers(202)).tellAlways('LAST', answers(200, { state: 'in progress' }));
  const stop = new AbortController();
  const dying = calling.caller.call(CALL, { ...startedNow(), signal: stop.signal });
  await expect.poll(() => broker.asked).toContain('LAST');
  stop.abort(new Error('killed'));
  await expect(dying).rejects.toThrow('killed');
  broker.tellAlways('CATALOG', answers(500));
  const mitigating = { code: 'BROKER_ERROR', status: 500, believeFrom: 0, until: Date.now() + 60_000 };
  expect(await calling.anotherProcess().call(CALL, resumed({ mitigating }))).toEqual(failed('BROKER_ERROR', 500));
  expect(broker.asked.at(-1)).toBe('DEPROVISION');
  expect(await calling.stored()).toMatchObject([{ state: 'GONE' }]);
});

test('who goes on with a call asks for the catalogue late where what it made has to be fetched, and with patience', async () => {
  await calling.register();
  await calling.call('PROVISION');
  broker.bindings.set(bindingIdOf(INSTANCE, 1), { credentials: { password: 'late' } });
  broker.tell('LAST_OF_BINDING', answers(200, { state: 'succeeded' })).tell('CATALOG', answers(500), answers(503));
  expect(await calling.anotherProcess().call({ ...CALL, operation: 'BIND', binding: 1 }, resumed({ polling }))).toEqual(succeeded(bindingIdOf(INSTANCE, 1)));
  expect(await calling.kept()).toHaveLength(1);
});

test.each(['UPDATE', 'UNBIND', 'DEPROVISION'] as const)('a process that knows no catalogue yet waits as long as the plan says (%s)', async (operation) => {
  await calling.register();
  await calling.call('PROVISION');
  broker.catalog = slow(1);
  broker.tell(operation, answers(202)).tellAlways('LAST', answers(200, { state: 'in progress' })).tellAlways('LAST_OF_BINDING', answers(200, { state: 'in progress' }));
  const patient = calling.anotherProcess({ ...QUICK, pollForMs: { unsaid: 60_000, most: 60_000 } });
  const began = Date.now();
  const end = await calling.call(operation, operation === 'UNBIND' ? { binding: 1 } : {}, patient);
  expect(end).toMatchObject(operation === 'UPDATE' ? failed('BROKER_TIMEOUT', null) : { outcome: 'SUCCEEDED' });
  expect(Date.now() - began).toBeGreaterThanOrEqual(1_000);
  expect(Date.now() - began).toBeLessThan(8_000);
});

test('a catalogue that can not be read at that moment says what it said when it was', async () => {
  await calling.register();
  broker.catalog = slow(1);
  const patient = calling.anotherProcess({ ...QUICK, catalogFreshMs: 0, pollForMs: { unsaid: 60_000, most: 60_000 } });
  await calling.call('PROVISION', {}, patient);
  broker.tellAlways('CATALOG', answers(500)).tell('DEPROVISION', answers(202)).tellAlways('LAST', answers(200, { state: 'in progress' }));
  expect(await calling.call('DEPROVISION', {}, patient)).toEqual(succeeded());
});

test('a catalogue that can not be read at that moment says nothing of how long it may take', async () => {
  await calling.register();
  await calling.call('PROVISION');
  broker.tellAlways('CATALOG', answers(500)).tell('DEPROVISION', actsAndAnswers(202)).tell('LAST', answers(410));
  expect(await calling.call('DEPROVISION', {}, calling.anotherProcess())).toEqual(succeeded());
});

test('an update is followed under the plan before it, also by who finds the new one written down', async () => {
  await calling.register();
  await calling.call('PROVISION');
  const update = { operation: 'UPDATE', plan: 'large', previousPlan: 'standard', update: 1 } as const;
  await calling.call('UPDATE', update);
  broker.heard.length = 0;
  broker.tell('LAST', answers(200, { state: 'succeeded' }));
  expect(await calling.anotherProcess().call({ ...CALL, ...update }, resumed({ polling }))).toEqual(succeeded());
  expect(broker.heard.map(({ kind, query }) => [kind, query['plan_id']])).toEqual([['LAST', PLAN_ID]]);
  expect(await calling.stored()).toMatchObject([{ plan_id: LARGE_PLAN_ID }]);
});
