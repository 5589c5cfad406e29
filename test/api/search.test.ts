import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bodies } from '../../api/bodies.ts';
import { walk } from './path.ts';
import { SHA256 } from './digest.ts';
import { listOf, open, startApi, type Answer, type Api, type As, type Json } from './support.ts';

const [OWN, OTHER, NONE] = ['c_x001', 'c_x002', 'c_x003'] as const;
const BODIES = new Bodies([
  { ipaCode: OWN, istatCode: '015901', name: 'Cologno Alto', population: 4_000 }, { ipaCode: OTHER, istatCode: '015902', name: 'Cologno Basso', population: 4_000 },
  { ipaCode: NONE, istatCode: '015903', name: "Sant'Èlia 100%", population: 4_000 },
]);
const PAPER = Buffer.from('%PDF-1.4 prova');
const PAPER_SHA256 = createHash('sha256').update(PAPER).digest('hex');

let api: Api;
let events: readonly Json[];
beforeAll(async () => {
  api = await startApi({ bodies: BODIES });
  for (const body of [OWN, OTHER]) {
    await open(api, body);
    await walk(api, body);
  }
  events = listOf((await api.call('GET', `/v1/adhesions/${OTHER}-1/events?limit=100`, 'operator')).body['items']);
  const { status, text } = await api.call('POST', `/v1/adhesions/${OTHER}-1/documents`, OTHER, { body: PAPER, headers: { 'content-type': 'application/pdf' } });
  if (status !== 201) throw new Error(text);
});
afterAll(async () => { await api.stop(); });

const search = (q: string, as: As | null = 'auditor') => api.call('GET', `/v1/searches?${new URLSearchParams({ q }).toString()}`, as);
const shown = ({ body }: Answer) => listOf(body['items']).map((hit) => [hit['group'], hit['case'], hit['type']].map(String));
const eventOf = (type: string): Json | undefined => events.find((event) => String(event['type']) === type);

describe('GET /v1/searches', () => {
  test.each([
    ['part of a name, whatever case and accents', 'cologno', [['BODY', `${OWN}-1`, 'null'], ['BODY', `${OTHER}-1`, 'null']]],
    ['a comune without a case', 'sant\'elia', [['BODY', 'null', 'null']]],
    ['an IPA code', OTHER, [['BODY', `${OTHER}-1`, 'null']]],
    ['an ISTAT code', '015902', [['BODY', `${OTHER}-1`, 'null']]],
    ['the id of a case', `${OTHER}-1`, [['CASE', `${OTHER}-1`, 'null']]],
    ['the same as the engine names it, in capitals', `ADHESION/${OTHER.toUpperCase()}-1`, [['CASE', `${OTHER}-1`, 'null']]],
    ['the number of a resolution, by its blanks', ' 3 / 2026 ', [['ACT', `${OTHER}-1`, 'ResolutionAdopted'], ['ACT', `${OWN}-1`, 'ResolutionAdopted']]],
    ['a number of the register of conventions', '345/2026', [['ACT', `${OTHER}-1`, 'ConventionRegistered'], ['ACT', `${OWN}-1`, 'ConventionRegistered']]],
    ['an event as the feed names it', `adhesion/${OTHER}-1@2`, [['EVENT', `${OTHER}-1`, 'ProposalSent']]],
    ['a case that there is not', `${OTHER}-2`, []],
    ['an event that there is not', `adhesion/${OTHER}-1@999`, []],
    ['part of a number of an act', '3/202', []],
  ])('finds %s', async (_name, q, expected) => {
    const answer = await search(q);
    expect(answer.status).toBe(200);
    expect(shown(answer)).toEqual(expected);
    expect(answer.body['more']).toEqual([]);
  });

  test('finds an event by its hash, and the command that caused it by its id', async () => {
    const adopted = eventOf('ResolutionAdopted');
    expect(listOf((await search(String(adopted?.['hash']).toUpperCase())).body['items'])).toEqual([
      { group: 'EVENT', body: OTHER, name: 'Cologno Basso', case: `${OTHER}-1`, process: 'adhesion', version: adopted?.['version'], type: 'ResolutionAdopted', at: adopted?.['recordedAt'], documentId: null },
    ]);
    expect(listOf((await search(String(adopted?.['commandId']))).body['items'])).toMatchObject([{ group: 'COMMAND', case: `${OTHER}-1`, version: adopted?.['version'], type: 'RecordSession' }]);
  });

  test('finds a text and a document by their SHA-256', async () => {
    const texts = listOf((await search(SHA256)).body['items']);
    expect(texts.every((hit) => String(hit['group']) === 'DIGEST')).toBe(true);
    expect(texts.filter((hit) => String(hit['case']) === `${OTHER}-1`).map((hit) => String(hit['type']))).toEqual(['ConventionCountersigned', 'ConventionSigned', 'ResolutionAdopted', 'ProposalSent']);
    expect(listOf((await search(PAPER_SHA256)).body['items'])).toMatchObject([{ group: 'DIGEST', case: `${OTHER}-1`, version: null, documentId: expect.stringMatching(/^doc-/) as string }]);
  });

  test('gives nothing of another body to a member, whatever it looks for', async () => {
    const adopted = eventOf('ResolutionAdopted');
    const wanted = ['cologno', OTHER, '015902', `${OTHER}-1`, `adhesion/${OTHER}-1@2`, '3/2026', String(adopted?.['hash']), String(adopted?.['commandId']), SHA256, PAPER_SHA256];
    const answers = await Promise.all(wanted.map((q) => search(q, OWN)));
    expect(answers.map(({ status }) => status)).toEqual(wanted.map(() => 200));
    for (const { text } of answers) expect(text).not.toMatch(new RegExp(`${OTHER}|Basso`));
    // Its own it finds by the same.
    expect(shown(await search('cologno', OWN))).toEqual([['BODY', `${OWN}-1`, 'null']]);
    expect(shown(await search('3/2026', OWN))).toEqual([['ACT', `${OWN}-1`, 'ResolutionAdopted']]);
  });

  test('is not the word of a query language', async () => {
    for (const q of ["' OR 1=1 --", 'c_x0__-1', 'c_x002-1%', '3%2026', '3_2026', "x'; DROP TABLE event_terms; --", '\\x41', '{"$ne":1}', 'a'.repeat(300)]) {
      const answer = await search(q);
      expect([q, answer.status, answer.body['items']]).toEqual([q, 200, []]);
    }
    // A sign that means something elsewhere is itself here.
    expect(shown(await search('100%'))).toEqual([['BODY', 'null', 'null']]);
    expect(shown(await search('3/2026'))).toHaveLength(2);
  });

  test.each([
    ['q=a', 'TOO_SMALL'], ['q=%20%20a%20', 'TOO_SMALL'], ['q=', 'TOO_SMALL'], ['q=%25%25', 'NOT_VALID'], [`q=${'a'.repeat(301)}`, 'TOO_BIG'], ['', 'INVALID_TYPE'], ['q=ab&x=1', 'UNRECOGNIZED_KEYS'],
  ])('says what is wrong with ?%s', async (query, code) => {
    const { status, body } = await api.call('GET', `/v1/searches?${query}`, 'operator');
    expect([status, String(body['code']), String(body['reasons']?.[0]?.['code'])]).toEqual([400, 'VALIDATION', code]);
  });

  test('does not take control characters', async () => {
    expect((await api.call('GET', '/v1/searches?q=ab%00', 'operator')).status).toBe(400);
  });

  test('is recorded for the comune that was found, and is silent of the others', async () => {
    const before = listOf((await api.call('GET', `/v1/adhesions/${OWN}-1/access`, OWN)).body['items']).length;
    await search('basso', 'auditor');
    await search('alto', 'auditor');
    const { body } = await api.call('GET', `/v1/adhesions/${OWN}-1/access`, OWN);
    expect(listOf(body['items'])).toHaveLength(before + 1);
    expect(body['items']?.[0]).toMatchObject({ kind: 'LIST', reader: { role: 'auditor' }, case: `adhesion/${OWN}-1` });
  });
});

describe('GET /v1/subjects', () => {
  const list = (query: string, as: As) => api.call('GET', `/v1/subjects?${query}`, as);

  test('lists the persons of a body page by page, to operators and to that body', async () => {
    for (const name of ['Ada', 'Bice', 'Carla']) await api.call('POST', '/v1/subjects', 'operator', { body: { body: NONE, name, email: 'ufficio@example.org' } });
    const all = listOf((await list(`body=${NONE}`, NONE)).body['items']);
    expect(all.map((person) => String(person['name'])).toSorted()).toEqual(['Ada', 'Bice', 'Carla']);
    const first = (await list(`body=${NONE}&limit=2`, 'operator')).body;
    const second = (await list(`body=${NONE}&limit=2&cursor=${String(first['nextCursor'])}`, 'operator')).body;
    expect([...listOf(first['items']), ...listOf(second['items'])]).toEqual(all);
    expect([listOf(first['items']).length, second['nextCursor']]).toEqual([2, null]);
    await api.call('DELETE', `/v1/subjects/${String(all[0]?.['id'])}`, NONE);
    expect(listOf((await list(`body=${NONE}`, NONE)).body['items'])).toEqual(all.slice(1));
  });

  test('not those of another body, nor of the Agency to a comune; none to an auditor', async () => {
    await api.call('POST', '/v1/subjects', 'operator', { body: { body: 'agency', name: 'Dora', email: 'agenzia@example.org' } });
    expect((await list(`body=${OWN}`, OTHER)).status).toBe(404);
    expect((await list('body=agency', OWN)).status).toBe(404);
    expect((await list(`body=${OWN}`, 'auditor')).status).toBe(403);
    expect(listOf((await list('body=agency', 'operator')).body['items']).map((person) => String(person['name']))).toEqual(['Dora']);
  });

  test.each([['', 'INVALID_TYPE'], ['body=c_z999', 'UNKNOWN_BODY'], ['body=%25', 'INVALID_FORMAT'], [`body=${NONE}&cursor=YQ`, 'CURSOR_INVALID']])('says what is wrong with ?%s', async (query, code) => {
    const { status, body } = await list(query, 'operator');
    expect([status, String(body['reasons']?.[0]?.['code'])]).toEqual([400, code]);
  });

  test('is recorded, person by person', async () => {
    await list(`body=${OWN}`, 'operator');
    const { rows } = await api.stack.db.selectFrom('events').select('data').where('stream', '=', 'access/territory').orderBy('position', 'desc').limit(1).execute().then((rows) => ({ rows }));
    const ids = listOf((await list(`body=${OWN}`, OWN)).body['items']).map((person) => `subject/${String(person['id'])}`);
    expect(rows.map(({ data }) => data)).toEqual([{ cases: ids }]);
    expect(ids).toHaveLength(1);
  });
});
