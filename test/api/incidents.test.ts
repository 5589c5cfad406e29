import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { walk } from './path.ts';
import { expectRefused } from './refusal.ts';
import { bodyAt, listOf, startApi, type Api, type As, type MemberCode } from './support.ts';

/** Two comuni, each with a migration that has a defect of severity 1. */
let api: Api;
beforeAll(async () => {
  api = await startApi();
  for (const body of [bodyAt(api, 0), bodyAt(api, 1)]) {
    await api.call('POST', '/v1/adhesions', 'operator', { body: { body } });
    await walk(api, body);
    const asked = await api.call('POST', `/v1/adhesions/${body}-1/migrations`, 'operator', { body: { service: 'TRAINING' } });
    if (asked.status !== 201) throw new Error(asked.text);
    await vi.waitFor(async () => {
      const { status, text } = await api.call('GET', `/v1/migrations/${body}-1.TRAINING`, 'operator');
      if (status !== 200) throw new Error(text);
    }, 30_000);
  }
  // What the engine still records of a migration writes its row anew.
  const all = [bodyAt(api, 0), bodyAt(api, 1)].map((body) => `${body}-1.TRAINING`);
  await vi.waitFor(async () => {
    await Promise.all(all.map(fail));
    await setTimeout(500);
    if ((await ids('operator')).length < all.length) throw new Error('A row was written anew');
  }, 30_000);
}, 120_000);
afterAll(async () => { await api.stop(); });

/** The row of a migration as it stands with an open defect. */
async function fail(id: string): Promise<void> {
  const { db } = api.stack;
  const { state } = await db.selectFrom('cases').select('state').where('id', '=', id).executeTakeFirstOrThrow();
  const known = state as { readonly operation: object };
  const defect = { defectNo: 'INC-1', severity: 1, reportedAt: '2026-05-04T07:00:00Z', description: null, dueAt: null, resolved: null, alarmAt: null };
  await db.updateTable('cases').set({ state: JSON.stringify({ ...known, operation: { ...known.operation, defects: [defect] } }) }).where('id', '=', id).execute();
}

const ids = async (as: As, query = '') => listOf((await api.call('GET', `/v1/incidents${query}`, as)).body['items']).map((one) => one['id']);
const reads = async () => (await api.stack.db.selectFrom('events').select('data').where('stream', 'like', 'access/%').orderBy('position').execute()).map(({ data }) => data);

test('a comune hears of its own incidents only, whichever body it names, and is told of none beside', async () => {
  const [mine, other] = [bodyAt(api, 0), bodyAt(api, 1)];
  const all = [`${mine}-1.TRAINING`, `${other}-1.TRAINING`].toSorted();
  expect(await ids('operator')).toEqual(all);
  expect(await ids('operator', `?body=${other}`)).toEqual([`${other}-1.TRAINING`]);
  expect(await ids(mine)).toEqual([`${mine}-1.TRAINING`]);
  const answer = await api.call('GET', `/v1/incidents?body=${other}`, mine);
  expect([answer.status, answer.body]).toEqual([200, { items: [], nextCursor: null }]);
  expect((await api.call('GET', `/v1/incidents?body=${other}&kind=SEVERITY_1`, mine)).text).not.toContain(other);
  // A cursor of the list of all leads into the own list only.
  const page = await api.call('GET', '/v1/incidents?limit=1', 'auditor');
  expect(listOf(page.body['items'])).toHaveLength(1);
  expect((await api.call('GET', `/v1/incidents?cursor=${String(page.body['nextCursor'])}`, mine)).text).not.toContain(other);
});

test('what operators and auditors are shown is recorded, with the cases that were on the page; what a comune reads of its own is not', async () => {
  const [mine, other] = [bodyAt(api, 0), bodyAt(api, 1)];
  const before = (await reads()).length;
  await ids(mine);
  await ids('operator', '?kind=EFFECT_FAILED');
  expect((await reads()).length).toBe(before);
  await ids('auditor', `?body=${other}`);
  const after = (await reads()).slice(before);
  expect(after).toHaveLength(1);
  expect(JSON.stringify(after)).toContain(`migration/${other}-1.TRAINING`);
  expect(JSON.stringify(after)).not.toContain(`migration/${mine}-1.TRAINING`);
});

test('and the comune whose migration was shown hears of it, when and to whom; the one that was not on the page does not', async () => {
  const heard = async (body: MemberCode) => listOf((await api.call('GET', `/v1/adhesions/${body}-1/access`, body)).body['items']).map((read) => [read['kind'], read['reader']?.['role'], read['case']].map(String));
  const [mine, other] = [bodyAt(api, 0), bodyAt(api, 1)];
  const before = { mine: await heard(mine), other: await heard(other) };
  await ids('auditor', `?body=${other}`);
  await ids('operator', `?body=${other}&kind=OVERDUE`);
  await ids(other);
  expect(await heard(other)).toEqual([['LIST', 'auditor', `migration/${other}-1.TRAINING`], ...before.other]);
  expect(await heard(mine)).toEqual(before.mine);
  // Page by page each once, though both of its cases were on a list.
  await api.call('GET', `/v1/portfolio?body=${other}`, 'operator');
  const pages: string[] = [];
  for (let cursor = ''; ;) {
    const { body } = await api.call('GET', `/v1/adhesions/${other}-1/access?limit=1${cursor}`, other);
    pages.push(...listOf(body['items']).map((read) => [read['kind'], read['reader']?.['role'], read['case']].map(String).join()));
    if (body['nextCursor'] === null) break;
    cursor = `&cursor=${String(body['nextCursor'])}`;
  }
  expect(pages).toEqual([`LIST,operator,adhesion/${other}-1`, `LIST,auditor,migration/${other}-1.TRAINING`, ...before.other.map((read) => read.join())]);
});

test.each(['kind=NOTHING', 'service=fibre', 'body=x', 'cursor=abc', 'limit=0', 'state=OPEN'])('?%s is refused', async (query) => {
  await expectRefused(api, () => api.call('GET', `/v1/incidents?${query}`, 'operator'), [400, 'VALIDATION', 'BAD_DATA']);
});
