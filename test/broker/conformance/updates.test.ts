import { describe, expect, test } from 'vitest';
import { ASYNC, example, expectRefusal, instancePath, useTarget, type Offer, type Plan } from '../target.ts';

const target = useTarget();

describe('Updating a Service Instance', () => {
  test('200: parameters that were sent are those of the instance, the plan stays', async () => {
    const { client, offer } = target();
    const path = await target().provisioned();
    const parameters = otherParameters(offer);
    const reply = await client.patch(path, { body: { service_id: offer.service.id, parameters } });
    expect(reply.status).toBe(200);
    expect((await client.get(path)).body).toMatchObject({ plan_id: offer.plan.id, parameters });
    await target().removed(path);
  });

  test('without parameters and without a plan neither changes; a context alone is taken', async () => {
    const { client, offer } = target();
    const path = await target().provisioned();
    const before = (await client.get(path)).body;
    for (const body of [{ service_id: offer.service.id }, { service_id: offer.service.id, context: { platform: 'conformance', instance_name: 'new' } }]) {
      expect((await client.settled(path, await client.patch(path, { query: ASYNC, body }))).status).toBe(200);
      expect((await client.get(path)).body).toEqual(before);
    }
    await target().removed(path);
  });

  test('202: a change of plan is polled to its end and then is the plan; parameters stay', async () => {
    const { client } = target();
    const [from, to] = updateable();
    const path = await target().provisioned(from);
    const { parameters } = (await client.get(path)).body;
    const body = { service_id: to.service.id, plan_id: to.plan.id, previous_values: { plan_id: from.plan.id } };
    const reply = await client.patch(path, { query: ASYNC, body });
    expect([200, 202]).toContain(reply.status);
    const ended = await client.settled(path, reply);
    expect(ended.body['state'] ?? 'succeeded').toBe('succeeded');
    expect((await client.get(path)).body).toMatchObject({ plan_id: to.plan.id, parameters });
    await target().removed(path, to);
  });

  test('422 AsyncRequired: to a plan that is asynchronous only, for who cannot wait; nothing changes', async () => {
    const { client } = target();
    const [from, to] = updateable();
    const path = await target().provisioned(from);
    expectRefusal(await client.patch(path, { body: { service_id: to.service.id, plan_id: to.plan.id } }), 422, 'AsyncRequired');
    expect((await client.get(path)).body).toMatchObject({ plan_id: from.plan.id });
    await target().removed(path, from);
  });

  test('while it runs: the same request has the same operation, another is 422 ConcurrencyError, fetching too', async () => {
    await target().slowly(async () => {
      const { client } = target();
      const [from, to] = updateable();
      const path = await target().provisioned(from);
      const body = { service_id: to.service.id, plan_id: to.plan.id };
      const first = await client.patch(path, { query: ASYNC, body });
      const again = await client.patch(path, { query: ASYNC, body });
      expect({ status: again.status, operation: again.body['operation'] }).toEqual({ status: 202, operation: first.body['operation'] });
      expectRefusal(await client.patch(path, { query: ASYNC, body: { ...body, parameters: otherParameters(to) } }), 422, 'ConcurrencyError');
      expectRefusal(await client.get(path), 422, 'ConcurrencyError');
      expectRefusal(await client.delete(path, { query: { ...target().ids(from), ...ASYNC } }), 422, 'ConcurrencyError');
      expectRefusal(await client.put(`${path}/service_bindings/b`, { query: ASYNC, body: target().ids(from) }), 422, 'ConcurrencyError');
      expect((await client.ended(path, first.body['operation'])).body).toMatchObject({ state: 'succeeded' });
      await target().removed(path, to);
    });
  });

  test('400: without service_id, another service, a plan or parameters that the catalog does not take; nothing changes', async () => {
    const { client, offer } = target();
    const path = await target().provisioned();
    const before = (await client.get(path)).body;
    const service_id = offer.service.id;
    const others = target().services.filter(({ id }) => id !== service_id).map(({ id }) => ({ service_id: id }));
    for (const body of [{}, { service_id: 'none' }, ...others, { service_id, plan_id: 'none' }, { service_id, parameters: 7 }, { service_id, parameters: { 'not-in-the-schema': 1 } }]) {
      expectRefusal(await client.patch(path, { query: ASYNC, body }), 400);
    }
    expect((await client.get(path)).body).toEqual(before);
    await target().removed(path);
  });

  test('422 MaintenanceInfoConflict: a version that is not that of the catalog', async () => {
    const path = await target().provisioned();
    expectRefusal(await target().client.patch(path, { query: ASYNC, body: { service_id: target().offer.service.id, maintenance_info: { version: '99.0.0' } } }), 422, 'MaintenanceInfoConflict');
    await target().removed(path);
  });

  test('404: an instance that is not there', async () => {
    expectRefusal(await target().client.patch(instancePath(), { query: ASYNC, body: { service_id: target().offer.service.id } }), 404);
  });
});

/** A plan, and one that it may be changed to and that is asynchronous only. */
function updateable(): [Offer, Offer] {
  const canChange = (service: Offer['service'], plan: Plan): boolean => plan.plan_updateable ?? service.plan_updateable ?? false;
  const from = target().offers.find(({ service, plan }) => canChange(service, plan) && !target().asyncOnly.has(plan.id));
  const to = from?.service.plans.find(({ id }) => target().asyncOnly.has(id));
  if (from === undefined || to === undefined) throw new Error('no plan of this broker can be changed for one that is asynchronous only');
  return [from, { service: from.service, plan: to }];
}

/** As when it was made, but for the first choice. */
function otherParameters({ plan }: Offer): Record<string, unknown> {
  const schema = plan.schemas?.service_instance?.update?.parameters ?? {};
  const [name, choices] = Object.entries(schema.properties ?? {}).map(([name, { enum: choices }]) => [name, choices] as const).find(([, choices]) => (choices?.length ?? 0) > 1) ?? [];
  if (name === undefined) throw new Error('the plan has no parameter with a choice');
  return { ...example(schema) as object, [name]: choices?.[1] };
}
