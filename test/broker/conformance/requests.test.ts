import { describe, expect, test } from 'vitest';
import { ASYNC, expectRefusal, instancePath, useTarget, type JsonSchema, type Schema } from '../target.ts';

const target = useTarget();
const SEMANTIC_VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;
const LARGEST_SCHEMA = 64 * 1024;

const ROUTES: readonly (readonly [string, string])[] = [
  ['GET', '/v2/catalog'], ['PUT', '/v2/service_instances/i'], ['GET', '/v2/service_instances/i'], ['PATCH', '/v2/service_instances/i'],
  ['DELETE', '/v2/service_instances/i'], ['GET', '/v2/service_instances/i/last_operation'], ['PUT', '/v2/service_instances/i/service_bindings/b'],
  ['GET', '/v2/service_instances/i/service_bindings/b'], ['DELETE', '/v2/service_instances/i/service_bindings/b'],
  ['GET', '/v2/service_instances/i/service_bindings/b/last_operation'],
];

describe('Headers', () => {
  test.each(ROUTES)('Authentication: %s %s answers 401 without credentials and with wrong ones', async (method, path) => {
    const wrong = [null, 'Basic d3Jvbmc6d3Jvbmc=', 'Basic !', 'Bearer token', 'Basic'];
    for (const Authorization of wrong) expectRefusal(await target().client.send(method, path, { headers: { Authorization } }), 401);
  });

  test.each(ROUTES)('API Version Header: %s %s is refused for a version of another major number, with 412', async (method, path) => {
    for (const version of ['1.0', '1.17', '3.0', '3.17', 'latest']) expectRefusal(await target().client.send(method, path, { headers: { 'X-Broker-API-Version': version } }), 412);
  });

  test('API Version Header: without one a request is served or refused with 400', async () => {
    expect([200, 400]).toContain((await target().client.get('/v2/catalog', { headers: { 'X-Broker-API-Version': null } })).status);
  });

  test('API Version Header: minor versions are additive: 2.17 is served', async () => {
    expect((await target().client.get('/v2/catalog', { headers: { 'X-Broker-API-Version': '2.17' } })).status).toBe(200);
  });

  test('Originating Identity: a platform and a JSON object in Base64 are accepted', async () => {
    const value = Buffer.from(JSON.stringify({ user_id: '683ea748-3092-4ff4-b656-39cacc4d5360' })).toString('base64');
    expect((await target().client.get('/v2/catalog', { headers: { 'X-Broker-API-Originating-Identity': `associa ${value}` } })).status).toBe(200);
  });

  test('Request Identity: the header of the request is in the response, of refusals too', async () => {
    const headers = { 'X-Broker-API-Request-Identity': 'e26cee84-6b38-4456-b34e-d1a9f002c956' };
    const replies = [await target().client.get('/v2/catalog', { headers }), await target().client.get(instancePath(), { headers }), await target().client.get('/v2/catalog', { headers: { ...headers, Authorization: null } })];
    expect(replies.map((reply) => reply.headers.get('X-Broker-API-Request-Identity'))).toEqual(replies.map(() => headers['X-Broker-API-Request-Identity']));
  });
});

describe('Catalog Management', () => {
  test('Response: 200 with services, each with what is required, and names and identifiers that are unique', async () => {
    const { status, headers, body } = await target().client.get('/v2/catalog');
    expect({ status, type: headers.get('content-type') }).toEqual({ status: 200, type: expect.stringContaining('application/json') });
    expect(Array.isArray(body['services'])).toBe(true);
    const { services, offers } = target();
    for (const service of services) {
      expect(service).toMatchObject({ id: expect.stringMatching(/./), name: expect.stringMatching(/./), description: expect.stringMatching(/./), bindable: expect.any(Boolean) });
      expect(service.plans.length).toBeGreaterThan(0);
      expect(new Set(service.plans.map(({ name }) => name)).size).toBe(service.plans.length);
    }
    for (const { plan } of offers) expect(plan).toMatchObject({ id: expect.stringMatching(/./), name: expect.stringMatching(/./), description: expect.stringMatching(/./) });
    const ids = [...services, ...offers.map(({ plan }) => plan)].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(services.map(({ name }) => name)).size).toBe(services.length);
  });

  test('Schemas Object: each schema says its $schema, refers to nothing outside and is not larger than 64 kB', () => {
    const schemas = target().offers.flatMap(({ plan: { schemas } }) => [schemas?.service_instance?.create, schemas?.service_instance?.update, schemas?.service_binding?.create]);
    for (const parameters of schemas.map((schema: Schema | undefined): JsonSchema | undefined => schema?.parameters).filter((schema) => schema !== undefined)) {
      expect(parameters.$schema).toMatch(/^https?:\/\/json-schema\.org\//);
      const text = JSON.stringify(parameters);
      expect(text).not.toMatch(/"\$ref":"(?!#)/);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(LARGEST_SCHEMA);
    }
  });

  test('Service Plan Object: maintenance information has a semantic version, a polling duration is a whole number of seconds', () => {
    for (const { plan } of target().offers) {
      expect(plan.maintenance_info?.version ?? '1.0.0').toMatch(SEMANTIC_VERSION);
      expect(Number.isInteger(plan.maximum_polling_duration ?? 1)).toBe(true);
    }
  });

  test('identifiers do not change across queries', async () => {
    const ids = async (): Promise<unknown[]> => ((await target().client.get('/v2/catalog')).body['services'] as { id: string; plans: { id: string }[] }[]).map(({ id, plans }) => [id, plans.map((plan) => plan.id)]);
    expect(await ids()).toEqual(await ids());
  });

  test('ETag: what is known already is 304 without a body, by its tag, a weak one, one of several, and *', async () => {
    const etag = (await target().client.get('/v2/catalog')).headers.get('etag');
    expect(etag).toMatch(/^(W\/)?".+"$/);
    for (const tag of [`${etag}`, `W/${etag?.replace(/^W\//, '')}`, `"other", ${etag}`, '*']) {
      const reply = await target().client.get('/v2/catalog', { headers: { 'If-None-Match': tag } });
      expect({ tag, status: reply.status, text: reply.text }).toEqual({ tag, status: 304, text: '' });
    }
    expect((await target().client.get('/v2/catalog', { headers: { 'If-None-Match': '"other"' } })).status).toBe(200);
  });
});

describe('Bad input is refused with 4xx and what is wrong, and makes nothing', () => {
  test.each([
    ['no body', undefined], ['no JSON', '{"service_id": '], ['a list', []], ['a text', '"text"'], ['null', 'null'], ['a forged prototype', '{"__proto__": {"a": 1}}'],
  ])('Provisioning: %s is 400', async (_name, body) => {
    const path = instancePath();
    expectRefusal(await target().client.put(path, { query: ASYNC, ...(body === undefined ? {} : { body }) }), 400);
    expectRefusal(await target().client.get(path), 404);
  });

  test('Content Type: a body of another type is 400', async () => {
    const ask = { query: ASYNC, body: JSON.stringify(target().body(target().offer)), headers: { 'Content-Type': 'text/xml' } };
    expectRefusal(await target().client.put(instancePath(), ask), 400);
  });

  test('a body of some megabytes is refused, and the broker goes on', async () => {
    // It may end the connection before all of it was sent.
    const status = await target().client.put(instancePath(), { body: JSON.stringify({ text: 'a'.repeat(5_000_000) }) }).then((reply) => reply.status, () => 413);
    expect([400, 413]).toContain(status);
    expect((await target().client.get('/v2/catalog')).status).toBe(200);
  });

  test.each(['%00', '%2e%2e%2fcatalog', '%F0%9F%8F%9B', 'a'.repeat(600), '%27%3b%20DROP%20TABLE%20instances', '%25', '%e0%a4%a', 'a b', '+'])('URL Properties: an identifier %s is served or refused, with no 5xx on any route', async (id) => {
    const { client, offer, ids, body } = { client: target().client, offer: target().offer, ids: target().ids(target().offer), body: target().body(target().offer) };
    const [instance, binding] = [`/v2/service_instances/${id}`, `/v2/service_instances/${id}/service_bindings/${id}`];
    const replies = [
      await client.put(instance, { query: ASYNC, body: { ...body, parameters: { none: 'such' } } }), await client.get(instance), await client.patch(instance, { query: ASYNC, body: { service_id: offer.service.id } }),
      await client.get(`${instance}/last_operation`), await client.put(binding, { query: ASYNC, body: ids }), await client.get(binding),
      await client.get(`${binding}/last_operation`), await client.delete(binding, { query: { ...ids, ...ASYNC } }), await client.delete(instance, { query: { ...ids, ...ASYNC } }),
    ];
    for (const reply of replies) {
      expect(reply.status).toSatisfy((status: number) => status >= 400 && status < 500);
      expect(reply.body).toEqual({ error: expect.stringMatching(/^[A-Za-z]+$/), description: expect.stringMatching(/./) });
    }
  });

  test.each(['perhaps', '1', 'TRUE'])('accepts_incomplete=%s is no truth: 400', async (accepts_incomplete) => {
    expectRefusal(await target().client.put(instancePath(), { query: { accepts_incomplete }, body: target().body(target().offer) }), 400);
  });

  test('a path that the specification does not have is 404', async () => {
    expectRefusal(await target().client.get('/v2/elsewhere'), 404);
  });
});
