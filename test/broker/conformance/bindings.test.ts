import { describe, expect, test } from 'vitest';
import type { Ask, Reply } from '../client.ts';
import { ASYNC, bindingPath, expectRefusal, instancePath, useTarget } from '../target.ts';

const target = useTarget();
const body = (): Record<string, unknown> => ({ ...target().ids(target().offer), context: { platform: 'conformance' }, bind_resource: { app_guid: 'app' } });
const ENDPOINT = { host: expect.stringMatching(/./), ports: expect.arrayContaining([expect.stringMatching(/^\d+(-\d+)?$/)]) };

/** An instance for the test, removed afterwards. */
async function withInstance(work: (instance: string) => Promise<void>): Promise<void> {
  const instance = await target().provisioned();
  await work(instance);
  await target().removed(instance);
}

async function bound(instance: string, ask: Ask = { body: body() }): Promise<[string, Reply]> {
  const path = bindingPath(instance);
  const reply = await target().client.put(path, ask);
  expect(reply.status).toBe(201);
  return [path, reply];
}

describe('Binding', () => {
  test('201: credentials and endpoints, which fetching gives too; 200 with the same to the same request', async () => {
    await withInstance(async (instance) => {
      const [path, reply] = await bound(instance);
      expect(reply.body['credentials']).toEqual(expect.any(Object));
      for (const endpoint of (reply.body['endpoints'] ?? []) as unknown[]) expect(endpoint).toMatchObject(ENDPOINT);
      const again = await target().client.put(path, { body: body() });
      expect({ status: again.status, credentials: again.body['credentials'] }).toEqual({ status: 200, credentials: reply.body['credentials'] });
      const fetched = await target().client.get(path, { query: target().ids(target().offer) });
      expect({ status: fetched.status, credentials: fetched.body['credentials'] }).toEqual({ status: 200, credentials: reply.body['credentials'] });
    });
  });

  test('202: no credentials in the answer; they are fetched when last_operation says succeeded, and not before', async () => {
    await target().slowly(async () => {
      await withInstance(async (instance) => {
        const path = bindingPath(instance);
        const first = await target().client.put(path, { query: ASYNC, body: body() });
        const again = await target().client.put(path, { query: ASYNC, body: body() });
        expect([first.status, again.status]).toEqual([202, 202]);
        expect(again.body['operation']).toBe(first.body['operation']);
        expect(Object.keys(first.body)).toEqual(['operation']);
        expectRefusal(await target().client.get(path), 404);
        const polled = await target().client.get(`${path}/last_operation`, { query: { operation: String(first.body['operation']) } });
        expect(polled.body).toMatchObject({ state: 'in progress' });
        expect((await target().client.ended(path, first.body['operation'])).body).toMatchObject({ state: 'succeeded' });
        expect((await target().client.get(path)).body['credentials']).toEqual(expect.any(Object));
      });
    });
  });

  test('409: another resource under the same identifier', async () => {
    await withInstance(async (instance) => {
      const [path] = await bound(instance);
      expectRefusal(await target().client.put(path, { query: ASYNC, body: { ...body(), bind_resource: { app_guid: 'another' } } }), 409);
    });
  });

  test('400: without service_id or plan_id, with others, with parameters that the schema does not take; no binding is made', async () => {
    await withInstance(async (instance) => {
      const { service_id, plan_id } = body();
      const others = target().services.filter(({ id }) => id !== service_id).map((service) => ({ service_id: service.id, plan_id: service.plans[0]?.id }));
      for (const wrong of [{}, { service_id }, { plan_id }, { service_id: 'none', plan_id }, { service_id, plan_id: 'none' }, ...others, { ...body(), parameters: 7 }, { ...body(), parameters: { 'not-in-the-schema': 1 } }]) {
        const path = bindingPath(instance);
        expectRefusal(await target().client.put(path, { query: ASYNC, body: wrong }), 400);
        expectRefusal(await target().client.get(path), 404);
      }
    });
  });

  test('404: to an instance that is not there; a binding that is not there is fetched and polled with 404', async () => {
    expectRefusal(await target().client.put(bindingPath(instancePath()), { query: ASYNC, body: body() }), 404);
    await withInstance(async (instance) => {
      expectRefusal(await target().client.get(bindingPath(instance)), 404);
      expectRefusal(await target().client.get(`${bindingPath(instance)}/last_operation`), 404);
    });
  });

  test('422 ConcurrencyError: while the instance is being made', async () => {
    await target().slowly(async () => {
      const path = instancePath();
      const made = await target().client.put(path, { query: ASYNC, body: target().body(target().offer) });
      expectRefusal(await target().client.put(bindingPath(path), { query: ASYNC, body: body() }), 422, 'ConcurrencyError');
      await target().client.settled(path, made);
      await target().removed(path);
    });
  });

  test('five at once to one instance: each is made, or told ConcurrencyError and made when asked again; credentials differ', async () => {
    await withInstance(async (instance) => {
      const credentials = await Promise.all(Array.from({ length: 5 }, async () => {
        const path = bindingPath(instance);
        for (;;) {
          const reply = await target().client.put(path, { body: body() });
          if (reply.status === 201) return JSON.stringify(reply.body['credentials']);
          expectRefusal(reply, 422, 'ConcurrencyError');
        }
      }));
      expect(new Set(credentials).size).toBe(5);
    });
  });
});

describe('Binding Rotation', () => {
  test('201: a successor with its own credentials, of which the request says nothing but the predecessor; both are valid', async () => {
    await withInstance(async (instance) => {
      const [path, first] = await bound(instance);
      const [successor, second] = await bound(instance, { body: { predecessor_binding_id: path.split('/').at(-1) } });
      expect(second.body['credentials']).not.toEqual(first.body['credentials']);
      for (const [one, reply] of [[path, first], [successor, second]] as const) expect((await target().client.get(one)).body['credentials']).toEqual(reply.body['credentials']);
      expect((await target().client.put(successor, { body: { predecessor_binding_id: path.split('/').at(-1) } })).status).toBe(200);
    });
  });

  test('200: to the same request for a successor, also after its predecessor was unbound; another binding has no such predecessor', async () => {
    await withInstance(async (instance) => {
      const [path] = await bound(instance);
      const rotation = { predecessor_binding_id: path.split('/').at(-1) };
      const [successor, made] = await bound(instance, { body: rotation });
      expect((await target().client.delete(path, { query: target().ids(target().offer) })).status).toBe(200);
      const again = await target().client.put(successor, { body: rotation });
      expect({ status: again.status, credentials: again.body['credentials'] }).toEqual({ status: 200, credentials: made.body['credentials'] });
      expectRefusal(await target().client.put(bindingPath(instance), { body: rotation }), 400);
    });
  });

  test('400: a predecessor that is not there, of another instance, empty, or the binding itself', async () => {
    await withInstance(async (instance) => {
      const other = await target().provisioned();
      const [elsewhere] = await bound(other);
      const itself = bindingPath(instance);
      const wrong = [[bindingPath(instance), 'none'], [bindingPath(instance), elsewhere.split('/').at(-1)], [bindingPath(instance), ''], [itself, itself.split('/').at(-1)]] as const;
      for (const [path, predecessor_binding_id] of wrong) expectRefusal(await target().client.put(path, { query: ASYNC, body: { predecessor_binding_id } }), 400);
      await target().removed(other);
    });
  });
});

describe('Unbinding', () => {
  test('200 with {}, then 410 to the same request, 404 to a fetch and 410 to a poll without an operation', async () => {
    await withInstance(async (instance) => {
      const [path] = await bound(instance);
      const query = target().ids(target().offer);
      const reply = await target().client.delete(path, { query });
      expect({ status: reply.status, body: reply.body }).toEqual({ status: 200, body: {} });
      expectRefusal(await target().client.delete(path, { query }), 410);
      expectRefusal(await target().client.get(path), 404);
      expectRefusal(await target().client.get(`${path}/last_operation`), 410);
    });
  });

  test('202: the same request again has the same operation; its end is known by that, and then the binding is gone', async () => {
    await target().slowly(async () => {
      await withInstance(async (instance) => {
        const path = bindingPath(instance);
        const made = await target().client.put(path, { query: ASYNC, body: body() });
        await target().client.settled(path, made);
        const query = { ...target().ids(target().offer), ...ASYNC };
        const first = await target().client.delete(path, { query });
        const again = await target().client.delete(path, { query });
        expect([first.status, again.status]).toEqual([202, 202]);
        expect(again.body['operation']).toBe(first.body['operation']);
        expect((await target().client.ended(path, first.body['operation'])).body).toMatchObject({ state: 'succeeded' });
        expectRefusal(await target().client.delete(path, { query }), 410);
        expectRefusal(await target().client.get(`${path}/last_operation`, { query: { operation: String(made.body['operation']) } }), 404);
      });
    });
  });

  test('in the middle of a binding: it is halted, which its own operation says, and nothing is left', async () => {
    await target().slowly(async () => {
      await withInstance(async (instance) => {
        const path = bindingPath(instance);
        const made = await target().client.put(path, { query: ASYNC, body: body() });
        const reply = await target().client.delete(path, { query: { ...target().ids(target().offer), ...ASYNC } });
        expect(reply.status).toBe(202);
        expect((await target().client.get(`${path}/last_operation`, { query: { operation: String(made.body['operation']) } })).body).toMatchObject({ state: 'failed' });
        expect((await target().client.ended(path, reply.body['operation'])).body).toMatchObject({ state: 'succeeded' });
        expectRefusal(await target().client.get(path), 404);
      });
    });
  });

  test('400: without service_id or plan_id, empty ones, those of no offer; the binding stays', async () => {
    await withInstance(async (instance) => {
      const [path] = await bound(instance);
      const { service_id = '', plan_id = '' } = target().ids(target().offer);
      for (const query of [{}, { service_id }, { plan_id }, { service_id: '', plan_id }, { service_id: 'none', plan_id }, { service_id, plan_id: 'none' }]) {
        expectRefusal(await target().client.delete(path, { query }), 400);
      }
      expect((await target().client.get(path)).status).toBe(200);
    });
  });

  test('410: a binding that never was, of an instance that is there and of one that is not', async () => {
    const query = target().ids(target().offer);
    expectRefusal(await target().client.delete(bindingPath(instancePath()), { query }), 410);
    await withInstance(async (instance) => { expectRefusal(await target().client.delete(bindingPath(instance), { query }), 410); });
  });
});
