import { afterAll, beforeAll, expect, it } from 'vitest';
import { append } from '../../db/event-store/append.ts';
import { Journal } from '../../db/journal.ts';
import { asApplication, asOwner, enter, testDatabase, type TestDatabase } from '../support/database.ts';

const DIGEST = 'cd'.repeat(32);
const DATA = {
  resolutionNo: ' 12 / 2026', text: { sha256: DIGEST }, notes: [{ actNo: 'AB-7' }, { actNo: 'ab-7' }], noticeBoardNo: 4, No: '', reasons: '99/2026', long: { orderNo: 'x'.repeat(101) },
};

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  for (const stream of ['adhesion/c_a010-1', 'adhesion/c_f205-1', 'register']) {
    await append(database.db, {
      stream, expected: 0, expectedHash: null, events: [{ type: 'Noted', data: DATA }],
      command: { id: `note/${stream}`, type: 'Note', data: {}, actor: { subject: 's', role: 'operator', body: null }, receivedAt: '2026-11-22T10:00:00Z', requestHash: null },
    }, () => Promise.resolve(null));
  }
});
afterAll(async () => { await database.drop(); });

const terms = (tenant: string | null) => asApplication(database.appUrl, tenant, (client) => client.query<{ term: string; stream: string }>('SELECT term, stream FROM event_terms ORDER BY term, stream'));

it('numbers of acts and digests are noted of every event of a case, wherever they stand; nothing of journals', async () => {
  const { rows } = await terms('c_a010');
  expect(rows).toEqual(['12/2026', 'ab-7', DIGEST].map((term) => ({ term, stream: 'adhesion/c_a010-1' })));
  expect(new Set((await terms('*')).rows.map(({ stream }) => stream))).toEqual(new Set(['adhesion/c_a010-1', 'adhesion/c_f205-1']));
  expect((await terms(null)).rows).toEqual([]);
});

it('nobody but the database writes them', async () => {
  for (const statement of [`INSERT INTO event_terms VALUES ('1', 'adhesion/c_a010-1', 1)`, `UPDATE event_terms SET term = 'x'`, 'DELETE FROM event_terms', `SELECT note_event_terms()`]) {
    await expect(asApplication(database.appUrl, '*', (client) => client.query(statement))).rejects.toThrow(/permission denied|trigger functions can only be called as triggers/);
  }
});

it('a search goes by indexes, also under row-level security', async () => {
  const plans = await asApplication(database.appUrl, null, async (client) => {
    await enter(client, 'c_a010');
    await client.query('SET enable_seqscan = off');
    const plans: string[] = [];
    for (const statement of [
      `SELECT * FROM event_terms WHERE term = search_term('12/2026')`, `SELECT * FROM events WHERE hash = '\\x00'`, `SELECT * FROM commands WHERE command_id = 'x'`,
      `SELECT * FROM documents WHERE sha256 = '${DIGEST}'`, `SELECT * FROM subjects WHERE body = 'c_a010' AND id > '' ORDER BY id LIMIT 10`,
    ]) plans.push(JSON.stringify((await client.query(`EXPLAIN (FORMAT JSON) ${statement}`)).rows));
    return plans;
  });
  expect(plans.map((plan) => [/"Index Name":"(\w+)"/.exec(plan)?.[1], /"Index Cond"/.test(plan)])).toEqual([
    ['event_terms_pkey', true], ['events_hash', true], ['commands_id', true], ['documents_digest', true], ['subjects_of_body', true],
  ]);
});

it('in which lists a case was shown is found by an index, and told to the whole territory only', async () => {
  const cases = ['adhesion/c_a010-1', 'adhesion/c_f205-1'];
  const journal = new Journal(database.db, 'access/territory');
  const list = (index: number, listed: readonly string[]) => (
    journal.enter({ commandId: `access/${index}`, type: 'RecordAccess', event: { type: 'CasesListed', data: { cases: listed } }, actor: { subject: 's', role: 'auditor', body: null } }));
  for (const [index, listed] of [cases, cases.slice(1), cases].entries()) await list(index, listed);
  const shown = (tenant: string | null, before: string) => asApplication(database.appUrl, tenant, async (client) => (
    (await client.query<{ position: number }>(`SELECT position::int FROM lists_showing('adhesion/c_a010-1', ${before}, 10) AS position`)).rows.map(({ position }) => position)));
  const [last = 0, first = 0, ...none] = await shown('*', 'NULL');
  expect([first < last, none, await shown('*', String(last)), await shown('c_a010', 'NULL'), await shown(null, 'NULL')]).toEqual([true, [], [first], [], []]);
  for (let index = 3; index < 150; index += 1) await list(index, cases.slice(1));
  await asOwner(database.ownerUrl, 'ANALYZE events');
  const explain = `SET enable_seqscan = off; EXPLAIN SELECT position FROM events WHERE stream = 'access/territory' AND data -> 'cases' ? 'adhesion/c_a010-1'`;
  // What the function does as the owner; the application itself would read the whole journal.
  expect(JSON.stringify(await asOwner(database.ownerUrl, explain))).toContain('events_cases_listed');
  expect(JSON.stringify(await asApplication(database.appUrl, '*', (client) => client.query(explain)))).not.toContain('events_cases_listed');
});

it('events of before are noted when the table comes', async () => {
  const { rows } = await asOwner(database.ownerUrl, `
    SELECT (SELECT count(*) FROM event_terms)::int AS kept, (SELECT count(*) FROM events, terms_of(data) WHERE body_of_stream(stream) IS NOT NULL)::int AS found`);
  expect(rows).toEqual([{ kept: 6, found: 6 }]);
});
