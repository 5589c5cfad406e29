import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { civilDateOf } from '../../domain/shared/civil-date.ts';
import { LIGHT_ENTRY } from '../domain/catalogue/entries.ts';
import { OFFERED } from '../domain/migration/work-items/scenario.ts';
import { SHA256 } from './digest.ts';
import { walk } from './path.ts';
import { expectRefused } from './refusal.ts';
import { bodyAt, listOf, open, startApi, type Answer, type Api, type As, type MemberCode } from './support.ts';

const made = async (asked: Promise<Answer>) => {
  const { status, text } = await asked;
  if (status !== 201) throw new Error(text);
};

let api: Api;
let first: MemberCode;
let second: MemberCode;
beforeAll(async () => {
  api = await startApi();
  [first, second] = [bodyAt(api, 0), bodyAt(api, 1)];
  const entry = { ...LIGHT_ENTRY, plans: LIGHT_ENTRY.plans.slice(0, 1), fulfilment: OFFERED.fulfilment };
  await made(api.call('PUT', '/v1/catalogue/WIRES', 'operator', { body: entry }));
  for (const body of [first, second]) {
    await open(api, body);
    await walk(api, body);
    await made(api.call('POST', `/v1/adhesions/${body}-1/migrations`, 'operator', { body: { service: 'WIRES' } }));
  }
  await made(api.call('POST', `/v1/adhesions/${first}-1/migrations`, first, { body: { service: 'RTD_COMMUNITY' } }));
}, 120_000);
afterAll(async () => { await api.stop(); });

const list = async (query = '', as: As = 'operator') => listOf((await api.call('GET', `/v1/work-orders${query}`, as)).body['items']);
const named = (items: Awaited<ReturnType<typeof list>>) => items.map((one) => `${String(one['migration'])} ${String(one['workItem'])}`);
const send = (body: MemberCode, type: string, data: object, as: As = 'operator') => api.call('POST', `/v1/migrations/${body}-1.WIRES/commands`, as, { body: { type, data } });

describe('work orders', () => {
  test('are all work items that can be done now, those due first at the top, without a term at the end', async () => {
    const items = await list();
    expect(named(items)).toEqual([
      ...[first, second].toSorted().map((body) => `${body}-1.WIRES survey`), ...[first, second].toSorted().map((body) => `${body}-1.WIRES rooms`), `${first}-1.RTD_COMMUNITY enrol-rtd`,
    ]);
    const day = expect.stringMatching(/^20\d\d-\d\d-\d\d$/) as string;
    expect(items[0]).toEqual({
      migration: `${[first, second].toSorted()[0] ?? ''}-1.WIRES`, adhesion: `${[first, second].toSorted()[0] ?? ''}-1`, body: [first, second].toSorted()[0], service: 'WIRES',
      workItem: 'survey', title: { it: 'Sopralluogo', en: 'Survey' }, role: 'OPERATOR', since: expect.any(String) as string, dueOn: day, overdue: false,
    });
    expect(items.at(-1)).toMatchObject({ service: 'RTD_COMMUNITY', role: 'OPERATOR', dueOn: null, overdue: false });
  });

  test('are filtered by role, comune, service and lateness', async () => {
    expect(named(await list('?role=MEMBER'))).toEqual([first, second].toSorted().map((body) => `${body}-1.WIRES rooms`));
    expect(named(await list(`?body=${second}&role=OPERATOR`))).toEqual([`${second}-1.WIRES survey`]);
    expect(named(await list('?service=RTD_COMMUNITY'))).toEqual([`${first}-1.RTD_COMMUNITY enrol-rtd`]);
    expect(await list('?overdue=true')).toEqual([]);
    expect(await list('?overdue=false')).toHaveLength(5);
    // The day passes where it stands: no event is needed for it.
    const due = (on: string) => api.stack.db.updateTable('cases').set({ agenda: JSON.stringify([{ who: 'OPERATOR', what: 'CompleteWorkItem', since: '2026-01-01T00:00:00Z', on, workItem: { id: 'survey', title: { it: 'x', en: 'x' } } }]) }).where('id', '=', `${second}-1.WIRES`).execute();
    await due(civilDateOf(new Date().toISOString()));
    expect(await list('?overdue=true')).toEqual([]);
    await due('2026-01-08');
    expect((await list('?overdue=true')).map((one) => [one['body'], one['dueOn'], one['overdue']])).toEqual([[second, '2026-01-08', true]]);
  });

  test('of a comune are seen by itself, by the Agency and by auditors', async () => {
    expect(new Set((await list('', first)).map((one) => String(one['body'])))).toEqual(new Set([first]));
    expect(await list(`?body=${second}`, first)).toEqual([]);
    expect(named(await list(`?body=${first}`, first))).toEqual(named(await list(`?body=${first}`, 'auditor')));
  });

  test('come page by page, each once', async () => {
    const found: string[] = [];
    for (let cursor = '', pages = 0; pages < 10; pages += 1) {
      const { body } = await api.call('GET', `/v1/work-orders?limit=2${cursor}`, 'auditor');
      found.push(...named(listOf(body['items'])));
      if (body['nextCursor'] === null) break;
      cursor = `&cursor=${String(body['nextCursor'])}`;
    }
    expect(found).toEqual(named(await list()));
    expect(new Set(found).size).toBe(found.length);
  });

  test('that are read by the Agency are entered', async () => {
    await list(`?body=${first}&service=RTD_COMMUNITY`, 'auditor');
    const rows = await api.stack.db.selectFrom('events').select('data').where('stream', '=', 'access/territory').orderBy('version', 'desc').limit(1).execute();
    expect(rows[0]?.data).toMatchObject({ cases: [`migration/${first}-1.RTD_COMMUNITY`] });
  });

  test.each(['?role=CLOCK', '?overdue=yes', '?body=agency', '?service=fibre', '?limit=0', '?cursor=abc', '?late=true'])('%s is malformed', async (query) => {
    await expectRefused(api, () => api.call('GET', `/v1/work-orders${query}`, 'operator'), [400, 'VALIDATION', 'BAD_DATA']);
  });
});

describe('a work item', () => {
  test('is completed with its checklist and its evidence, by whom it is for, and opened again', async () => {
    const data = { workItemId: 'survey', completedOn: '2026-11-20' };
    const refusal = async (more: object, as: As = 'operator') => (await send(first, 'CompleteWorkItem', { ...data, ...more }, as)).body['code'];
    const proof = { checked: ['entry', 'power'], evidence: [{ sha256: SHA256 }] };
    expect([await refusal({}), await refusal({ checked: ['entry', 'power'] }), await refusal({ checked: ['roof'] }), await refusal(proof, first), await refusal(proof, second)])
      .toEqual(['CHECKLIST_INCOMPLETE', 'EVIDENCE_MISSING', 'UNKNOWN_CHECKLIST_POINT', 'WORK_ITEM_NOT_YOURS', 'NOT_FOUND']);
    const done = await send(first, 'CompleteWorkItem', { ...data, ...proof });
    expect([done.status, listOf(done.body['events']).map((one) => String(one['type']))]).toEqual([200, ['WorkItemCompleted', 'WorkItemsScheduled']]);
    expect(named(await list(`?body=${first}&role=PROVIDER`))).toEqual([`${first}-1.WIRES lay`]);
    const rooms = await send(first, 'CompleteWorkItem', { workItemId: 'rooms', completedOn: '2026-11-20', note: 'Locali sgombri.' }, first);
    expect([rooms.status, rooms.text.includes('sgombri')]).toEqual([200, false]);
    expect((await send(first, 'ReopenWorkItem', { workItemId: 'survey', reasons: 'Manca una sede.' })).status).toBe(200);
    expect(named(await list(`?body=${first}&service=WIRES`))).toEqual([`${first}-1.WIRES survey`]);
    expect((await send(first, 'CompleteWorkItem', { ...data, ...proof })).status).toBe(200);
    expect((await send(first, 'CompleteWorkItem', { workItemId: 'lay', completedOn: '2026-11-20' })).status).toBe(200);
    expect((await send(first, 'ReopenWorkItem', { workItemId: 'survey', reasons: 'Troppo tardi.' })).body['code']).toBe('WORK_ITEM_FOLLOWED');
    expect((await send(first, 'CompleteWorkItem', { workItemId: 'hand-over', completedOn: '2026-11-20' })).body['migration']?.['state']).toBe('OPERATING');
    expect(named(await list(`?body=${first}`))).toEqual([`${first}-1.RTD_COMMUNITY enrol-rtd`]);
  });
});
