import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Vault } from '../../db/vault/vault.ts';
import { Deliverer } from '../../feed/deliverer.ts';
import { Webhooks } from '../../feed/webhooks.ts';
import { asOwner } from '../support/database.ts';
import { bodyAt, listOf, open, startApi, type Api, type As, type Json } from './support.ts';
import { expectRefused } from './refusal.ts';

/** An event is shown once no older transaction runs, of any database of the server: those of other tests may take seconds. */
const PATIENT = { timeout: 40_000 };

let api: Api;
let deliverer: Deliverer;
beforeAll(async () => {
  api = await startApi();
  deliverer = new Deliverer(api.stack.db, new Webhooks(api.stack.db, new Vault(api.keysDir, null)), pino({ level: 'silent' }));
  deliverer.start();
});
afterAll(async () => {
  await deliverer.stop();
  await api.stop();
});

const page = async (as: As, after?: string) => (await api.call('GET', `/v1/events?limit=100${after === undefined ? '' : `&after=${after}`}`, as)).body;
const idsOf = (feed: Json) => listOf(feed['items']).map((item) => String(item['id']));

describe('GET /v1/events', () => {
  test('gives every event once, in one order, to who goes on from the last cursor', async () => {
    const [mine, other] = [bodyAt(api, 0), bodyAt(api, 1)];
    const id = await open(api, mine);
    const begun = await page('operator');
    const otherId = await open(api, other);
    await api.call('POST', `/v1/adhesions/${id}/commands`, 'operator', { body: { type: 'CloseAdhesion', data: { reasons: 'CANARIO' } } });
    await expect.poll(async () => idsOf(await page('auditor', String(begun['nextCursor']))), PATIENT).toEqual([`adhesion/${otherId}@1`, `adhesion/${id}@2`]);
    const end = await page('auditor', String(begun['nextCursor']));
    const nothing = await page('auditor', String(end['nextCursor']));
    expect([idsOf(nothing), nothing['nextCursor']]).toEqual([[], end['nextCursor']]);
    expect(JSON.stringify(end)).not.toContain('CANARIO');
  });

  test('is CloudEvents 1.0, with what /events of the case shows', async () => {
    const body = bodyAt(api, 2);
    const id = await open(api, body);
    const stored = (await api.call('GET', `/v1/adhesions/${id}/events`, body)).body['items']?.[0];
    await expect.poll(async () => idsOf(await page(body)), PATIENT).toEqual([`adhesion/${id}@1`]);
    const event = (await page(body))['items']?.[0];
    const { record: _record, prevHash: _prevHash, recordedAt, ...shown } = stored as unknown as Record<string, unknown>;
    expect(event).toEqual({
      specversion: '1.0', id: `adhesion/${id}@1`, source: `/v1/adhesions/${id}`, type: 'it.associa.adhesion.AdhesionOpened', subject: id, time: recordedAt,
      datacontenttype: 'application/json', data: shown,
    });
  });

  test('shows a comune its own cases only, also with a cursor of somebody else', async () => {
    const mine = bodyAt(api, 3);
    const id = await open(api, mine);
    await expect.poll(async () => idsOf(await page(mine)), PATIENT).toEqual([`adhesion/${id}@1`]);
    const { items } = (await api.call('GET', '/v1/events?limit=1', 'operator')).body;
    expect(String(items?.[0]?.['subject'])).not.toBe(id);
    const cursor = (await api.call('GET', '/v1/events?limit=1', 'operator')).body['nextCursor'];
    expect(idsOf(await page(mine, String(cursor)))).toEqual([`adhesion/${id}@1`]);
  });

  test('enters what operators and auditors read into the journal of access', async () => {
    const mine = bodyAt(api, 4);
    const id = await open(api, mine);
    await expect.poll(async () => {
      await page('auditor');
      const { items } = (await api.call('GET', `/v1/adhesions/${id}/access`, mine)).body;
      return items?.[0]?.['kind'];
    }, PATIENT).toBe('LIST');
  });

  test.each(['x', 'MS4y.', Buffer.from('1.2; DROP').toString('base64url'), Buffer.from('99999999999999999999.1').toString('base64url'), Buffer.from('1.01').toString('base64url'), 'MS4xMB'])('refuses the cursor %s', async (cursor) => {
    const { status, body } = await api.call('GET', `/v1/events?after=${cursor}`, 'operator');
    expect([status, body['code']]).toEqual([400, 'VALIDATION']);
  });
});

interface Delivery {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver on real HTTP that answers what it is told to. */
async function startReceiver(answer: (delivery: Delivery, nth: number) => { status: number; headers?: Record<string, string> }) {
  const deliveries: Delivery[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => { body += chunk; });
    request.on('end', () => {
      const delivery = { headers: request.headers, body };
      deliveries.push(delivery);
      const { status, headers = {} } = answer(delivery, deliveries.length);
      response.writeHead(status, headers).end('ok');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  receivers.push(server);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, deliveries };
}
const receivers: Server[] = [];
afterEach(() => { for (const server of receivers.splice(0)) server.close(); });

const subjects = (deliveries: readonly Delivery[]) => deliveries.map(({ body }) => (JSON.parse(body) as { id: string }).id);
const cursorNow = async () => String((await page('operator'))['nextCursor']);
async function add(as: As, body: object): Promise<{ id: string; secret: string }> {
  const answer = await api.call('POST', '/v1/webhooks', as, { body });
  if (answer.status !== 201) throw new Error(answer.text);
  return { id: String(answer.body['id']), secret: String(answer.body['secret']) };
}
const show = async (id: string, as: As = 'operator') => (await api.call('GET', `/v1/webhooks/${id}`, as)).body;
/** The first wait after a failure is five seconds: the test does not wait for it. */
const hurry = (id: string) => asOwner(api.stack.ownerUrl, `UPDATE webhooks SET due_at = now() WHERE id = '${id}'`);

describe('webhooks', () => {
  test('send each event in order, signed by Standard Webhooks', async () => {
    const { url, deliveries } = await startReceiver(() => ({ status: 204 }));
    const { id, secret } = await add('operator', { url, local: true, after: await cursorNow() });
    const [first, second] = [await open(api, bodyAt(api, 5)), await open(api, bodyAt(api, 6))];
    await expect.poll(() => subjects(deliveries), PATIENT).toEqual([`adhesion/${first}@1`, `adhesion/${second}@1`]);
    const [{ headers, body } = { headers: {}, body: '' }] = deliveries;
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    const signature = createHmac('sha256', key).update(`${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${signature}`);
    expect(headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
    const shown = await show(id);
    expect([String(shown['state']), Number(shown['lastAttempt']?.['status'])]).toEqual(['ACTIVE', 204]);
    expect(JSON.stringify(shown)).not.toContain(secret);
    await api.call('DELETE', `/v1/webhooks/${id}`, 'operator');
  });

  test('try again, under the same id and before anything newer, what was not received', async () => {
    const { url, deliveries } = await startReceiver((_delivery, nth) => ({ status: nth === 1 ? 500 : 200 }));
    const { id } = await add('operator', { url, local: true, after: await cursorNow() });
    const [first, second] = [await open(api, bodyAt(api, 7)), await open(api, bodyAt(api, 8))];
    await expect.poll(async () => Number((await show(id))['failures']), PATIENT).toBe(1);
    await hurry(id);
    await expect.poll(() => subjects(deliveries), PATIENT).toEqual([`adhesion/${first}@1`, `adhesion/${first}@1`, `adhesion/${second}@1`]);
    expect(deliveries[0]?.headers['webhook-id']).toBe(deliveries[1]?.headers['webhook-id']);
    await api.call('DELETE', `/v1/webhooks/${id}`, 'operator');
  });

  test('stop while paused, go on where they stood, and send again on a replay', async () => {
    const { url, deliveries } = await startReceiver(() => ({ status: 200 }));
    const after = await cursorNow();
    const { id } = await add('operator', { url, local: true, after });
    expect((await api.call('PUT', `/v1/webhooks/${id}/state`, 'operator', { body: { state: 'PAUSED' } })).body['pausedFor']).toBe('ASKED');
    const opened = await open(api, bodyAt(api, 9));
    await new Promise((resolve) => { setTimeout(resolve, 2_500); });
    expect(deliveries).toEqual([]);
    await api.call('PUT', `/v1/webhooks/${id}/state`, 'operator', { body: { state: 'ACTIVE' } });
    await expect.poll(() => subjects(deliveries), PATIENT).toEqual([`adhesion/${opened}@1`]);
    await api.call('POST', `/v1/webhooks/${id}/replays`, 'operator', { body: { after } });
    await expect.poll(() => subjects(deliveries), PATIENT).toEqual([`adhesion/${opened}@1`, `adhesion/${opened}@1`]);
    await api.call('DELETE', `/v1/webhooks/${id}`, 'operator');
  });

  test('are paused with an alarm when the receiver says that it is gone', async () => {
    const { url, deliveries } = await startReceiver(() => ({ status: 410 }));
    const { id } = await add('operator', { url, local: true });
    await expect.poll(async () => String((await show(id))['pausedFor']), PATIENT).toBe('GONE');
    expect(deliveries.length).toBe(1);
    await expect.poll(() => api.stack.db.selectFrom('alarms').select('code').execute(), PATIENT).toContainEqual({ code: 'WEBHOOK_GONE' });
    await api.call('DELETE', `/v1/webhooks/${id}`, 'operator');
  });

  test("tell a comune of its own cases only, of the types it asked for; other callers' are not found", async () => {
    const { url, deliveries } = await startReceiver(() => ({ status: 200 }));
    const [mine, other] = [bodyAt(api, 10), bodyAt(api, 11)];
    const { id } = await add(mine, { url: 'https://comune.example.it/hook', types: ['AdhesionClosed'] });
    // The address of a comune must be public; the row is given the receiver of this test.
    const { id: local } = await add('operator', { url, local: true });
    await api.call('PUT', `/v1/webhooks/${local}/state`, 'operator', { body: { state: 'PAUSED' } });
    await asOwner(api.stack.ownerUrl, `UPDATE webhooks SET body = '${mine}', types = '{AdhesionClosed}' WHERE id = '${local}'`);
    for (const body of [other, mine]) {
      const opened = await open(api, body);
      await api.call('POST', `/v1/adhesions/${opened}/commands`, 'operator', { body: { type: 'CloseAdhesion', data: { reasons: 'Prova' } } });
    }
    await api.call('PUT', `/v1/webhooks/${local}/state`, mine, { body: { state: 'ACTIVE' } });
    await expect.poll(() => subjects(deliveries), PATIENT).toEqual([`adhesion/${mine}-1@2`]);
    for (const [method, path] of [['GET', ''], ['DELETE', '']] as const) {
      expect((await api.call(method, `/v1/webhooks/${id}${path}`, other)).status).toBe(404);
      expect((await api.call(method, `/v1/webhooks/${id}${path}`, 'operator')).status).toBe(404);
    }
    expect((await api.call('PUT', `/v1/webhooks/${id}/state`, other, { body: { state: 'PAUSED' } })).status).toBe(404);
    expect((await api.call('POST', `/v1/webhooks/${id}/replays`, other, { body: {} })).status).toBe(404);
    expect(listOf((await api.call('GET', '/v1/webhooks', other)).body['items'])).toEqual([]);
    expect(listOf((await api.call('GET', '/v1/webhooks', mine)).body['items']).map((item) => String(item['id'])).toSorted()).toEqual([id, local].toSorted());
    await Promise.all([id, local].map((one) => api.call('DELETE', `/v1/webhooks/${one}`, mine)));
  });

  test.each([
    ['https://127.0.0.1:9/x'], ['https://localhost:9/x'], ['https://[::1]:9/x'], ['https://[::ffff:127.0.0.1]:9/x'], ['https://169.254.169.254/latest'], ['https://10.0.0.1/x'], ['https://0.0.0.0:9/x'],
    ['https://2130706433/x'], ['https://0x7f000001/x'],
  ])('connect to no private address: %s', async (url) => {
    const mine = bodyAt(api, 12);
    await open(api, mine).catch(() => undefined);
    const { id } = await add(mine, { url });
    await expect.poll(async () => (await show(id, mine))['lastAttempt']?.['error'], PATIENT).toBe('ADDRESS_REFUSED');
    await api.call('DELETE', `/v1/webhooks/${id}`, mine);
  });

  test('follow no redirect', async () => {
    const inner = await startReceiver(() => ({ status: 200 }));
    const outer = await startReceiver(() => ({ status: 302, headers: { location: inner.url } }));
    const { id } = await add('operator', { url: outer.url, local: true });
    await expect.poll(async () => Number((await show(id))['lastAttempt']?.['status']), PATIENT).toBe(302);
    expect(inner.deliveries).toEqual([]);
    await api.call('DELETE', `/v1/webhooks/${id}`, 'operator');
  });

  test('sent again with the same key are one; with other content the key is refused', async () => {
    const mine = bodyAt(api, 14);
    const send = (url: string) => api.call('POST', '/v1/webhooks', mine, { body: { url }, headers: { 'idempotency-key': 'k1' } });
    const [first, again] = await Promise.all([send('https://comune.example.it/a'), send('https://comune.example.it/a')]);
    expect([first.status, again.status, again.text]).toEqual([201, 201, first.text]);
    const other = await send('https://comune.example.it/b');
    expect([other.status, String(other.body['code'])]).toEqual([409, 'IDEMPOTENCY_MISMATCH']);
    expect(listOf((await api.call('GET', '/v1/webhooks', mine)).body['items']).length).toBe(1);
    expect((await api.call('POST', '/v1/webhooks', bodyAt(api, 15), { body: { url: 'https://comune.example.it/b' }, headers: { 'idempotency-key': 'k1' } })).status).toBe(201);
  });

  test('sent again with the same key and another place to begin is another request, also when some was delivered meanwhile', async () => {
    const mine = bodyAt(api, 17);
    const send = (body: object) => api.call('POST', '/v1/webhooks', mine, { body: { url: 'https://comune.example.it/c', ...body }, headers: { 'idempotency-key': 'k2' } });
    const first = await send({ after: 'MC4w' });
    expect(first.status).toBe(201);
    // Where it stands moves on; what was asked stays.
    await asOwner(api.stack.ownerUrl, `UPDATE webhooks SET position = 7 WHERE id = '${String(first.body['id'])}'`);
    for (const same of [{ after: 'MC4w' }, {}]) expect((await send(same)).body).toEqual(first.body);
    const other = await send({ after: 'MC43' });
    expect([other.status, other.body['code']]).toEqual([409, 'IDEMPOTENCY_MISMATCH']);
  });

  test('asked for a replay again with the same key stand where they stood; with another place the key is refused', async () => {
    const { url, deliveries } = await startReceiver(() => ({ status: 200 }));
    const after = await cursorNow();
    const { id } = await add('operator', { url, local: true, after });
    const opened = await open(api, bodyAt(api, 16));
    await expect.poll(() => subjects(deliveries), PATIENT).toEqual([`adhesion/${opened}@1`]);
    const replay = (key: string, body: object) => api.call('POST', `/v1/webhooks/${id}/replays`, 'operator', { body, headers: { 'idempotency-key': key } });
    // At once, and once more when all was delivered.
    const answers = await Promise.all(Array.from({ length: 20 }, () => replay('again', { after })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await expect.poll(async () => (await show(id))['cursor'], PATIENT).toBe(await cursorNow());
    const late = await replay('again', { after });
    expect([late.status, late.body['cursor']]).toEqual([200, await cursorNow()]);
    expect(subjects(deliveries)).toEqual([`adhesion/${opened}@1`, `adhesion/${opened}@1`]);
    await expectRefused(api, () => replay('again', {}), [409, 'IDEMPOTENCY_MISMATCH', 'OTHER_CONTENT']);
    const rows = await api.stack.db.selectFrom('webhooks').select('replays').where('id', '=', id).execute();
    expect(rows[0]?.replays).toEqual([expect.stringMatching(/^[0-9a-f]{32} \d+\.\d+$/)]);
    // The oldest of them all is forgotten, not the one that came first in some other order.
    for (let number = 1; number <= 100; number += 1) expect((await replay(`key-${number}`, { after })).status).toBe(200);
    expect((await api.stack.db.selectFrom('webhooks').select('replays').where('id', '=', id).executeTakeFirstOrThrow()).replays).toHaveLength(100);
    expect([(await replay('key-1', {})).status, (await replay('again', {})).status]).toEqual([409, 200]);
    await api.call('DELETE', `/v1/webhooks/${id}`, 'operator');
  });

  test.each([
    [{ url: 'http://comune.example.it/x' }, 'HTTPS_REQUIRED'], [{ url: 'https://u:p@comune.example.it/x' }, 'ADDRESS_INVALID'], [{ url: 'https://comune.example.it/x', local: true }, 'LOCAL_NOT_PERMITTED'],
    [{ url: 'ftp://comune.example.it/x' }, 'INVALID_FORMAT'], [{ url: 'https://comune.example.it/x', types: ['x'] }, 'INVALID_FORMAT'], [{}, 'INVALID_TYPE'],
  ])('%j is refused', async (body, code) => {
    // In order: the deliverer writes to other rows meanwhile, which moves them.
    const kept = () => api.stack.db.selectFrom('webhooks').select('id').orderBy('id').execute();
    const before = await kept();
    const answer = await api.call('POST', '/v1/webhooks', bodyAt(api, 13), { body });
    expect([answer.status, String(answer.body['reasons']?.[0]?.['code'])]).toEqual([400, code]);
    expect(await kept()).toEqual(before);
  });
});
