import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bodies } from '../../api/bodies.ts';
import { addDays, civilDateOf, startOfDay } from '../../domain/shared/civil-date.ts';
import { commit, migrationUntil, plan, prepare, sendCase, sendMigration, today } from '../support/brokered.ts';
import { later, nextPreferred, schedule, type Window } from '../support/cutover.ts';
import { OPERATOR } from '../support/procedure.ts';
import { expectRefused } from './refusal.ts';
import { bodyAt, listOf, startApi, type Answer, type Api, type As, type Json, type MemberCode } from './support.ts';

/** One comune with a window that is set and a second service planned for the same day; five more whose plans fall into its week, so that the week carries one too many. */
const BODIES = new Bodies([0, 1, 2, 3, 4, 5].map((index) => ({ ipaCode: `c_y21${index}`, istatCode: `01571${index}`, name: `Prova ${index}`, population: 4_000 })));
let api: Api;
let first: MemberCode;
let others: readonly MemberCode[];
let scheduled: string;
let planned: string;
let window: Window;
let saturday: string;

beforeAll(async () => {
  api = await startApi({ bodies: BODIES });
  first = bodyAt(api, 0);
  others = [1, 2, 3, 4, 5].map((index) => bodyAt(api, index));
  await prepare(api, first, ['TRUNKS_5G', 'TERRITORIAL_DATA']);
  scheduled = await plan(api, first, 'TRUNKS_5G');
  await commit(api, first, scheduled);
  await migrationUntil(api, scheduled, isAt('PROVISIONING'));
  for (const item of ['agree-sites', 'build-trunk']) await sendMigration(api, 'operator', scheduled, 'CompleteWorkItem', { workItemId: item, completedOn: today() });
  await sendMigration(api, 'operator', scheduled, 'RecordProvisioned', { provisionedOn: today() });
  await migrationUntil(api, scheduled, isAt('ACCEPTANCE'));
  window = await schedule(api, first, scheduled);
  // From Friday to Sunday: the day between.
  saturday = addDays(civilDateOf(window.from), 1);
  planned = await plan(api, first, 'TERRITORIAL_DATA', { cutoverOn: saturday });
  await Promise.all(others.map(async (body) => {
    await prepare(api, body, ['TRUNKS_5G']);
    await plan(api, body, 'TRUNKS_5G', { cutoverOn: saturday });
  }));
  await api.calm();
}, 240_000);
afterAll(async () => { await api.stop(); });

const isAt = (state: string) => (view: Json): boolean => String(view['state']) === state;
const get = (query = '', as: As = 'operator', lang = 'en'): Promise<Answer> => api.call('GET', `/v1/cutovers${query}`, as, { headers: { 'accept-language': lang } });
const codesOf = (row: Json | undefined): readonly string[] => listOf(row?.['conflicts']).map(({ code }) => String(code));
const rowsOf = ({ body }: Answer) => listOf(body['items']).map((row) => [String(row['migration']), String(row['kind']), ...codesOf(row)].join(' '));
const otherId = (body: MemberCode): string => `${body}-1.TRUNKS_5G`;
const wholeDay = (day: string): Window => ({ from: startOfDay(day), to: startOfDay(addDays(day, 1)) });

async function listed(): Promise<readonly unknown[]> {
  const entries = await api.stack.db.selectFrom('events').select('data').where('stream', '=', 'access/territory').orderBy('version').execute();
  return entries.map(({ data }) => Reflect.get(data, 'cases'));
}

describe('GET /v1/cutovers', () => {
  test('shows the window that is set, and the days of approved plans, first to last, each with what stands against it', async () => {
    const { body } = await get();
    const week = addDays(saturday, -5);
    const busy = (service: string) => ({ code: 'COMUNE_BUSY', message: `In the same window the comune cuts over ${service}.` });
    const full = { code: 'SERVICE_CAPACITY', message: '6 cutovers of TRUNKS_5G in the week, which carries 5.' };
    expect(body['items']).toEqual([
      { migration: scheduled, body: first, name: 'Prova 0', service: 'TRUNKS_5G', kind: 'SCHEDULED', ...window, week, conflicts: [full, busy('TERRITORIAL_DATA')] },
      ...[{ body: first, id: planned, service: 'TERRITORIAL_DATA', conflicts: [busy('TRUNKS_5G')] }, ...others.map((one) => ({ body: one, id: otherId(one), service: 'TRUNKS_5G', conflicts: [full] }))]
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .map(({ id, body: of, ...row }) => ({ migration: id, body: of, name: `Prova ${api.bodies.indexOf(of)}`, kind: 'PLANNED', ...wholeDay(saturday), week, ...row })),
    ]);
    const italian = await get('', 'operator', 'it');
    expect(listOf(italian.body['items']?.[0]?.['conflicts']).map(({ message }) => String(message)))
      .toEqual(['Nella settimana 6 messe in esercizio di TRUNKS_5G: se ne reggono 5.', 'Nella stessa finestra il comune mette in esercizio TERRITORIAL_DATA.']);
  });

  test('shows a member its own, and of the conflicts those with its own', async () => {
    expect(rowsOf(await get('', first))).toEqual([`${scheduled} SCHEDULED COMUNE_BUSY`, `${planned} PLANNED COMUNE_BUSY`]);
    const [other] = others;
    if (other === undefined) throw new Error('No other');
    const answer = await get('', other);
    expect(rowsOf(answer)).toEqual([`${otherId(other)} PLANNED`]);
    expect(answer.text).not.toContain(first);
  });

  test('is read page by page, each cutover once and in the order of the whole', async () => {
    const whole = rowsOf(await get());
    const pages: (readonly string[])[] = [];
    for (let cursor: string | null = null; ;) {
      const page = await get(`?limit=3${cursor === null ? '' : `&cursor=${cursor}`}`);
      pages.push(rowsOf(page));
      if (page.body['nextCursor'] === null) break;
      cursor = String(page.body['nextCursor']);
    }
    expect([pages.map(({ length }) => length), pages.flat()]).toEqual([[3, 3, 1], whole]);
  });

  test.each([
    ['its first day', 0, 0, 1], ['the day between', 1, 1, 7], ['its last day', 2, 2, 1], ['until the day before', -30, -1, 0], ['from the day after', 3, 60, 0],
  ])('by days: %s', async (_name, after, until, count) => {
    const friday = civilDateOf(window.from);
    expect(rowsOf(await get(`?from=${addDays(friday, after)}&to=${addDays(friday, until)}`))).toHaveLength(count);
  });

  test('refuses days in the wrong order, and says so', async () => {
    const { body } = await expectRefused(api, () => get(`?from=${addDays(saturday, 1)}&to=${addDays(saturday, -1)}`), [400, 'VALIDATION', 'BAD_DATA']);
    expect(body['reasons']?.[0]).toEqual({ code: 'DAYS_REVERSED', path: 'to', message: `The last day (to) lies before the first (from), ${addDays(saturday, 1)}.` });
  });

  test('is a list that the comuni hear of: those on the page that was shown, and no reading of a member', async () => {
    const before = await listed();
    const page = await get('?limit=1', 'auditor');
    expect(rowsOf(page)).toHaveLength(1);
    await get('', first);
    expect((await listed()).slice(before.length)).toEqual([[`migration/${scheduled}`]]);
  });

  test('shows a vote that was called since, until another window is set; then the cutover that was done', async () => {
    const sunday = addDays(saturday, 1);
    await sendCase(api, first, first, 'RecordMandateChange', { kind: 'ELECTION_CALLED', on: sunday });
    await migrationUntil(api, scheduled, ({ windows }) => listOf(windows).some(({ kind, reasons }) => String(kind) === 'SCHEDULED' && listOf(reasons).length > 0));
    const [row] = listOf((await get()).body['items']);
    expect([String(row?.['migration']), ...codesOf(row)]).toEqual([scheduled, 'ELECTION_DAYS', 'SERVICE_CAPACITY', 'COMUNE_BUSY']);

    const next = await nextPreferred(api, scheduled);
    await sendMigration(api, 'operator', scheduled, 'ScheduleCutover', next);
    const moved = listOf((await get()).body['items']).find(({ migration }) => String(migration) === scheduled);
    expect(moved).toMatchObject({ kind: 'SCHEDULED', ...next, conflicts: [] });
    // Without it the week carries the five that are left.
    expect(rowsOf(await get(`?from=${saturday}&to=${saturday}`)).filter((one) => one.includes('CAPACITY') || one.includes('BUSY'))).toEqual([]);

    await sendMigration(api, first, scheduled, 'DecideGo', { go: true, decidedAt: new Date().toISOString() });
    await later(api.stack, scheduled, 'RecordCutover', { startedAt: next.from, endedAt: next.to, outcome: 'SUCCEEDED' }, OPERATOR, next.to);
    const done = listOf((await get('', first)).body['items']).find(({ migration }) => String(migration) === scheduled);
    expect(done).toMatchObject({ kind: 'DONE', ...next, conflicts: [] });
  });
});
