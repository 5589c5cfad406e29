import { expect, test } from 'vitest';
import { Credentials } from '../../brokers/credentials.ts';
import { bindingIdOf } from '../../osb/ids.ts';
import { startedNow } from '../brokers/asking.ts';
import { actsAndAnswers, answers, CATALOG, type BadBroker } from '../brokers/bad-broker.ts';
import { withoutRight } from '../support/database.ts';
import { CALL, type Calling, eachTest, failed, INSTANCE, MIGRATION, succeeded } from '../brokers/calling.ts';

let calling: Calling;
let broker: BadBroker;
eachTest((own) => {
  calling = own;
  ({ broker } = own);
});

const shownTo = () => new Credentials(calling.database.db, calling.vault);

test('credentials are kept encrypted, shown once, and gone then; nothing of them is logged', async () => {
  await calling.register();
  await calling.call('PROVISION');
  await calling.call('BIND', { binding: 1 });
  const secret = `secret of ${bindingIdOf(INSTANCE, 1)}`;
  const [row] = await calling.kept();
  expect(row?.cipher?.includes(secret)).toBe(false);
  const newest = await shownTo().newest(MIGRATION);
  expect(newest).toEqual({ bindingId: bindingIdOf(INSTANCE, 1), binding: 1, isShown: false });
  const both = await Promise.all([shownTo().showOnce(newest?.bindingId ?? ''), shownTo().showOnce(newest?.bindingId ?? '')]);
  expect(both.filter((given) => given !== undefined)).toEqual([{ credentials: { password: secret } }]);
  expect(await shownTo().newest(MIGRATION)).toMatchObject({ isShown: true });
  expect(await calling.kept()).toMatchObject([{ cipher: null }]);
  expect(calling.lines.join('')).not.toMatch(/secret|sesame/);
  expect(calling.lines.map((line) => (JSON.parse(line) as { outcome: string }).outcome)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
});

test('credentials of a rotation are new ones, beside those before until these are unbound', async () => {
  await calling.register();
  await calling.call('PROVISION');
  await calling.call('BIND', { binding: 1 });
  await shownTo().showOnce(bindingIdOf(INSTANCE, 1));
  await calling.call('BIND', { binding: 2 });
  expect(await shownTo().newest(MIGRATION)).toEqual({ bindingId: bindingIdOf(INSTANCE, 2), binding: 2, isShown: false });
  await calling.call('UNBIND', { binding: 1 });
  expect((await calling.kept()).map(({ binding }) => binding)).toEqual([2]);
});

test('credentials of a binding made by and by are fetched', async () => {
  await calling.register();
  await calling.call('PROVISION');
  broker.tell('BIND', actsAndAnswers(202)).tell('LAST_OF_BINDING', answers(200, { state: 'succeeded' })).tell('FETCH_BINDING', answers(404), answers(500));
  expect(await calling.call('BIND', { binding: 1 })).toEqual(succeeded(bindingIdOf(INSTANCE, 1)));
  expect(await shownTo().showOnce(bindingIdOf(INSTANCE, 1))).toEqual({ credentials: { password: `secret of ${bindingIdOf(INSTANCE, 1)}` } });
});

test('credentials that can not be fetched: a binding that gives nothing is removed', async () => {
  await calling.register();
  await calling.call('PROVISION');
  broker.catalog = { services: [{ ...CATALOG.services[0], bindings_retrievable: false }] };
  broker.tell('BIND', actsAndAnswers(202)).tell('LAST_OF_BINDING', answers(200, { state: 'succeeded' }));
  expect(await calling.call('BIND', { binding: 1 }, calling.anotherProcess())).toEqual(failed('BROKER_RESPONSE_INVALID', 200));
  expect([broker.bindings.size, broker.asked.at(-1)]).toEqual([0, 'UNBIND']);
});

test('credentials that a broker tells once: who comes again takes what was kept', async () => {
  await calling.register();
  await calling.call('PROVISION');
  await calling.call('BIND', { binding: 1 });
  broker.catalog = { services: [{ ...CATALOG.services[0], bindings_retrievable: false }] };
  broker.tell('BIND', answers(200, {}));
  expect(await calling.call('BIND', { binding: 1 }, calling.anotherProcess())).toEqual(succeeded(bindingIdOf(INSTANCE, 1)));
  expect(await shownTo().showOnce(bindingIdOf(INSTANCE, 1))).toEqual({ credentials: { password: `secret of ${bindingIdOf(INSTANCE, 1)}` } });
});

test('credentials that a broker tells anew: what was kept of the binding stands', async () => {
  await calling.register();
  await calling.call('PROVISION');
  await calling.call('BIND', { binding: 1 });
  broker.tell('BIND', answers(200, { credentials: { password: 'another' } }));
  expect(await calling.call('BIND', { binding: 1 }, calling.anotherProcess())).toEqual(succeeded(bindingIdOf(INSTANCE, 1)));
  expect(await shownTo().showOnce(bindingIdOf(INSTANCE, 1))).toEqual({ credentials: { password: `secret of ${bindingIdOf(INSTANCE, 1)}` } });
});

test('credentials that the store does not take for a moment are kept once it does', async () => {
  await calling.register();
  await calling.call('PROVISION');
  const { bound } = await withoutRight(calling.database, 'INSERT ON broker_credentials', async () => {
    const call = calling.call('BIND', { binding: 1 });
    await expect.poll(() => broker.bindings.size).toBe(1);
    return { bound: call };
  });
  expect(await bound).toEqual(succeeded(bindingIdOf(INSTANCE, 1)));
  expect(await calling.kept()).toHaveLength(1);
});

test('a binding that was there before and gives nothing is left, and that is said', async () => {
  await calling.register();
  await calling.call('PROVISION');
  broker.catalog = { services: [{ ...CATALOG.services[0], bindings_retrievable: false }] };
  broker.tell('BIND', answers(200, {}));
  expect(await calling.call('BIND', { binding: 1 }, calling.anotherProcess())).toEqual(failed('BROKER_RESPONSE_INVALID', 200, true));
  expect(broker.asked).not.toContain('UNBIND');
});

test('credentials of a binding that was refused and may be there still stay', async () => {
  await calling.register();
  await calling.call('PROVISION');
  await calling.call('BIND', { binding: 1 });
  broker.tell('BIND', answers(409));
  expect(await calling.call('BIND', { binding: 1 }, calling.anotherProcess())).toEqual(failed('BROKER_CONFLICT', 409, true));
  expect(await calling.kept()).toHaveLength(1);
});

test('credentials of an instance that is no more are forgotten, of all its bindings', async () => {
  await calling.register();
  await calling.call('PROVISION');
  for (const binding of [1, 2]) await calling.call('BIND', { binding });
  expect(await calling.call('DEPROVISION')).toEqual(succeeded());
  expect(await calling.kept()).toEqual([]);
});

test.each([
  ['that has expired is no predecessor', -60_000, false], ['that has not expired yet is the predecessor', 60_000, true],
] as const)('a binding %s', async (_what, inMs, isNamed) => {
  await calling.register();
  await calling.call('PROVISION');
  const expiresAt = new Date(Date.now() + inMs).toISOString();
  broker.tell('BIND', actsAndAnswers(201, { credentials: { password: 'short' }, metadata: { expires_at: expiresAt } }));
  await calling.call('BIND', { binding: 1 });
  // What was shown is destroyed; when it expires is known all the same.
  expect(await shownTo().showOnce(bindingIdOf(INSTANCE, 1))).toEqual({ credentials: { password: 'short' }, metadata: { expires_at: expiresAt } });
  expect(await calling.call('BIND', { binding: 2 })).toEqual(succeeded(bindingIdOf(INSTANCE, 2)));
  expect({ predecessor_binding_id: undefined, ...broker.heard.at(-1)?.body as object }).toMatchObject({ predecessor_binding_id: isNamed ? bindingIdOf(INSTANCE, 1) : undefined });
});

test('credentials of a binding that failed after they were kept are forgotten: the next one gives its own', async () => {
  await calling.register();
  await calling.call('PROVISION');
  await calling.call('BIND', { binding: 1 });
  // Who kept them died before it could say so; the broker refuses whoever comes again, and what may be left is removed.
  broker.tell('BIND', answers(500));
  expect(await calling.anotherProcess().call({ ...CALL, operation: 'BIND', binding: 1 }, { ...startedNow(), isRepeated: true })).toEqual(failed('BROKER_ERROR', 500));
  expect([broker.bindings.size, await calling.kept()]).toEqual([0, []]);
  broker.tell('BIND', (_heard, response, act, self) => {
    act();
    self.bindings.set(bindingIdOf(INSTANCE, 1), { credentials: { password: 'another' } });
    response.writeHead(201).end(JSON.stringify({ credentials: { password: 'another' } }));
  });
  expect(await calling.call('BIND', { binding: 1 })).toEqual(succeeded(bindingIdOf(INSTANCE, 1)));
  expect(await shownTo().showOnce(bindingIdOf(INSTANCE, 1))).toEqual({ credentials: { password: 'another' } });
});

test('credentials in a row of another binding do not open', async () => {
  await calling.register();
  await calling.call('PROVISION');
  await calling.call('BIND', { binding: 1 });
  await calling.call('BIND', { binding: 2 });
  await calling.database.db.updateTable('broker_credentials').set((eb) => ({ cipher: eb.selectFrom('broker_credentials as other').select('other.cipher').where('other.binding', '=', 1) })).where('binding', '=', 2).execute();
  await expect(shownTo().showOnce(bindingIdOf(INSTANCE, 2))).rejects.toThrow('unable to authenticate data');
});
