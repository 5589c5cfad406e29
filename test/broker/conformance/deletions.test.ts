import { describe, expect, test } from 'vitest';
import { ASYNC, bindingPath, expectRefusal, instancePath, useTarget, type Offer } from '../target.ts';

const target = useTarget();

describe('Deprovisioning', () => {
  test('200 with {}, then 410 to the same request, 404 to a fetch and 410 to a poll without an operation', async () => {
    const { client, offer } = target();
    const path = await target().provisioned();
    const reply = await client.delete(path, { query: target().ids(offer) });
    expect({ status: reply.status, body: reply.body }).toEqual({ status: 200, body: {} });
    expectRefusal(await client.delete(path, { query: target().ids(offer) }), 410);
    expectRefusal(await client.get(path), 404);
    expectRefusal(await client.get(`${path}/last_operation`), 410);
  });

  test('410: an instance that never was', async () => {
    expectRefusal(await target().client.delete(instancePath(), { query: { ...target().ids(target().offer), ...ASYNC } }), 410);
  });

  test('422 AsyncRequired: an instance of a plan that is asynchronous only, for who cannot wait; it stays', async () => {
    const offer = asynchronous();
    const path = await target().provisioned(offer);
    expectRefusal(await target().client.delete(path, { query: target().ids(offer) }), 422, 'AsyncRequired');
    expect((await target().client.get(path)).status).toBe(200);
    await target().removed(path, offer);
  });

  test('202: the same request again has the same operation; whatever else is asked meanwhile is told ConcurrencyError', async () => {
    await target().slowly(async () => {
      const { client } = target();
      const offer = asynchronous();
      const path = await target().provisioned(offer);
      const query = { ...target().ids(offer), ...ASYNC };
      const first = await client.delete(path, { query });
      const again = await client.delete(path, { query });
      expect([first.status, again.status]).toEqual([202, 202]);
      expect(again.body['operation']).toBe(first.body['operation']);
      expectRefusal(await client.put(path, { query: ASYNC, body: target().body(offer) }), 422, 'ConcurrencyError');
      expectRefusal(await client.patch(path, { query: ASYNC, body: { service_id: offer.service.id } }), 422, 'ConcurrencyError');
      expectRefusal(await client.put(bindingPath(path), { query: ASYNC, body: target().ids(offer) }), 422, 'ConcurrencyError');
      expect((await client.ended(path, first.body['operation'])).body).toMatchObject({ state: 'succeeded' });
      expectRefusal(await client.delete(path, { query }), 410);
    });
  });

  test('404: to a poll of how it was made, once it is deleted; its deletion is known by its own operation', async () => {
    const { client } = target();
    const offer = asynchronous();
    const path = instancePath();
    const made = await client.put(path, { query: ASYNC, body: target().body(offer) });
    await client.settled(path, made);
    const poll = (reply: typeof made) => client.get(`${path}/last_operation`, { query: { operation: String(reply.body['operation']) } });
    expect((await poll(made)).body).toMatchObject({ state: 'succeeded' });
    const deleted = await client.delete(path, { query: { ...target().ids(offer), ...ASYNC } });
    await client.settled(path, deleted);
    expectRefusal(await poll(made), 404);
    expect((await poll(deleted)).body).toMatchObject({ state: 'succeeded' });
  });

  test('400: without service_id or plan_id, empty ones, those of no offer; the instance stays', async () => {
    const path = await target().provisioned();
    const { service_id = '', plan_id = '' } = target().ids(target().offer);
    for (const query of [{}, { service_id }, { plan_id }, { service_id: '', plan_id }, { service_id: 'none', plan_id }, { service_id, plan_id: 'none' }]) {
      expectRefusal(await target().client.delete(path, { query: { ...query, ...ASYNC } }), 400);
    }
    expect((await target().client.get(path)).status).toBe(200);
    await target().removed(path);
  });

  test('with bindings: they go with the instance', async () => {
    const { client, offer } = target();
    const path = await target().provisioned();
    const binding = bindingPath(path);
    expect((await client.put(binding, { body: target().ids(offer) })).status).toBe(201);
    await target().removed(path);
    expectRefusal(await client.get(binding), 404);
    expectRefusal(await client.delete(binding, { query: target().ids(offer) }), 410);
  });

  test('five at once: one deletes, the others are told ConcurrencyError or 410', async () => {
    const path = await target().provisioned();
    const replies = await Promise.all(Array.from({ length: 5 }, () => target().client.delete(path, { query: target().ids(target().offer) })));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const reply of replies.filter(({ status }) => status !== 200)) expect([[422, 'ConcurrencyError'], [410, 'Gone']]).toContainEqual([reply.status, reply.body['error']]);
  });

  test('an identifier that was deleted may be used again, with other attributes', async () => {
    const { client, offer } = target();
    const path = await target().provisioned();
    await target().removed(path);
    const reply = await client.settled(path, await client.put(path, { query: ASYNC, body: { ...target().body(offer), space_guid: 'another' } }));
    expect([200, 201]).toContain(reply.status);
    expect((await client.get(path)).status).toBe(200);
    await target().removed(path);
  });
});

describe('Orphan Mitigation, as the broker sees it', () => {
  test('deleted in the middle of its making: the making is halted, which its own operation says, and nothing is left', async () => {
    await target().slowly(async () => {
      const { client } = target();
      const offer = asynchronous();
      const path = instancePath();
      const made = await client.put(path, { query: ASYNC, body: target().body(offer) });
      const reply = await client.delete(path, { query: { ...target().ids(offer), ...ASYNC } });
      expect(reply.status).toBe(202);
      expect((await client.get(`${path}/last_operation`, { query: { operation: String(made.body['operation']) } })).body).toMatchObject({ state: 'failed' });
      expect((await client.ended(path, reply.body['operation'])).body).toMatchObject({ state: 'succeeded' });
      expectRefusal(await client.get(path), 404);
      expectRefusal(await client.delete(path, { query: { ...target().ids(offer), ...ASYNC } }), 410);
    });
  });

  test('a platform that went away before the answer deletes what it does not know of, until it is told 200 or 410', async () => {
    await target().slowly(async () => {
      const { client, offer } = target();
      const path = instancePath();
      await expect(client.put(path, { body: target().body(offer), signal: AbortSignal.timeout(150) })).rejects.toThrow('aborted due to timeout');
      const ended = await target().removed(path);
      expect([200, 410]).toContain(ended.status);
      expectRefusal(await client.get(path), 404);
    });
  });

  test('a platform that went away before the answer may also ask the same again, and has one instance', async () => {
    await target().slowly(async () => {
      const { client, offer } = target();
      const path = instancePath();
      await expect(client.put(path, { body: target().body(offer), signal: AbortSignal.timeout(150) })).rejects.toThrow('aborted due to timeout');
      const again = await client.put(path, { query: ASYNC, body: target().body(offer) });
      expect([200, 202]).toContain(again.status);
      await client.settled(path, again);
      expect((await client.get(path)).status).toBe(200);
      await target().removed(path);
    });
  });
});

function asynchronous(): Offer {
  const offer = target().asyncOffer;
  if (offer === null) throw new Error('no plan of this broker is asynchronous only');
  return offer;
}
