import { describe, expect, test } from 'vitest';
import { ASYNC, example, expectRefusal, instancePath, useTarget, type Offer } from '../target.ts';

const target = useTarget();

describe('Provisioning', () => {
  test('201: an instance that is made by the request is there, with service and plan', async () => {
    const { client, offer } = target();
    const path = instancePath();
    const reply = await client.put(path, { body: target().body(offer) });
    expect(reply.status).toBe(201);
    expect(typeof (reply.body['dashboard_url'] ?? '')).toBe('string');
    const fetched = await client.get(path);
    expect({ status: fetched.status, body: fetched.body }).toMatchObject({ status: 200, body: { service_id: offer.service.id, plan_id: offer.plan.id } });
    expect(fetched.body['dashboard_url']).toBe(reply.body['dashboard_url']);
    await target().removed(path);
  });

  test('422 AsyncRequired: a plan that is asynchronous only is refused to who cannot wait, also with accepts_incomplete=false, and nothing is made', async () => {
    const offer = asynchronous();
    for (const query of [{}, { accepts_incomplete: 'false' }]) {
      const path = instancePath();
      expectRefusal(await target().client.put(path, { query, body: target().body(offer) }), 422, 'AsyncRequired');
      expectRefusal(await target().client.get(path), 404);
      expectRefusal(await target().client.get(`${path}/last_operation`), 404);
    }
  });

  test('202: an operation of 10,000 characters at most leads to succeeded; the dashboard is in the first answer', async () => {
    const offer = asynchronous();
    const path = instancePath();
    const reply = await target().client.put(path, { query: ASYNC, body: target().body(offer) });
    expect(reply.status).toBe(202);
    expect(JSON.stringify(reply.body['operation'] ?? '').length).toBeLessThanOrEqual(10_000);
    const last = await target().client.ended(path, reply.body['operation']);
    expect(last.body).toMatchObject({ state: 'succeeded' });
    const fetched = await target().client.get(path);
    expect({ status: fetched.status, dashboard: fetched.body['dashboard_url'] }).toEqual({ status: 200, dashboard: reply.body['dashboard_url'] });
    await target().removed(path, offer);
  });

  test('200: the same request again, when the instance is there', async () => {
    const path = instancePath();
    const body = target().body(target().offer);
    expect((await target().client.put(path, { body })).status).toBe(201);
    expect((await target().client.put(path, { body })).status).toBe(200);
    await target().removed(path);
  });

  test('202: the same request again, while it is under way, has the operation of the first', async () => {
    await target().slowly(async () => {
      const path = instancePath();
      const ask = { query: ASYNC, body: target().body(asynchronous()) };
      const first = await target().client.put(path, ask);
      const again = await target().client.put(path, ask);
      expect([first.status, again.status]).toEqual([202, 202]);
      expect(again.body['operation']).toBe(first.body['operation']);
      await target().client.ended(path, first.body['operation']);
      await target().removed(path, asynchronous());
    });
  });

  test('409: another plan, other parameters, another organisation under the same identifier, when it is there and while it is made', async () => {
    const { client, offer } = target();
    const path = await target().provisioned();
    const others = [{ ...target().body(offer), space_guid: 'another' }, ...otherPlans(offer), ...otherParameters(offer)];
    for (const body of others) expectRefusal(await client.put(path, { query: ASYNC, body }), 409);
    await target().removed(path);
    await target().slowly(async () => {
      const making = instancePath();
      const first = await client.put(making, { query: ASYNC, body: target().body(asynchronous()) });
      expectRefusal(await client.put(making, { query: ASYNC, body: { ...target().body(asynchronous()), space_guid: 'another' } }), 409);
      await client.ended(making, first.body['operation']);
      await target().removed(making, asynchronous());
    });
  });

  test.each(['service_id', 'plan_id', 'organization_guid', 'space_guid'])('400: without %s, with an empty one, with one that is no text', async (name) => {
    const { [name]: _left, ...rest } = target().body(target().offer);
    for (const body of [rest, { ...rest, [name]: '' }, { ...rest, [name]: 7 }]) {
      const path = instancePath();
      expectRefusal(await target().client.put(path, { query: ASYNC, body }), 400);
      expectRefusal(await target().client.get(path), 404);
    }
  });

  test('400: a service or a plan that the catalog does not have', async () => {
    const body = target().body(target().offer);
    for (const wrong of [{ service_id: 'none' }, { plan_id: 'none' }]) expectRefusal(await target().client.put(instancePath(), { query: ASYNC, body: { ...body, ...wrong } }), 400);
  });

  test('400: parameters that the schema of the plan does not take', async () => {
    for (const offer of target().offers.filter(({ plan }) => plan.schemas?.service_instance?.create !== undefined)) {
      for (const parameters of [7, [], { 'not-in-the-schema': true }]) expectRefusal(await target().client.put(instancePath(), { query: ASYNC, body: { ...target().body(offer), parameters } }), 400);
    }
  });

  test('422 MaintenanceInfoConflict: a version that is not that of the catalog; the one of the catalog is taken', async () => {
    const { client, offer } = target();
    const version = offer.plan.maintenance_info?.version ?? '1.0.0';
    const path = instancePath();
    expectRefusal(await client.put(path, { query: ASYNC, body: { ...target().body(offer), maintenance_info: { version: '99.0.0' } } }), 422, 'MaintenanceInfoConflict');
    expectRefusal(await client.get(path), 404);
    const reply = await client.put(path, { query: ASYNC, body: { ...target().body(offer), maintenance_info: { version, description: 'ignored' } } });
    expect([201, 202]).toContain(reply.status);
    await client.settled(path, reply);
    await target().removed(path);
  });

  test('Vendor Extension Fields: members that the specification does not have are ignored', async () => {
    const path = instancePath();
    const body = { ...target().body(target().offer), 'x-associa': { deep: [1] }, context: { platform: 'associa', instance_name: 'n', more: 1 } };
    expect((await target().client.put(path, { body })).status).toBe(201);
    await target().removed(path);
  });

  test('ten equal requests at once make one instance: one 201, the others 200 or ConcurrencyError', async () => {
    const path = instancePath();
    const replies = await Promise.all(Array.from({ length: 10 }, () => target().client.put(path, { body: target().body(target().offer) })));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const reply of replies.filter(({ status }) => ![200, 201].includes(status))) expectRefusal(reply, 422, 'ConcurrencyError');
    await target().removed(path);
  });

  test('ten requests that differ at once: one wins, the others are told 409', async () => {
    const path = instancePath();
    const replies = await Promise.all(Array.from({ length: 10 }, (_each, space) => target().client.put(path, { query: ASYNC, body: { ...target().body(target().offer), space_guid: `space-${space}` } })));
    const won = replies.filter(({ status }) => status < 300);
    expect(won).toHaveLength(1);
    for (const reply of replies.filter(({ status }) => status >= 300)) expectRefusal(reply, 409);
    for (const reply of won) await target().client.settled(path, reply);
    await target().removed(path);
  });
});

describe('Fetching a Service Instance', () => {
  test('404: one that is not there; one that is being made, until last_operation says succeeded', async () => {
    expectRefusal(await target().client.get(instancePath()), 404);
    await target().slowly(async () => {
      const path = instancePath();
      const { body } = await target().client.put(path, { query: ASYNC, body: target().body(asynchronous()) });
      expectRefusal(await target().client.get(path), 404);
      await target().client.ended(path, body['operation']);
      expect((await target().client.get(path)).status).toBe(200);
      await target().removed(path, asynchronous());
    });
  });

  test('hints in the query are accepted, empty ones refused with 400', async () => {
    const path = await target().provisioned();
    expect((await target().client.get(path, { query: target().ids(target().offer) })).status).toBe(200);
    for (const query of [{ service_id: '' }, { plan_id: '' }]) expectRefusal(await target().client.get(path, { query }), 400);
    await target().removed(path);
  });
});

describe('Polling Last Operation for Service Instances', () => {
  test('404: an instance that is not there', async () => {
    expectRefusal(await target().client.get(`${instancePath()}/last_operation`), 404);
    expectRefusal(await target().client.get(`${instancePath()}/last_operation`, { query: { operation: 'task_10' } }), 404);
  });

  test('200: in progress with a Retry-After in seconds, then succeeded, which is still known when asked again', async () => {
    await target().slowly(async () => {
      const path = instancePath();
      const { body } = await target().client.put(path, { query: ASYNC, body: target().body(asynchronous()) });
      const query = { operation: String(body['operation']), ...target().ids(asynchronous()) };
      const under = await target().client.get(`${path}/last_operation`, { query });
      expect(under.body).toMatchObject({ state: 'in progress' });
      expect(under.headers.get('retry-after') ?? '1').toMatch(/^\d+$/);
      const ended = await target().client.ended(path, body['operation']);
      expect(ended.body).toMatchObject({ state: 'succeeded' });
      for (const flag of ['instance_usable', 'update_repeatable']) expect(ended.body).not.toHaveProperty(flag);
      expect((await target().client.get(`${path}/last_operation`, { query })).body).toEqual(ended.body);
      await target().removed(path, asynchronous());
    });
  });

  test('400: an operation that is none of the instance, an empty one', async () => {
    const path = await target().provisioned(asynchronous());
    for (const operation of ['none', '']) expectRefusal(await target().client.get(`${path}/last_operation`, { query: { operation } }), 400);
    await target().removed(path, asynchronous());
  });
});

function asynchronous(): Offer {
  const offer = target().asyncOffer;
  if (offer === null) throw new Error('no plan of this broker is asynchronous only');
  return offer;
}

function otherPlans(offer: Offer): Record<string, unknown>[] {
  return offer.service.plans.filter(({ id }) => id !== offer.plan.id).map((plan) => target().body({ service: offer.service, plan }));
}

/** For each choice of the plan's schema another one. */
function otherParameters(offer: Offer): Record<string, unknown>[] {
  const schema = offer.plan.schemas?.service_instance?.create?.parameters ?? {};
  return Object.entries(schema.properties ?? {}).flatMap(([name, { enum: choices }]) => (choices ?? []).slice(1).map((choice) => ({
    ...target().body(offer), parameters: { ...example(schema) as object, [name]: choice },
  })));
}
