import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { MOST_STREAMS } from '../../api/http/event-stream.ts';
import { issueToken } from '../../api/auth/tokens.ts';
import { Changes, type Follower } from '../../feed/changes.ts';
import { headOfFeed } from '../../feed/pages.ts';
import type { Browser } from '../support/browser.ts';
import { follow, type Following } from './following.ts';
import { Site } from './signing-on.ts';
import { bodyAt, ISSUER, open, PROPOSAL, RECEIPT, startApi, tokenFor, type Api, type As } from './support.ts';

let api: Api;
let url: string;
const opened: Following[] = [];
beforeAll(async () => {
  api = await startApi({ rateLimitPerMinute: 5_000 });
  url = await api.listen();
});
afterAll(async () => {
  for (const one of opened) one.stop();
  await api.stop();
});

async function followAs(as: As, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Following> {
  const following = await follow(`${url}${path}`, { authorization: `Bearer ${await tokenFor(api.keys, as)}`, ...headers });
  opened.push(following);
  return following;
}

const send = async (id: string, as: As, body: object) => {
  const { status, text } = await api.call('POST', `/v1/adhesions/${id}/commands`, as, { body });
  if (status !== 200) throw new Error(text);
};
/** What was recorded is told once nothing that began before still runs: waits for what a test did before it began to listen. */
const settled = async () => vi.waitFor(async () => {
  const { last } = await api.stack.db.selectFrom('events').select(({ fn }) => fn.max('position').as('last')).executeTakeFirstOrThrow();
  expect((await headOfFeed(api.stack.db)).position).toBe(last);
}, { timeout: 10_000, interval: 50 });
const told = (following: Following) => following.events.map(({ event, data }) => [event, data['case'], data['type'], data['version']]);

describe('GET /v1/adhesions/{id}/changes', () => {
  test('tells what kind of change there was within two seconds, and nothing of what was recorded', async () => {
    const body = bodyAt(api, 0);
    const id = await open(api, body);
    await settled();
    const following = await followAs(body, `/v1/adhesions/${id}/changes`);
    expect([following.status, following.headers.get('content-type'), following.headers.get('cache-control'), following.headers.get('content-encoding')])
      .toEqual([200, 'text/event-stream; charset=utf-8', 'no-store, no-transform', null]);
    const started = Date.now();
    await send(id, 'operator', PROPOSAL);
    await following.until(1);
    expect(Date.now() - started).toBeLessThan(2_000);
    expect(following.events[0]).toEqual({ event: 'change', id: expect.stringMatching(/^[\w-]+$/), data: { case: id, process: 'adhesion', type: 'ProposalSent', version: 2 } });
    expect(following.text).not.toMatch(/convenzione-cst|template|actor|subject|sentAt/);
  });

  test('tells of no other case, and of another body\'s there is none to follow', async () => {
    const [own, other] = [bodyAt(api, 1), bodyAt(api, 2)];
    const [id, otherId] = [await open(api, own), await open(api, other)];
    await settled();
    const [mine, one, all, theirs] = await Promise.all([
      followAs(own, '/v1/changes'), followAs('operator', `/v1/adhesions/${id}/changes`), followAs('auditor', '/v1/changes'), followAs(other, `/v1/adhesions/${id}/changes`),
    ]);
    expect(theirs.status).toBe(404);
    expect((await followAs(own, `/v1/adhesions/${own}-7/changes`)).status).toBe(404);
    await send(otherId, 'operator', PROPOSAL);
    await send(id, 'operator', PROPOSAL);
    await Promise.all([mine.until(1), one.until(1), all.until(2)]);
    expect(told(mine)).toEqual([['change', id, 'ProposalSent', 2]]);
    expect(told(one)).toEqual([['change', id, 'ProposalSent', 2]]);
    expect(told(all)).toEqual([['change', otherId, 'ProposalSent', 2], ['change', id, 'ProposalSent', 2]]);
  });

  test('goes on after the last event that was read: nothing twice, nothing left out', async () => {
    const body = bodyAt(api, 3);
    const id = await open(api, body);
    await settled();
    const first = await followAs(body, `/v1/adhesions/${id}/changes`);
    await send(id, 'operator', PROPOSAL);
    await first.until(1);
    first.stop();
    await send(id, body, RECEIPT);
    const again = await followAs(body, `/v1/adhesions/${id}/changes`, { 'last-event-id': first.events[0]?.id ?? '' });
    await again.until(1);
    expect(told(again)).toEqual([['change', id, 'ReceiptConfirmed', 3]]);
    // The address says where a page began; the header says where the reader came to.
    const both = await followAs(body, `/v1/adhesions/${id}/changes?after=${first.events[0]?.id ?? ''}`, { 'last-event-id': again.events[0]?.id ?? '' });
    await send(id, body, { type: 'RecordOpinion', data: { kind: 'TECHNICAL', outcome: 'FAVOURABLE', givenOn: '2026-03-04' } });
    await both.until(1);
    expect(told(both)).toEqual([['change', id, 'OpinionRecorded', 4]]);
    expect((await followAs(body, `/v1/adhesions/${id}/changes?after=none`)).status).toBe(400);
  });

  test('who missed very much is told to look anew', async () => {
    const journal = await followAs('operator', '/v1/changes?after=MC4w');
    await journal.until(1);
    // In a store as small as this one each is told.
    expect(journal.events.every(({ event }) => event === 'change')).toBe(true);
  });
});

describe('who follows', () => {
  test('opens so many connections and no more: 429 TOO_MANY_STREAMS, and one that ends makes room', async () => {
    const body = bodyAt(api, 4);
    const mine: Following[] = [];
    for (let count = 0; count < MOST_STREAMS; count += 1) mine.push(await followAs(body, '/v1/changes'));
    const more = await followAs(body, '/v1/changes');
    expect([more.status, JSON.parse(more.text) as object, more.headers.get('retry-after')]).toEqual([429, expect.objectContaining({ code: 'TOO_MANY_STREAMS', title: 'Troppe connessioni aperte' }), '30']);
    // They hold nobody up, nor the one who follows.
    expect((await fetch(`${url}/v1/bodies`, { headers: { authorization: `Bearer ${await tokenFor(api.keys, body)}` } })).status).toBe(200);
    expect((await followAs(bodyAt(api, 5), '/v1/changes')).status).toBe(200);
    mine[0]?.stop();
    await vi.waitFor(async () => { expect((await followAs(body, '/v1/changes')).status).toBe(200); }, { timeout: 5_000, interval: 100 });
  });

  test('is told that the session ended, and hears nothing more', async () => {
    const site = new Site(url);
    const browser: Browser = await site.signOn('operator-1');
    const cookie = [...browser.cookies(url)].map((pair) => pair.join('=')).join('; ');
    const following = await follow(`${url}/v1/changes`, { cookie });
    expect(following.status).toBe(200);
    await browser.post(`${url}/logout`, { csrf: await site.csrfOf(browser) });
    await following.ended;
    expect(following.events.at(-1)).toEqual({ event: 'end', id: undefined, data: { reason: 'SIGNED_OFF' } });
    expect((await follow(`${url}/v1/changes`, { cookie })).status).toBe(401);
  });

  test('does not keep a session alive by it', async () => {
    const site = new Site(url);
    const browser = await site.signOn('auditor');
    const before = new Date(Date.now() - 20 * 60_000).toISOString();
    await api.stack.db.updateTable('sessions').set({ seen_at: before }).where('role', '=', 'auditor').execute();
    const cookie = [...browser.cookies(url)].map((pair) => pair.join('=')).join('; ');
    opened.push(await follow(`${url}/v1/changes`, { cookie }));
    await fetch(`${url}/v1/bodies`, { headers: { cookie, 'x-refresh': '1' } });
    const seen = async () => (await api.stack.db.selectFrom('sessions').select('seen_at').where('role', '=', 'auditor').executeTakeFirstOrThrow()).seen_at;
    expect(await seen()).toBe(before);
    await fetch(`${url}/v1/bodies`, { headers: { cookie } });
    expect(await seen()).not.toBe(before);
  });

  test('hears until the token ends', async () => {
    const token = await issueToken(api.keys, { role: 'auditor', issuer: ISSUER, hours: 3 / 3600 });
    const following = await follow(`${url}/v1/changes`, { authorization: `Bearer ${token}` });
    expect(following.status).toBe(200);
    await following.ended;
    expect(following.events.at(-1)?.event).toBe('end');
  });
});

test('one reader of the store serves them all, and rests when all have left', async () => {
  let statements = 0;
  const counting = api.stack.db.withPlugin({ transformQuery: ({ node }) => { statements += 1; return node; }, transformResult: ({ result }) => Promise.resolve(result) });
  const changes = new Changes(counting, pino({ level: 'silent' }));
  const heard: number[] = [];
  const followers = Array.from({ length: 100 }, (_, index): Follower => ({ sees: () => true, tell: () => { heard.push(index); }, beat: () => undefined, end: () => undefined }));
  await Promise.all(followers.map((follower) => changes.join(follower, null)));
  await open(api, bodyAt(api, 6));
  await vi.waitFor(() => { expect(heard).toHaveLength(100); }, { timeout: 3_000 });
  statements = 0;
  await delay(2_000);
  expect(statements).toBeGreaterThan(1);
  expect(statements).toBeLessThan(6);
  for (const follower of followers) changes.leave(follower);
  statements = 0;
  await delay(1_200);
  expect(statements).toBe(0);
});

test('the server that stops ends them at once', async () => {
  const own = await startApi();
  const address = await own.listen();
  const following = await follow(`${address}/v1/changes`, { authorization: `Bearer ${await tokenFor(own.keys, 'operator')}` });
  expect(following.status).toBe(200);
  const started = Date.now();
  await Promise.all([own.stop(), following.ended]);
  expect(Date.now() - started).toBeLessThan(5_000);
});

test('an open answer is ended after its time', async () => {
  const hasty = await startApi({ patience: { streamMs: 300 } });
  const at = await hasty.listen();
  const as = bodyAt(hasty, 0);
  const id = await open(hasty, as);
  const headers = { authorization: `Bearer ${await tokenFor(hasty.keys, as)}` };
  const first = await follow(`${at}/v1/adhesions/${id}/changes`, headers);
  await first.ended;
  expect(first.events).toEqual([]);
  await hasty.stop();
});
