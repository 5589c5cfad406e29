import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ask, startedNow } from './asking.ts';
import { actsAndBreaks, answers, BadBroker } from './bad-broker.ts';
import { QUICK } from './policy.ts';

let broker: BadBroker;
beforeEach(async () => { broker = await new BadBroker().start(); });
afterEach(async () => { await broker.stop(); });

const clean = (code: string, status: number | null) => ({ kind: 'FAILED', code, status, mayBeLeft: false });

test('an update that fails says whether the instance works and whether it may be repeated', async () => {
  broker.tell('UPDATE', answers(422, { instance_usable: false }), answers(422, { update_repeatable: false }), answers(202), answers(202));
  expect(await ask(broker, 'UPDATE')).toEqual(clean('BROKER_INSTANCE_UNUSABLE', 422));
  expect(await ask(broker, 'UPDATE')).toEqual(clean('BROKER_UPDATE_NOT_REPEATABLE', 422));
  broker.tell('LAST', answers(200, { state: 'failed', instance_usable: false, update_repeatable: true }), answers(200, { state: 'failed', update_repeatable: false }));
  expect(await ask(broker, 'UPDATE')).toEqual(clean('BROKER_INSTANCE_UNUSABLE', 200));
  expect(await ask(broker, 'UPDATE')).toEqual(clean('BROKER_UPDATE_NOT_REPEATABLE', 200));
});

test('an update that fails may leave the instance unusable and not be repeatable: one code says both', async () => {
  const both = { instance_usable: false, update_repeatable: false };
  broker.tell('UPDATE', answers(422, both), answers(202), answers(500, both)).tell('LAST', answers(200, { state: 'failed', ...both }));
  expect(await ask(broker, 'UPDATE')).toEqual(clean('BROKER_UNUSABLE_NOT_REPEATABLE', 422));
  expect(await ask(broker, 'UPDATE')).toEqual(clean('BROKER_UNUSABLE_NOT_REPEATABLE', 200));
  expect(await ask(broker, 'UPDATE')).toEqual(clean('BROKER_UNUSABLE_NOT_REPEATABLE', 500));
});

test('a 503 to an update that may not be repeated is not repeated; of one that may it is', async () => {
  broker.tell('UPDATE', answers(503, { update_repeatable: false }), answers(503, { instance_usable: false }));
  expect(await ask(broker, 'UPDATE')).toEqual(clean('BROKER_UPDATE_NOT_REPEATABLE', 503));
  expect(broker.asked).toEqual(['UPDATE']);
  expect(await ask(broker, 'UPDATE')).toMatchObject({ kind: 'DONE' });
  expect(broker.asked).toEqual(['UPDATE', 'UPDATE', 'UPDATE']);
});

describe('an update that is refused at last', () => {
  const uncertain = (status: number | null) => clean('BROKER_UPDATE_UNCERTAIN', status);

  test('after a connection that broke: nobody knows what the instance is', async () => {
    broker.tell('UPDATE', actsAndBreaks, answers(400), actsAndBreaks, answers(401));
    expect(await ask(broker, 'UPDATE')).toEqual(uncertain(400));
    expect(await ask(broker, 'UPDATE')).toEqual(uncertain(401));
  });

  test('after a connection that broke, by one who is busy for ever', async () => {
    broker.tell('UPDATE', actsAndBreaks).tellAlways('UPDATE', answers(429));
    expect(await ask(broker, 'UPDATE')).toEqual(uncertain(429));
  });

  test('after a 503 that may have left half of it', async () => {
    broker.tell('UPDATE', answers(503, { instance_usable: false }), answers(422));
    expect(await ask(broker, 'UPDATE')).toEqual(uncertain(422));
  });

  test('when a worker that died may have sent it', async () => {
    broker.tell('UPDATE', answers(400));
    expect(await ask(broker, 'UPDATE', QUICK, { ...startedNow(), isRepeated: true })).toEqual(uncertain(400));
  });

  test('and never was received before left the instance as it was', async () => {
    broker.tell('UPDATE', answers(408), answers(429), answers(400));
    expect(await ask(broker, 'UPDATE')).toEqual(clean('BROKER_REFUSED', 400));
  });

  test('says what the broker says of the instance, where it does', async () => {
    broker.tell('UPDATE', actsAndBreaks, answers(422, { instance_usable: false }));
    expect(await ask(broker, 'UPDATE')).toEqual(clean('BROKER_INSTANCE_UNUSABLE', 422));
  });
});

test('an update that succeeds after a connection that broke has succeeded', async () => {
  broker.tell('UPDATE', actsAndBreaks);
  expect(await ask(broker, 'UPDATE', QUICK, { ...startedNow(), isRepeated: true })).toMatchObject({ kind: 'DONE' });
});
