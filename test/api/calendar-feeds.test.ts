import ICAL from 'ical.js';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calendarOf } from '../../api/calendar-file.ts';
import { MOST_FEEDS } from '../../db/calendar-feeds.ts';
import { Sessions } from '../../db/sessions.ts';
import { Site } from './signing-on.ts';
import { bodyAt, listOf, open, PROPOSAL, RECEIPT, startApi, type Api, type As } from './support.ts';

let api: Api;
let logged = '';
const log = pino({ level: 'info' }, { write(line: string) { logged += line; } });
beforeAll(async () => { api = await startApi({ log }); });
afterAll(async () => { await api.stop(); });

/** Makes an address; answers its path and id. */
async function make(as: As): Promise<{ readonly id: string; readonly path: string }> {
  const { status, body, text } = await api.call('POST', '/v1/calendar-feeds', as, { body: {} });
  if (status !== 201) throw new Error(text);
  return { id: String(body['id']), path: new URL(String(body['url'])).pathname };
}
const get = (path: string, headers: Readonly<Record<string, string>> = {}) => api.call('GET', path, null, { headers });
const send = async (id: string, as: As, body: object) => {
  const { status, text } = await api.call('POST', `/v1/adhesions/${id}/commands`, as, { body });
  if (status !== 200) throw new Error(text);
};

/** The deadlines of a file, by a parser that has nothing to do with who wrote it. */
function deadlinesIn(file: string) {
  const calendar = new ICAL.Component(ICAL.parse(file) as unknown[]);
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    return { uid: event.uid, day: event.startDate.toString(), isDate: event.startDate.isDate, summary: event.summary, sequence: event.sequence, modified: String(component.getFirstPropertyValue('last-modified')) };
  });
}

describe('the calendar at a private address', () => {
  test('holds what a comune has to do, day by day, and nothing of another or of persons', async () => {
    const [body, other] = [bodyAt(api, 0), bodyAt(api, 1)];
    const [id, otherId] = [await open(api, body), await open(api, other)];
    for (const one of [id, otherId]) await send(one, 'operator', PROPOSAL);
    await send(id, body, RECEIPT);
    const { path } = await make(body);
    expect(path).toMatch(/^\/calendario\/[\w-]{43}\.ics$/);
    const answer = await get(path);
    expect([answer.status, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([200, 'text/calendar; charset=utf-8', 'private, max-age=900']);
    const { waitingFor } = (await api.call('GET', `/v1/adhesions/${id}`, body)).body;
    const owed = listOf(waitingFor).filter(({ who, dueOn }) => String(who) === 'MEMBER' && dueOn !== null).map(({ dueOn }) => String(dueOn)).toSorted();
    expect(owed.length).toBeGreaterThan(0);
    const deadlines = deadlinesIn(answer.text);
    expect(deadlines.map(({ day }) => day)).toEqual(owed);
    const name = String((await api.call('GET', `/v1/bodies/${body}`, body)).body['name']);
    for (const deadline of deadlines) {
      expect(deadline).toEqual({
        uid: expect.stringMatching(/^[0-9a-f]{32}@associa$/), day: expect.any(String), isDate: true, summary: expect.stringContaining(`(${name})`), sequence: 3, modified: expect.stringMatching(/^\d{4}-.*Z$/),
      });
    }
    expect(answer.text).not.toMatch(new RegExp(`${other}|subject|person|@example`));
    // RFC 5545: lines of 75 octets at most, ended by CRLF, the rest folded.
    const lines = answer.text.split('\r\n');
    expect(lines.filter((line) => Buffer.byteLength(line) > 75 || line.includes('\n'))).toEqual([]);
    expect(lines.some((line) => line.startsWith(' '))).toBe(true);
  });

  test('of the Agency holds what the Agency has to do in all comuni, and leaves a trace that it was shown', async () => {
    const body = bodyAt(api, 2);
    const id = await open(api, body);
    const { path } = await make('operator');
    const { text } = await get(path);
    const { waitingFor } = (await api.call('GET', `/v1/adhesions/${id}`, body)).body;
    const name = String((await api.call('GET', `/v1/bodies/${body}`, body)).body['name']);
    const owed = listOf(waitingFor).filter(({ who, dueOn }) => String(who) === 'OPERATOR' && dueOn !== null).length;
    expect(deadlinesIn(text).filter(({ summary }) => summary.endsWith(`(${name})`))).toHaveLength(owed);
    const { body: reads } = await api.call('GET', `/v1/adhesions/${id}/access`, body);
    expect(listOf(reads['items']).map(({ kind }) => String(kind)).filter((kind) => kind === 'LIST')).toHaveLength(owed > 0 ? 1 : 0);
  });

  test('is not sent again to who has it, and is another one when something has moved', async () => {
    const body = bodyAt(api, 3);
    const id = await open(api, body);
    await send(id, 'operator', PROPOSAL);
    const { path } = await make(body);
    const first = await get(path);
    const tag = String(first.headers['etag']);
    const again = await get(path, { 'if-none-match': tag });
    expect([again.status, again.text]).toEqual([304, '']);
    await send(id, body, RECEIPT);
    const moved = await get(path, { 'if-none-match': tag });
    expect(moved.status).toBe(200);
    expect(moved.headers['etag']).not.toBe(tag);
  });

  test('is well-formed with no deadline, and with names and words of every kind', () => {
    expect(deadlinesIn(calendarOf([], (body) => body, 'https://associa.example.it'))).toEqual([]);
    const name = `Sant'Angelo, "Lodigiano"; \\ à è\nSECONDA ${'lungo '.repeat(30)}`;
    const due = { id: 'c_a010-1', body: 'c_a010', who: 'MEMBER', what: 'RecordPublication', since: null, on: '2026-03-29', version: 7, updatedAt: '2026-03-02T08:00:00.000Z' } as const;
    const [one] = deadlinesIn(calendarOf([due], () => name, 'https://associa.example.it'));
    expect(one).toMatchObject({ day: '2026-03-29', isDate: true, sequence: 7, summary: `Registra la pubblicazione all'albo (${name})` });
    // Twice the same thing to do are two entries.
    expect(new Set(deadlinesIn(calendarOf([due, { ...due, on: '2026-03-30' }], () => name, 'https://associa.example.it')).map(({ uid }) => uid)).size).toBe(2);
    // The same deadline on another day is the same entry, moved.
    const [later] = deadlinesIn(calendarOf([{ ...due, on: '2026-04-02', version: 8 }], () => name, 'https://associa.example.it'));
    expect([later?.uid, later?.day, later?.sequence]).toEqual([one?.uid, '2026-04-02', 8]);
  });
});

describe('a private address', () => {
  test('is shown once, kept as a digest, listed without itself', async () => {
    const { id, path } = await make(bodyAt(api, 4));
    const token = path.slice('/calendario/'.length, -'.ics'.length);
    const list = await api.call('GET', '/v1/calendar-feeds', bodyAt(api, 4));
    expect(list.body).toEqual({ items: [{ id, createdAt: expect.any(String), expiresAt: expect.any(String) }] });
    expect(list.text).not.toContain(token);
    const rows = await api.stack.db.selectFrom('calendar_feeds').selectAll().execute();
    expect(rows.some(({ digest }) => digest.equals(Buffer.from(token, 'base64url')) || digest.toString('latin1').includes(token))).toBe(false);
    expect((await get(path)).status).toBe(200);
    expect(logged).not.toContain(token);
  });

  test('that is revoked opens nothing any more, which is in the security log; another person cannot revoke it', async () => {
    const { id, path } = await make(bodyAt(api, 5));
    expect((await api.call('DELETE', `/v1/calendar-feeds/${id}`, bodyAt(api, 6))).status).toBe(404);
    expect((await api.call('DELETE', `/v1/calendar-feeds/${id}`, 'operator')).status).toBe(404);
    expect((await get(path)).status).toBe(200);
    expect((await api.call('DELETE', `/v1/calendar-feeds/${id}`, bodyAt(api, 5))).status).toBe(204);
    for (const gone of [path, `/calendario/${'A'.repeat(43)}.ics`, '/calendario/x.ics', path.replace('.ics', '')]) {
      logged = '';
      const { status, body } = await get(gone);
      expect([status, String(body['code'])]).toEqual([404, 'NOT_FOUND']);
      expect(logged).toContain('"ground":"PRIVATE_ADDRESS","method":"GET","route":"/calendario/:file"');
      expect(logged).not.toContain(gone);
    }
  });

  test('is the same one for the same request sent twice, and does not come back once it is revoked', async () => {
    const send2 = () => api.call('POST', '/v1/calendar-feeds', bodyAt(api, 9), { body: {}, headers: { 'idempotency-key': 'one' } });
    const [first, second] = [await send2(), await send2()];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    await api.call('DELETE', `/v1/calendar-feeds/${String(first.body['id'])}`, bodyAt(api, 9));
    expect((await send2()).status).toBe(409);
    expect((await get(new URL(String(first.body['url'])).pathname)).status).toBe(404);
  });

  test('that has expired opens nothing', async () => {
    const { id, path } = await make(bodyAt(api, 7));
    const row = await api.stack.db.selectFrom('calendar_feeds').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    await api.stack.db.deleteFrom('calendar_feeds').where('id', '=', id).execute();
    await api.stack.db.insertInto('calendar_feeds').values({ ...row, expires_at: new Date(Date.now() - 1_000).toISOString() }).execute();
    expect((await get(path)).status).toBe(404);
  });

  test('ends when its owner signs on with another role', async () => {
    const url = await api.listen();
    const site = new Site(url);
    const browser = await site.signOn('operator-1');
    const made = await fetch(`${url}/v1/calendar-feeds`, {
      method: 'POST', body: '{}', headers: { 'content-type': 'application/json', origin: url, cookie: [...browser.cookies(url)].map((pair) => pair.join('=')).join('; ') },
    });
    const address = (await made.json() as { url: string }).url;
    expect(address).toMatch(new RegExp(`^${url}/calendario/`));
    expect((await fetch(address)).status).toBe(200);
    await site.signOn('operator-1');
    expect((await fetch(address)).status).toBe(200);
    // As it is when the provider says so: the row is that of another role.
    await api.stack.db.updateTable('sessions').set({ seen_at: new Date().toISOString() }).execute();
    const { subject } = await api.stack.db.selectFrom('calendar_feeds').select('subject').orderBy('created_at', 'desc').executeTakeFirstOrThrow();
    await new Sessions(api.stack.db, { idleMinutes: 30, hours: 8 }).begin({ subject, role: 'auditor', body: null }, undefined);
    expect((await fetch(address)).status).toBe(404);
  });

  test('is one of few, and none is for auditors', async () => {
    for (let count = 0; count < MOST_FEEDS; count += 1) await make(bodyAt(api, 8));
    const more = await api.call('POST', '/v1/calendar-feeds', bodyAt(api, 8), { body: {} });
    expect([more.status, String(more.body['code'])]).toEqual([409, 'TOO_MANY_FEEDS']);
    expect((await api.call('POST', '/v1/calendar-feeds', 'auditor', { body: {} })).status).toBe(403);
  });

  test('is asked for so often a minute and no more', async () => {
    const own = await startApi({ rateLimitPerMinute: 5 });
    const statuses: number[] = [];
    for (let count = 0; count < 7; count += 1) statuses.push((await own.call('GET', `/calendario/${'B'.repeat(43)}.ics`, null)).status);
    expect(statuses).toEqual([404, 404, 404, 404, 404, 429, 429]);
    await own.stop();
  });
});
