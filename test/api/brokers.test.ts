import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeBrokerCaller } from '../../brokers/make.ts';
import { Vault } from '../../db/vault/vault.ts';
import type { BrokerCall } from '../../domain/migration/broker-call.ts';
import { startedNow } from '../brokers/asking.ts';
import { answers, BadBroker, CATALOG, LARGE_PLAN_ID, PLAN_ID, SERVICE_ID } from '../brokers/bad-broker.ts';
import { QUICK } from '../brokers/policy.ts';
import { expectRefused } from './refusal.ts';
import { bodyAt, startApi, tokenFor, type Answer, type Api, type As } from './support.ts';

let api: Api;
let broker: BadBroker;
beforeAll(async () => { api = await startApi(); });
afterAll(async () => { await api.stop(); });
beforeEach(async () => { broker = await new BadBroker().start(); });
afterEach(async () => { await broker.stop(); });

const SERVICES = { APP_HOSTING: { serviceId: SERVICE_ID, planIds: { small: PLAN_ID } } };
const entry = (more: object = {}, of = broker) => ({ name: 'hosting', url: `${of.target.url}/`, username: of.target.username, password: of.target.password, local: true, services: SERVICES, ...more });
const NOT_ASKED = { state: 'UNKNOWN', answeredAt: null, failedAt: null, failure: null, failures: 0, openUntil: null };
const post = (body: object, headers: Readonly<Record<string, string>> = {}, at = api, as: As = 'operator'): Promise<Answer> => at.call('POST', '/v1/brokers', as, { body, headers });
const journal = (at = api) => at.stack.db.selectFrom('events').select(['type', 'data', 'actor']).where('stream', '=', 'brokers').orderBy('version').execute();
const secrets = async (at = api) => (await at.stack.db.selectFrom('broker_secrets').select('id').execute()).length;
const shown = (more: object = {}, of = broker) => ({ name: 'hosting', url: of.target.url, local: true, services: SERVICES, by: expect.any(String), at: expect.any(String), instances: 0, contact: NOT_ASKED, ...more });
async function removeAll(at = api): Promise<void> {
  for (const { name } of (await at.call('GET', '/v1/brokers', 'operator')).body['items'] as unknown as { name: string }[]) await at.call('DELETE', `/v1/brokers/${name}`, 'operator');
}

describe('the register', () => {
  afterEach(async () => { await removeAll(); });

  test('takes a broker whose catalogue has what is named, shows it without its password, and lets it go', async () => {
    const before = (await journal()).length;
    const added = await post(entry());
    expect([added.status, added.headers['location'], added.body]).toEqual([201, '/v1/brokers/hosting', shown()]);
    for (const as of ['operator', 'auditor'] as const) {
      expect((await api.call('GET', '/v1/brokers/hosting', as)).body).toEqual(shown());
      expect((await api.call('GET', '/v1/brokers', as)).body).toEqual({ items: [shown()], nextCursor: null });
    }
    expect((await api.call('DELETE', '/v1/brokers/hosting', 'operator')).status).toBe(204);
    await expectRefused(api, () => api.call('GET', '/v1/brokers/hosting', 'operator'), [404, 'NOT_FOUND', 'NOT_THERE']);
    const entered = (await journal()).slice(before);
    expect(entered.map(({ type, actor }) => [type, actor.role])).toEqual([['BrokerRegistered', 'operator'], ['BrokerRemoved', 'operator']]);
    expect(entered[0]?.data).toEqual({ broker: 'hosting', url: broker.target.url, local: true, services: SERVICES, secret: expect.stringMatching(/^brk-/), preparedAt: null });
    expect(JSON.stringify(await api.written())).not.toMatch(/sesame/);
    expect(await secrets()).toBe(0);
    expect(broker.heard.map(({ kind, headers }) => [kind, headers.authorization])).toEqual([['CATALOG', `Basic ${Buffer.from('associa:open sesame').toString('base64')}`]]);
  });

  test('is shown with how the worker last heard each broker, and whether it leaves it alone', async () => {
    await post(entry());
    const heard = { answeredAt: '2026-11-22T10:00:00.000Z', failedAt: '2026-11-22T11:00:00.000Z', failure: 'BROKER_UNREACHABLE', failures: 5, openUntil: '2026-11-22T11:00:15.000Z' };
    await api.stack.db.insertInto('broker_contacts').values({ broker: 'hosting', answered_at: heard.answeredAt, failed_at: heard.failedAt, failure: heard.failure, failures: 5, open_until: heard.openUntil }).execute();
    const contact = async () => {
      const { body: one } = await api.call('GET', '/v1/brokers/hosting', 'auditor');
      expect((await api.call('GET', '/v1/brokers', 'auditor')).body['items']).toEqual([one]);
      return one['contact'];
    };
    expect(await contact()).toEqual({ state: 'OPEN', ...heard });
    await api.stack.db.updateTable('broker_contacts').set({ answered_at: heard.openUntil, failures: 0, open_until: null }).execute();
    expect(await contact()).toEqual({ state: 'CLOSED', ...heard, answeredAt: heard.openUntil, failures: 0, openUntil: null });
    expect((await api.call('DELETE', '/v1/brokers/hosting', 'operator')).status).toBe(204);
    expect((await post(entry())).body['contact']).toEqual(NOT_ASKED);
  });

  test('the same again changes nothing; another password, address or service does, and the old password goes', async () => {
    const before = (await journal()).length;
    await post(entry());
    expect((await post(entry())).status).toBe(201);
    expect((await journal()).length).toBe(before + 1);
    await post(entry({ password: 'another' }));
    await post(entry({ password: 'another', services: { ...SERVICES, IDENTITY: { serviceId: SERVICE_ID, planIds: { standard: LARGE_PLAN_ID } } } }));
    expect((await journal()).slice(before).map(({ type }) => type)).toEqual(['BrokerRegistered', 'BrokerRegistered', 'BrokerRegistered']);
    expect(await secrets()).toBe(1);
  });

  test('an Idempotency-Key is one change, whatever came after; with another content it is refused', async () => {
    const before = (await journal()).length;
    const first = await post(entry(), { 'idempotency-key': 'add-1' });
    expect((await post(entry(), { 'idempotency-key': 'add-1' })).body).toEqual(first.body);
    expect((await journal()).length).toBe(before + 1);
    await expectRefused(api, () => post(entry({ password: 'other' }), { 'idempotency-key': 'add-1' }), [409, 'IDEMPOTENCY_MISMATCH', 'OTHER_CONTENT']);
  });

  test.each([
    ['a service that its catalogue does not have', { services: { APP_HOSTING: { serviceId: 'none', planIds: { small: PLAN_ID } } } }, 'services.APP_HOSTING.serviceId'],
    ['a plan that its catalogue does not have', { services: { APP_HOSTING: { serviceId: SERVICE_ID, planIds: { small: 'none' } } } }, 'services.APP_HOSTING.planIds.small'],
  ])('%s: BROKER_CATALOGUE_MISMATCH, with the place', async (_name, more, path) => {
    const { body } = await expectRefused(api, () => post(entry(more)), [409, 'BROKER_CATALOGUE_MISMATCH', null]);
    expect(body['reasons']?.[0]?.['path']).toBe(path);
  });

  test.each([
    ['a service that our catalogue does not have', { services: { NO_SUCH_THING: { serviceId: SERVICE_ID, planIds: { small: PLAN_ID } } } }, 'UNKNOWN_SERVICE'],
    ['a plan that our catalogue does not have', { services: { APP_HOSTING: { serviceId: SERVICE_ID, planIds: { huge: PLAN_ID } } } }, 'UNKNOWN_PLAN'],
    ['no service', { services: {} }, 'NOT_VALID'],
    ['a service without plans', { services: { APP_HOSTING: { serviceId: SERVICE_ID, planIds: {} } } }, 'NOT_VALID'],
    ['an address in the clear that is not local', { url: 'http://broker.example.it', local: false }, 'HTTPS_REQUIRED'],
    ['an address with a password', { url: 'https://a:b@broker.example.it' }, 'ADDRESS_INVALID'],
    ['an address with a query', { url: 'https://broker.example.it/?token=x' }, 'INVALID_FORMAT'],
    ['no address', { url: 'ftp://broker.example.it' }, 'INVALID_FORMAT'],
    ['a name with spaces', { name: 'My Broker' }, 'INVALID_FORMAT'],
    ['a user with a colon', { username: 'a:b' }, 'INVALID_FORMAT'],
    ['no password', { password: '' }, 'TOO_SMALL'],
    ['something that nobody knows', { colour: 'red' }, 'UNRECOGNIZED_KEYS'],
  ])('%s is refused before anything is sent: %s', async (_name, more, code) => {
    const { body } = await expectRefused(api, () => post(entry(more)), [400, 'VALIDATION', 'BAD_DATA']);
    expect([body['reasons']?.[0]?.['code'], broker.heard]).toEqual([code, []]);
  });

  test('a service of another broker: SERVICE_TAKEN', async () => {
    await post(entry());
    const { body } = await expectRefused(api, () => post(entry({ name: 'other' })), [409, 'SERVICE_TAKEN', null]);
    expect(body['reasons']?.[0]).toMatchObject({ path: 'services.APP_HOSTING', message: expect.stringContaining('hosting') });
  });

  test.each([
    ['answers 500', 'BROKER_ERROR', () => { broker.tell('CATALOG', answers(500)); }],
    ['refuses the password', 'BROKER_UNAUTHORIZED', () => { broker.tell('CATALOG', answers(401)); }],
    ['speaks no JSON', 'BROKER_RESPONSE_INVALID', () => { broker.tell('CATALOG', answers(200, '<html>')); }],
    ['has a catalogue that is none', 'BROKER_RESPONSE_INVALID', () => { broker.tell('CATALOG', answers(200, { services: [{ id: 'x' }] })); }],
    ['gives one id to two things', 'BROKER_RESPONSE_INVALID', () => { broker.catalog = { services: [...CATALOG.services, { ...CATALOG.services[0], name: 'twin' }] }; }],
    ['leads elsewhere', 'BROKER_REDIRECTED', () => { broker.tell('CATALOG', answers(302, {}, { location: 'http://169.254.169.254/' })); }],
    ['does not listen', 'BROKER_UNREACHABLE', async () => { await broker.stop(); }],
  ] as const)('a broker that %s: 502 BROKER_UNREACHABLE, and why: %s', async (_name, code, prepare) => {
    const sent = entry();
    await prepare();
    const { body } = await expectRefused(api, () => post(sent), [502, 'BROKER_UNREACHABLE', null]);
    expect(body['reasons']?.[0]?.['code']).toBe(code);
    if (code === 'BROKER_UNREACHABLE') await broker.start();
  });

  test('a private address that is not said to be local: refused as it is connected to', async () => {
    const { body } = await expectRefused(api, () => post(entry({ url: 'https://127.0.0.1:1', local: false })), [502, 'BROKER_UNREACHABLE', null]);
    expect(body['reasons']?.[0]?.['code']).toBe('BROKER_ADDRESS_REFUSED');
  });

  test('is looked at by those who see everything, and changed by operators', async () => {
    const body = bodyAt(api, 0);
    for (const url of ['/v1/brokers', '/v1/brokers/hosting', '/v1/brokers/hosting/catalogue', '/v1/broker-preparations']) await expectRefused(api, () => api.call('GET', url, body), [403, 'FORBIDDEN', 'NOT_PERMITTED']);
    for (const as of ['auditor', body] as const) {
      await expectRefused(api, () => post(entry(), {}, api, as), [403, 'FORBIDDEN', 'NOT_PERMITTED']);
      await expectRefused(api, () => api.call('DELETE', '/v1/brokers/hosting', as), [403, 'FORBIDDEN', 'NOT_PERMITTED']);
    }
    await expectRefused(api, () => api.call('POST', '/v1/brokers', null, { body: entry() }), [401, 'UNAUTHENTICATED', 'NO_TOKEN']);
  });

  test('holds the catalogue of a broker as it is now against what is registered', async () => {
    await post(entry());
    const check = async () => (await api.call('GET', '/v1/brokers/hosting/catalogue', 'auditor')).body;
    expect(await check()).toEqual({ name: 'hosting', reachable: true, code: null, mismatches: [], services: [{ id: SERVICE_ID, name: 'app-hosting', plans: [{ id: PLAN_ID, name: 'standard' }, { id: LARGE_PLAN_ID, name: 'large' }] }] });
    broker.catalog = { services: [] };
    expect((await check())['mismatches']).toEqual([{ code: 'BROKER_CATALOGUE_MISMATCH', message: expect.any(String), path: 'services.APP_HOSTING.serviceId' }]);
    broker.tell('CATALOG', answers(503));
    expect(await check()).toMatchObject({ reachable: false, code: 'BROKER_ERROR' });
  });
});

describe('instances and credentials', () => {
  const caller = () => makeBrokerCaller(api.stack.db, new Vault(api.keysDir, null), pino({ level: 'silent' }), QUICK);
  const callOf = (body: string, operation: BrokerCall['operation']): BrokerCall =>
    ({ operation, migration: `${body}-1.APP_HOSTING`, adhesion: `${body}-1`, body, service: 'APP_HOSTING', plan: 'small', parameters: {}, attempt: 1, binding: 1 });
  const make = async (body: string) => { for (const operation of ['PROVISION', 'BIND'] as const) expect(await caller().call(callOf(body, operation), startedNow())).toMatchObject({ outcome: 'SUCCEEDED' }); };
  const show = (body: string, as: As) => api.call('POST', `/v1/migrations/${body}-1.APP_HOSTING/credentials`, as);
  afterEach(async () => {
    await api.stack.db.updateTable('broker_instances').set({ state: 'GONE' }).execute();
    await removeAll();
  });

  test('a broker that holds instances is not removed: BROKER_IN_USE, until they are gone', async () => {
    await post(entry());
    const body = bodyAt(api, 1);
    await make(body);
    expect((await api.call('GET', '/v1/brokers/hosting', 'operator')).body['instances']).toBe(1);
    await expectRefused(api, () => api.call('DELETE', '/v1/brokers/hosting', 'operator'), [409, 'BROKER_IN_USE', null]);
    await caller().call(callOf(body, 'DEPROVISION'), startedNow());
    expect((await api.call('DELETE', '/v1/brokers/hosting', 'operator')).status).toBe(204);
  });

  test('a comune is shown the credentials of its own instance, once, and that is recorded; nobody sees them again', async () => {
    await post(entry());
    const [body, other] = [bodyAt(api, 2), bodyAt(api, 3)];
    await make(body);
    await expectRefused(api, () => show(body, other), [404, 'NOT_FOUND', 'OTHER_BODY']);
    await expectRefused(api, () => show(body, 'auditor'), [403, 'FORBIDDEN', 'NOT_PERMITTED']);
    const answer = await show(body, body);
    expect([answer.status, answer.headers['cache-control'], answer.body]).toEqual([200, 'no-store', {
      binding: 1, bindingId: expect.stringMatching(/^[0-9a-f-]{36}$/), credentials: { password: expect.stringMatching(/^secret of /) }, expiresAt: null, renewBefore: null,
    }]);
    const reads = await api.stack.db.selectFrom('events').select(['type', 'data', 'actor']).where('stream', '=', `access/${body}-1`).execute();
    expect(reads.map(({ type, data, actor }) => [type, data, actor.role])).toEqual([['CaseExported', { case: `migration/${body}-1.APP_HOSTING`, route: 'POST /v1/migrations/:id/credentials', item: answer.body['bindingId'] }, 'member']]);
    await expectRefused(api, () => show(body, body), [410, 'CREDENTIALS_SHOWN', 'NOT_PERMITTED']);
    await expectRefused(api, () => show(body, 'operator'), [410, 'CREDENTIALS_SHOWN', 'NOT_PERMITTED']);
    expect(JSON.stringify(await api.written())).not.toContain('secret of');
  });

  test('of two who ask at once one is shown them', async () => {
    await post(entry());
    const body = bodyAt(api, 4);
    await make(body);
    const both = await Promise.all([show(body, body), show(body, 'operator')]);
    expect(both.map(({ status }) => String(status)).toSorted()).toEqual(['200', '410']);
  });

  test('a migration without a binding has none', async () => {
    await expectRefused(api, () => show(bodyAt(api, 5), 'operator'), [404, 'NOT_FOUND', 'NOT_THERE']);
  });
});

describe('where it takes two persons', () => {
  let two: Api;
  let second: Readonly<Record<string, string>>;
  beforeAll(async () => {
    two = await startApi({ twoPersons: true });
    second = { authorization: `Bearer ${await tokenFor(two.keys, 'operator', 'the second')}` };
  });
  afterAll(async () => { await two.stop(); });
  const remove = (headers: Readonly<Record<string, string>> = {}) => two.call('DELETE', '/v1/brokers/hosting', 'operator', { headers });
  const waiting = async () => (await two.call('GET', '/v1/broker-preparations', 'auditor')).body['items'];

  test('who prepares a registration or a removal does not approve it; another who sends the same does', async () => {
    const prepared = await post(entry(), {}, two);
    expect([prepared.status, prepared.headers['location'], prepared.body]).toEqual([202, '/v1/broker-preparations/hosting', { name: 'hosting', kind: 'REGISTER', registration: { name: 'hosting', url: broker.target.url, local: true, services: SERVICES }, by: expect.any(String), at: expect.any(String) }]);
    expect(await waiting()).toEqual([prepared.body]);
    await expectRefused(two, () => two.call('GET', '/v1/brokers/hosting', 'operator'), [404, 'NOT_FOUND', 'NOT_THERE']);
    await expectRefused(two, () => post(entry(), {}, two), [409, 'TWO_PERSON_REQUIRED', 'SAME_PERSON']);
    expect([(await post(entry(), second, two)).status, await waiting(), await secrets(two)]).toEqual([201, [], 1]);
    expect((await remove(second)).body).toMatchObject({ kind: 'REMOVE', registration: null });
    await expectRefused(two, () => remove(second), [409, 'TWO_PERSON_REQUIRED', 'SAME_PERSON']);
    expect([(await remove()).status, await secrets(two)]).toEqual([204, 0]);
    expect((await journal(two)).map(({ type, data }) => [type, Reflect.get(data, 'preparedAt')])).toEqual([['RegistrationPrepared', undefined], ['BrokerRegistered', 1], ['RemovalPrepared', undefined], ['BrokerRemoved', 3]]);
  });

  test('another password is another change: it takes the place of what waits, and is approved by who sends it too', async () => {
    await post(entry(), {}, two);
    expect([(await post(entry({ password: 'other' }), second, two)).status, await secrets(two)]).toEqual([202, 1]);
    expect((await post(entry({ password: 'other' }), {}, two)).status).toBe(201);
    await remove();
    await remove(second);
  });

  test('what waits is taken back', async () => {
    await post(entry(), {}, two);
    const take = (as: As = 'operator') => two.call('DELETE', '/v1/broker-preparations/hosting', as);
    await expectRefused(two, () => take('auditor'), [403, 'FORBIDDEN', 'NOT_PERMITTED']);
    expect([(await take()).status, await waiting(), await secrets(two)]).toEqual([204, [], 0]);
    await expectRefused(two, () => take(), [404, 'NOT_FOUND', 'NOT_THERE']);
  });
});
