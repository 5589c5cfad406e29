import { describe, expect, test } from 'vitest';
import { Instances } from '../../brokers/instances.ts';
import { bindingIdOf, instanceIdOf } from '../../osb/ids.ts';
import { startedNow } from '../brokers/asking.ts';
import { actsAndAnswers, actsAndBreaks, answers, BadBroker, CATALOG, hangs, LARGE_PLAN_ID, PLAN_ID, SERVICE_ID, slow, type Kind } from '../brokers/bad-broker.ts';
import { CALL, type Calling, eachTest, failed, INSTANCE, MIGRATION, succeeded } from '../brokers/calling.ts';
import { QUICK } from '../brokers/policy.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

let calling: Calling;
let broker: BadBroker;
eachTest((own) => {
  calling = own;
  ({ broker } = own);
});

describe('a whole life', () => {
  test('of an instance and its bindings, by the requests of the standard', async () => {
    await calling.register();
    expect(await calling.call('PROVISION')).toEqual(succeeded());
    expect(await calling.call('BIND', { binding: 1 })).toEqual(succeeded(bindingIdOf(INSTANCE, 1)));
    expect(await calling.call('UPDATE', { plan: 'large', parameters: {} })).toEqual(succeeded());
    expect(await calling.call('BIND', { binding: 2 })).toEqual(succeeded(bindingIdOf(INSTANCE, 2)));
    expect(await calling.call('UNBIND', { binding: 1 })).toEqual(succeeded(bindingIdOf(INSTANCE, 1)));
    expect(await calling.call('UNBIND', { binding: 2 })).toEqual(succeeded(bindingIdOf(INSTANCE, 2)));
    expect(await calling.call('DEPROVISION')).toEqual(succeeded());
    expect([broker.instances.size, broker.bindings.size, broker.made.length]).toEqual([0, 0, 3]);
    const sent = broker.heard.filter(({ kind }) => kind !== 'CATALOG').map(({ kind, query, body }) => [kind, query, body]);
    const owner = { organization_guid: expect.stringMatching(/^[0-9a-f-]{36}$/), space_guid: expect.stringMatching(/^[0-9a-f-]{36}$/) };
    const context = { platform: 'associa', ...owner };
    const long = { accepts_incomplete: 'true' };
    const app = { app_guid: expect.any(String), bind_resource: { app_guid: expect.any(String) } };
    expect(sent).toEqual([
      ['PROVISION', long, { service_id: SERVICE_ID, plan_id: PLAN_ID, context, ...owner, parameters: { region: 'milano' }, maintenance_info: { version: '1.0.0' } }],
      ['BIND', long, { service_id: SERVICE_ID, plan_id: PLAN_ID, context, ...app }],
      ['UPDATE', long, { service_id: SERVICE_ID, plan_id: LARGE_PLAN_ID, context, previous_values: { service_id: SERVICE_ID, plan_id: PLAN_ID, organization_id: expect.any(String), space_id: expect.any(String) } }],
      ['BIND', long, { service_id: SERVICE_ID, plan_id: LARGE_PLAN_ID, context, ...app, predecessor_binding_id: bindingIdOf(INSTANCE, 1) }],
      ['UNBIND', { service_id: SERVICE_ID, plan_id: LARGE_PLAN_ID, ...long }, undefined],
      ['UNBIND', { service_id: SERVICE_ID, plan_id: LARGE_PLAN_ID, ...long }, undefined],
      ['DEPROVISION', { service_id: SERVICE_ID, plan_id: LARGE_PLAN_ID, ...long }, undefined],
    ]);
    expect(await calling.stored()).toEqual([{ id: INSTANCE, broker: 'hosting', plan_id: LARGE_PLAN_ID, state: 'GONE' }]);
    expect(await calling.kept()).toEqual([]);
  });

  test('every request says version, password and request identity; on whose behalf it says without a name', async () => {
    await calling.register();
    const working = answers(202, { operation: 'task' });
    broker.tell('PROVISION', actsAndAnswers(409)).tell('UPDATE', working).tell('DEPROVISION', actsAndAnswers(202)).tell('BIND', actsAndAnswers(202)).tell('UNBIND', actsAndAnswers(202));
    broker.tellAlways('LAST', answers(200, { state: 'succeeded' })).tellAlways('LAST_OF_BINDING', answers(200, { state: 'succeeded' }));
    for (const operation of ['PROVISION', 'UPDATE', 'BIND', 'UNBIND', 'DEPROVISION'] as const) await calling.call(operation, operation.endsWith('BIND') ? { binding: 1 } : {});
    const kinds: readonly Kind[] = ['CATALOG', 'PROVISION', 'FETCH', 'UPDATE', 'LAST', 'BIND', 'LAST_OF_BINDING', 'FETCH_BINDING', 'UNBIND', 'DEPROVISION'];
    expect(new Set(broker.heard.map(({ kind }) => kind))).toEqual(new Set(kinds));
    for (const { kind, headers } of broker.heard) {
      expect(headers, kind).toMatchObject({ 'x-broker-api-version': '2.17', authorization: `Basic ${Buffer.from('associa:open sesame').toString('base64')}`, 'x-broker-api-request-identity': expect.stringMatching(UUID) });
    }
    const behalf = (kind: Kind) => new Set(broker.heard.filter((heard) => heard.kind === kind).map(({ headers }) => headers['x-broker-api-originating-identity']));
    expect(behalf('CATALOG')).toEqual(new Set([undefined]));
    const named = new Set(kinds.filter((kind) => kind !== 'CATALOG').flatMap((kind) => [...behalf(kind)]));
    expect(named.size).toBe(1);
    const [platform, value] = String([...named][0]).split(' ');
    expect([platform, JSON.parse(Buffer.from(value ?? '', 'base64').toString('utf8'))]).toEqual(['associa', { pseudonym: expect.stringMatching(UUID) }]);
    expect(Buffer.from(value ?? '', 'base64').toString('utf8')).not.toContain('a010');
    // What is fetched belongs to the call that needs it.
    const identity = (kind: Kind) => broker.heard.find((heard) => heard.kind === kind)?.headers['x-broker-api-request-identity'];
    expect([identity('FETCH'), identity('FETCH_BINDING')]).toEqual([identity('PROVISION'), identity('BIND')]);
  });

  test('ids are the same in every version: brokers know instances by them', () => {
    expect([INSTANCE, bindingIdOf(INSTANCE, 2), instanceIdOf(MIGRATION, 2)]).toMatchInlineSnapshot(`
      [
        "7ea60cc5-c37e-5970-945e-e4c98f27e851",
        "d0795069-7d3b-5986-b5b4-4f52dc7ddbb0",
        "d4be8d4c-5656-5b6d-a852-eb5e50bd8d80",
      ]
    `);
  });
});

describe('a call that comes again', () => {
  test('in another process is the same requests: nothing is made twice', async () => {
    await calling.register();
    for (const operation of ['PROVISION', 'BIND', 'UNBIND', 'DEPROVISION'] as const) {
      const binding = operation.endsWith('BIND') ? { binding: 1 } : {};
      const [first, again] = [await calling.call(operation, binding), await calling.call(operation, binding, calling.anotherProcess())];
      expect(again).toEqual(first);
      const [one, two] = broker.heard.filter(({ kind }) => kind === operation);
      expect([two?.path, two?.query, two?.body, two?.headers['x-broker-api-request-identity']]).toEqual([one?.path, one?.query, one?.body, one?.headers['x-broker-api-request-identity']]);
    }
    expect(broker.made).toEqual([INSTANCE, bindingIdOf(INSTANCE, 1)]);
    expect([broker.instances.size, broker.bindings.size]).toEqual([0, 0]);
  });

  test('asks the broker that was asked before, for the same, whatever was registered meanwhile', async () => {
    await calling.register();
    await calling.call('PROVISION');
    const other = await new BadBroker().start();
    try {
      await calling.register({ APP_HOSTING: { serviceId: SERVICE_ID, planIds: { standard: LARGE_PLAN_ID, large: LARGE_PLAN_ID } } });
      expect(await calling.call('PROVISION', {}, calling.anotherProcess())).toEqual(succeeded());
      expect(broker.heard.filter(({ kind }) => kind === 'PROVISION').map(({ body }) => body)).toEqual([expect.objectContaining({ plan_id: PLAN_ID }), expect.objectContaining({ plan_id: PLAN_ID })]);
      await calling.register({ RTD_COMMUNITY: { serviceId: SERVICE_ID, planIds: { standard: PLAN_ID } } });
      await calling.register(undefined, { name: 'other', from: other });
      expect(await calling.call('DEPROVISION', {}, calling.anotherProcess())).toEqual(succeeded());
      expect([other.asked, broker.instances.size]).toEqual([[], 0]);
    } finally {
      await other.stop();
    }
  });

  test('is what the first of two processes asked for, that ask at once', async () => {
    const instances = new Instances(calling.database.db);
    const asked = { id: INSTANCE, migration: MIGRATION, body: 'c_a010', broker: 'hosting', service_id: SERVICE_ID, plan_id: PLAN_ID };
    const first = await instances.ask(asked);
    expect(await instances.ask({ ...asked, broker: 'other', plan_id: LARGE_PLAN_ID })).toEqual(first);
  });

  test('to update is the same request, another update is another', async () => {
    await calling.register();
    await calling.call('PROVISION');
    for (const update of [1, 1, 2]) await calling.call('UPDATE', { plan: 'large', parameters: {}, update }, calling.anotherProcess());
    const [first, again, other] = broker.heard.filter(({ kind }) => kind === 'UPDATE').map(({ headers }) => headers['x-broker-api-request-identity']);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test('after the worker died before the answer: what it may have made is found, not doubled', async () => {
    await calling.register();
    const stop = new AbortController();
    broker.tell('PROVISION', (heard, response, act) => { act(); void hangs(heard, response, act, broker); });
    const dying = calling.caller.call({ ...CALL }, { ...startedNow(), signal: stop.signal });
    await expect.poll(() => broker.made).toEqual([INSTANCE]);
    stop.abort(new Error('killed'));
    await expect(dying).rejects.toThrow('killed');
    expect(await calling.call('PROVISION', {}, calling.anotherProcess())).toEqual(succeeded());
    expect(broker.made).toEqual([INSTANCE]);
  });

  test('after the worker died, and the broker refuses now: what the dead one may have made is removed', async () => {
    await calling.register();
    const stop = new AbortController();
    broker.tell('PROVISION', (heard, response, act) => { act(); void hangs(heard, response, act, broker); }, answers(400));
    const dying = calling.caller.call({ ...CALL }, { ...startedNow(), signal: stop.signal });
    await expect.poll(() => broker.made).toEqual([INSTANCE]);
    stop.abort(new Error('killed'));
    await expect(dying).rejects.toThrow('killed');
    expect(await calling.call('PROVISION', {}, calling.anotherProcess())).toEqual(failed('BROKER_REFUSED', 400));
    expect([...broker.instances]).toEqual([]);
    expect(await calling.stored()).toMatchObject([{ state: 'GONE' }]);
  });
});

describe('what is not asked', () => {
  test('no broker has the service, or not this plan', async () => {
    expect(await calling.call('PROVISION')).toEqual({ outcome: 'FAILED', broker: null, code: 'BROKER_UNKNOWN', status: null, mayBeLeft: false });
    await calling.register();
    expect(await calling.call('PROVISION', { plan: 'huge' })).toEqual({ outcome: 'FAILED', broker: null, code: 'BROKER_UNKNOWN', status: null, mayBeLeft: false });
    expect(broker.heard).toEqual([]);
  });

  test('a service or plan that the catalogue of the broker has no more', async () => {
    await calling.register();
    broker.catalog = { services: [] };
    expect(await calling.call('PROVISION')).toEqual(failed('BROKER_CATALOGUE_MISMATCH', 200));
    expect(broker.asked).toEqual([]);
    expect(await calling.stored()).toEqual([]);
  });

  const changed = (plan: object, service: object = {}): object => ({ services: [{ ...CATALOG.services[0], ...service, plans: CATALOG.services[0]?.plans.map((one) => ({ ...one, ...plan })) }] });

  test('a binding of what is not bindable, by the plan before the service', async () => {
    await calling.register();
    await calling.call('PROVISION');
    broker.catalog = changed({ bindable: false });
    expect(await calling.call('BIND', { binding: 1 }, calling.anotherProcess())).toEqual(failed('BROKER_NOT_BINDABLE', null));
    broker.catalog = changed({ bindable: true }, { bindable: false });
    expect(await calling.call('BIND', { binding: 1 }, calling.anotherProcess())).toEqual(succeeded(bindingIdOf(INSTANCE, 1)));
  });

  test('another plan where plans do not change; other parameters go', async () => {
    await calling.register();
    await calling.call('PROVISION');
    broker.catalog = changed({ plan_updateable: false });
    expect(await calling.call('UPDATE', { plan: 'large' }, calling.anotherProcess())).toEqual(failed('BROKER_PLAN_NOT_UPDATEABLE', null));
    expect(await calling.call('UPDATE', { parameters: { region: 'lodi' } }, calling.anotherProcess())).toEqual(succeeded());
    const updates = broker.heard.filter(({ kind }) => kind === 'UPDATE').map(({ body }) => body);
    expect(updates).toEqual([expect.objectContaining({ parameters: { region: 'lodi' } })]);
    expect(updates[0]).not.toHaveProperty('plan_id');
    // The catalogue has a version of it: to name it would order maintenance.
    expect(updates[0]).not.toHaveProperty('maintenance_info');
  });

  test('maintenance, but with another plan', async () => {
    await calling.register();
    await calling.call('PROVISION');
    await calling.call('UPDATE', { plan: 'large', update: 1, previousPlan: 'standard', parameters: {} });
    await calling.call('UPDATE', { plan: 'standard', update: 2, previousPlan: 'large', parameters: {} });
    expect(broker.heard.at(-1)?.body).toMatchObject({ plan_id: PLAN_ID, maintenance_info: { version: '1.0.0' } });
  });

  test('a rotation where bindings do not rotate: another binding is made, that names none before it', async () => {
    await calling.register();
    await calling.call('PROVISION');
    await calling.call('BIND', { binding: 1 });
    broker.catalog = changed({ binding_rotatable: false });
    expect(await calling.call('BIND', { binding: 2 }, calling.anotherProcess())).toEqual(succeeded(bindingIdOf(INSTANCE, 2)));
    expect(broker.heard.at(-1)?.body).not.toHaveProperty('predecessor_binding_id');
  });
});

describe('the catalogue', () => {
  test('is asked for by its ETag, and taken as it was', async () => {
    await calling.register();
    await calling.call('PROVISION');
    await new Promise((resolve) => { setTimeout(resolve, QUICK.catalogFreshMs + 20); });
    await calling.call('BIND', { binding: 1 });
    const asked = broker.heard.filter(({ kind }) => kind === 'CATALOG').map(({ headers }) => headers['if-none-match'] !== undefined);
    expect(asked).toEqual([false, true]);
  });

  test('MaintenanceInfoConflict: it is fetched, and the request made anew from it', async () => {
    await calling.register();
    broker.tell('PROVISION', (_heard, response, _act, self) => {
      self.catalog = { services: [{ ...CATALOG.services[0], description: 'Newer', plans: CATALOG.services[0]?.plans.map((plan) => ({ ...plan, maintenance_info: { version: '2.0.0' } })) }] };
      response.writeHead(422).end(JSON.stringify({ error: 'MaintenanceInfoConflict' }));
    });
    expect(await calling.call('PROVISION')).toEqual(succeeded());
    expect(broker.heard.filter(({ kind }) => kind === 'PROVISION').map(({ body }) => (body as { maintenance_info: object }).maintenance_info)).toEqual([{ version: '1.0.0' }, { version: '2.0.0' }]);
    expect(broker.made).toEqual([INSTANCE]);
  });

  test('is waited for while the broker is away', async () => {
    await calling.register();
    broker.tell('CATALOG', answers(503), actsAndBreaks, answers(500), answers(502), hangs, answers(504));
    expect(await calling.call('PROVISION')).toEqual(succeeded());
  });

  test('bounds how long an operation is waited for', async () => {
    await calling.register();
    broker.catalog = slow(1);
    broker.tell('PROVISION', actsAndAnswers(202)).tellAlways('LAST', answers(200, { state: 'in progress' }));
    const began = Date.now();
    expect(await calling.call('PROVISION', {}, calling.anotherProcess({ ...QUICK, pollForMs: { unsaid: 60_000, most: 60_000 } }))).toEqual(failed('BROKER_TIMEOUT', null));
    expect(Date.now() - began).toBeLessThan(5_000);
    expect([...broker.instances]).toEqual([]);
  });

  test('lets an operation take no longer than the policy', async () => {
    await calling.register();
    await calling.call('PROVISION');
    broker.catalog = slow(3_600);
    broker.tell('DEPROVISION', answers(202)).tellAlways('LAST', answers(200, { state: 'in progress' }));
    const began = Date.now();
    expect(await calling.call('DEPROVISION', {}, calling.anotherProcess({ ...QUICK, pollForMs: { unsaid: 200, most: 500 } }))).toEqual(succeeded());
    expect(Date.now() - began).toBeGreaterThanOrEqual(500);
  });
});

describe('409', () => {
  test('of an instance that is as it was asked for is the instance', async () => {
    await calling.register();
    broker.tell('PROVISION', actsAndAnswers(409));
    expect(await calling.call('PROVISION')).toEqual(succeeded());
    expect(broker.asked).toEqual(['PROVISION', 'FETCH']);
    expect(await calling.stored()).toMatchObject([{ state: 'THERE' }]);
  });

  test.each([
    ['other parameters', { plan_id: PLAN_ID, parameters: { region: 'roma' } }], ['another plan', { plan_id: LARGE_PLAN_ID, parameters: { region: 'milano' } }],
  ])('of one with %s is not, and it is not removed', async (_what, other) => {
    await calling.register();
    broker.tell('PROVISION', answers(409)).tell('FETCH', answers(200, { service_id: SERVICE_ID, ...other }));
    expect(await calling.call('PROVISION')).toEqual(failed('BROKER_CONFLICT', 409, true));
    expect(await calling.stored()).toMatchObject([{ state: 'ASKED' }]);
  });
});
