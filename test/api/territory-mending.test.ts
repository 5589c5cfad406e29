import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bodies } from '../../api/bodies.ts';
import { territoryOf } from '../../api/constitution/starting.ts';
import { addDays, civilDateOf } from '../../domain/shared/civil-date.ts';
import { ConstitutionFollower } from '../../engine/constitution-follower.ts';
import { expectWhole } from '../support/invariants.ts';
import { bodyAt, listOf, open, ownBodies, startApi, tokenFor, type Answer, type Api, type As, type Json } from './support.ts';

/** As this server knows them: it learns of every change. */
const bodies = new Bodies(ownBodies(20));
let api: Api;
beforeAll(async () => { api = await startApi({ bodies }); }, 120_000);
afterAll(() => api.stop());

const PATH = '/v1/territory/changes';
const ACT = { title: 'Legge regionale Lombardia 1/2026' };
const TODAY = civilDateOf(new Date().toISOString());
const PAST = '2026-11-01';
const codeAt = (index: number) => bodyAt(api, index);
const made = (number: number) => ({ ipaCode: `c_z90${number}`, istatCode: `01599${number}`, name: `Nuova ${number}`, population: 8_000, bodyType: 'COMUNE' });
const post = (path: string, body: object, as: As = 'operator', headers: Record<string, string> = {}) => api.call('POST', `${PATH}${path}`, as, { body, headers });
const correct = (id: string, body: object, headers: Record<string, string> = {}) => post(`/${id}/corrections`, { reason: 'TRANSCRIPTION_ERROR', ...body }, 'operator', headers);
const withdraw = (id: string, body: object = {}, headers: Record<string, string> = {}) => post(`/${id}/withdrawals`, { reason: 'ACT_ANNULLED', ...body }, 'operator', headers);
const get = (path: string, as: As = 'auditor') => api.call('GET', path, as);
const comuni = async (at: string) => Number((await get(`/v1/territory?at=${at}`)).body['comuni']);
const idsOf = (body: Json) => listOf(body['items']).map(({ id }) => String(id));
const refusal = ({ status, body }: Answer) => [status, String(body['code'])];

/** A merger of two comuni of this file, recorded; answers its id. */
async function merged(number: number, from: readonly number[], on: string): Promise<string> {
  const { status, text, body } = await post('', { type: 'BodiesMerged', on, act: ACT, predecessors: from.map(codeAt), successors: [made(number)] });
  expect(status, text).toBe(201);
  return String(body['id']);
}

describe('a change that was recorded with the wrong day, name and act', () => {
  let id: string;

  test('is looked at as it would be, and nothing is written', async () => {
    id = await merged(1, [0, 1], PAST);
    const before = await api.written();
    const { status, body } = await correct(id, { on: '2026-11-10', dryRun: true });
    expect({ status, day: body['change']?.['on'], before: body['comuniBefore'], after: body['comuniAfter'], cases: body['cases'] }).toEqual({ status: 200, day: '2026-11-10', before: 20, after: 19, cases: [] });
    expect(await api.written()).toEqual(before);
  });

  test('is corrected once under its key, and says what it said before', async () => {
    const right = { on: '2026-11-10', act: { title: 'Legge regionale Lombardia 2/2026' }, successors: [{ ...made(1), name: 'Nuova Uno', population: 8_100 }] };
    const { status, text, headers, body } = await correct(id, { ...right, basis: { title: 'Errata corrige, BURL 4/2026' } }, { 'Idempotency-Key': 'errata-1' });
    expect({ status, location: headers['location'] }, text).toEqual({ status: 201, location: `${PATH}/${id}` });
    expect(body).toMatchObject({
      id, type: 'BodiesMerged', ...right, predecessors: [codeAt(0), codeAt(1)], withdrawal: null, cases: [],
      corrections: [{ reason: 'TRANSCRIPTION_ERROR', basis: { title: 'Errata corrige, BURL 4/2026' }, before: { on: PAST, act: ACT, successors: [made(1)] } }],
    });
    const after = await api.written();
    expect((await correct(id, { ...right, basis: { title: 'Errata corrige, BURL 4/2026' } }, { 'Idempotency-Key': 'errata-1' })).body).toEqual(body);
    expect(refusal(await correct(id, { on: '2026-11-11' }, { 'Idempotency-Key': 'errata-1' }))).toEqual([409, 'IDEMPOTENCY_MISMATCH']);
    expect(refusal(await withdraw(id, {}, { 'Idempotency-Key': 'errata-1' }))).toEqual([409, 'IDEMPOTENCY_MISMATCH']);
    expect(await api.written()).toEqual(after);
  });

  test('counts as it is now everywhere: by day, by code, by name', async () => {
    expect([await comuni('2026-11-09'), await comuni('2026-11-10')]).toEqual([20, 19]);
    expect((await get('/v1/bodies/c_z901')).body).toMatchObject({ name: 'Nuova Uno', population: 8_100, from: '2026-11-10' });
    expect((await get(`/v1/bodies/${codeAt(0)}`)).body).toMatchObject({ until: '2026-11-09', succeededBy: ['c_z901'] });
    expect(listOf((await get('/v1/bodies?q=Nuova%20Uno')).body['items'])).toHaveLength(1);
    expect((await get(`${PATH}/${id}`, codeAt(7))).body).toMatchObject({ on: '2026-11-10', corrections: [{ reason: 'TRANSCRIPTION_ERROR' }] });
  });

  test('is refused where it says nothing new, or what no change could say', async () => {
    const before = await api.written();
    expect(refusal(await correct(id, { on: '2026-11-10' }))).toEqual([409, 'NOTHING_CHANGES']);
    expect(refusal(await correct(id, { predecessors: [codeAt(0), 'c_q000'] }))).toEqual([409, 'UNKNOWN_BODY']);
    expect(refusal(await correct(id, { reason: 'BECAUSE' }))).toEqual([400, 'VALIDATION']);
    expect(refusal(await correct('2026-11-01.c_q000', { on: '2026-11-11' }))).toEqual([404, 'NOT_FOUND']);
    expect(await api.written()).toEqual(before);
  });

  test('is for operators', async () => {
    for (const as of ['auditor', codeAt(0), codeAt(7)] as const) {
      for (const what of ['corrections', 'withdrawals']) expect((await post(`/${id}/${what}`, { reason: 'ACT_ANNULLED' }, as)).status, `${what} by ${as}`).toBe(403);
    }
  });
});

describe('a change that should not have been recorded', () => {
  let id: string;

  test('is withdrawn: both comuni are there again, also today, and their adhesion can be opened', async () => {
    id = await merged(2, [2, 3], PAST);
    expect(refusal(await api.call('POST', '/v1/adhesions', 'operator', { body: { body: codeAt(2) } }))).toEqual([409, 'BODY_SUCCEEDED']);
    const looked = await withdraw(id, { dryRun: true });
    expect([looked.status, Number(looked.body['comuniBefore']), Number(looked.body['comuniAfter'])]).toEqual([200, 19, 20]);
    const { status, body } = await withdraw(id, {}, { 'Idempotency-Key': 'ritiro-1' });
    expect([status, String(body['withdrawal']?.['reason'])]).toEqual([201, 'ACT_ANNULLED']);
    expect((await withdraw(id, {}, { 'Idempotency-Key': 'ritiro-1' })).body).toEqual(body);
    expect([await comuni(PAST), (await get('/v1/bodies/c_z902')).status, (await get(`/v1/bodies/${codeAt(2)}`)).status]).toEqual([20, 404, 200]);
    await open(api, codeAt(2));
    const again = await withdraw(id, {}, { 'Idempotency-Key': 'ritiro-1' });
    expect([again.status, again.body['withdrawal']]).toEqual([201, body['withdrawal']]);
  });

  test('is in the list only for who asks for it, and is found under its id', async () => {
    expect(idsOf((await get(PATH)).body)).toEqual(['2026-11-01.c_z901']);
    expect(idsOf((await get(`${PATH}?withdrawn=false`)).body)).toEqual(['2026-11-01.c_z901']);
    expect(idsOf((await get(`${PATH}?withdrawn=true`)).body)).toEqual(['2026-11-01.c_z901', id]);
    expect((await get(`${PATH}/${id}`)).body).toMatchObject({ id, withdrawal: { reason: 'ACT_ANNULLED' }, cases: [] });
  });

  test('takes no other word, joins nothing, and is recorded anew under an id of its own', async () => {
    expect(refusal(await withdraw(id))).toEqual([409, 'CHANGE_WITHDRAWN']);
    expect(refusal(await correct(id, { on: '2026-11-05' }))).toEqual([409, 'CHANGE_WITHDRAWN']);
    expect(refusal(await post(`/${id}/joinings`, {}))).toEqual([409, 'CHANGE_WITHDRAWN']);
    expect(await merged(2, [3, 4], PAST)).toBe(`${id}.2`);
    const first = (await get(`${PATH}?withdrawn=true&limit=2`)).body;
    expect([idsOf(first), idsOf((await get(`${PATH}?withdrawn=true&limit=2&cursor=${String(first['nextCursor'])}`)).body)]).toEqual([['2026-11-01.c_z901', id], [`${id}.2`]]);
  });
});

describe('what stands on a change', () => {
  test('a case that was joined because of it: it stays, and the sentence says what to do', async () => {
    await open(api, codeAt(5));
    const id = await merged(3, [5, 6], PAST);
    expect((await get('/v1/adhesions/c_z903-1')).status).toBe(200);
    for (const answer of [await correct(id, { on: '2026-11-02' }), await withdraw(id), await correct(id, { on: '2026-11-02', dryRun: true })]) {
      expect([...refusal(answer), String(answer.body['reasons']?.[0]?.['message'])]).toEqual([409, 'CASES_JOINED', expect.stringMatching(new RegExp(`^Per questa variazione sono già state unite delle pratiche \\(${codeAt(5)}-1, c_z903-1\\).*cambio di denominazione o di codice`))]);
    }
    expect((await api.stack.db.selectFrom('events').select('data').where('stream', '=', 'territory').where('type', '=', 'CaseJoiningBegun').execute()).map(({ data }) => data)).toEqual([{ id }]);
  });

  test('another change: that one first', async () => {
    const id = await merged(4, [8, 9], '2026-11-02');
    const later = await post('', { type: 'BodyRenamed', on: '2026-11-03', act: ACT, predecessors: ['c_z904'], successors: [{ ...made(4), name: 'Nuova Quattro' }] });
    expect(later.status, later.text).toBe(201);
    expect(refusal(await withdraw(id))).toEqual([409, 'LATER_CHANGE']);
    expect((await withdraw(String(later.body['id']))).status).toBe(201);
    expect((await withdraw(id)).status).toBe(201);
  });

  test('the running case of the comune that it made', async () => {
    const id = await merged(5, [10, 11], PAST);
    await open(api, 'c_z905');
    const before = await api.written();
    expect(refusal(await withdraw(id))).toEqual([409, 'BODY_HAS_CASES']);
    expect(refusal(await correct(id, { on: addDays(TODAY, 1) }))).toEqual([409, 'BODY_HAS_CASES']);
    expect(await api.written()).toEqual(before);
    expect((await correct(id, { successors: [{ ...made(5), name: 'Nuova Cinque' }] })).status).toBe(201);
    expect((await api.call('POST', '/v1/adhesions/c_z905-1/commands', 'operator', { body: { type: 'CloseAdhesion', data: { reasons: 'Aperta per errore' } } })).status).toBe(200);
    const { status, body } = await post('', { type: 'BodiesMerged', on: TODAY, act: ACT, predecessors: ['c_z905', codeAt(17)], successors: [made(8)], dryRun: true });
    expect([status, body['cases']]).toEqual([200, []]);
    expect((await withdraw(id)).status).toBe(201);
  });

  test('nothing of another operator who used the same key', async () => {
    const headers = { 'Idempotency-Key': 'ritiro-1', authorization: `Bearer ${await tokenFor(api.keys, 'operator', 'operator-2')}` };
    const { status, text } = await post('', { type: 'BodyRegistered', on: PAST, act: ACT, successors: [{ ipaCode: 'u_prova', istatCode: '015990', name: 'Unione', population: 9_000, bodyType: 'UNIONE_DI_COMUNI' }] }, 'operator', headers);
    expect(status, text).toBe(201);
  });

  test('pages of the list, one change each, whatever its id', async () => {
    const whole = idsOf((await get(`${PATH}?withdrawn=true`)).body);
    const found: string[] = [];
    for (let cursor = ''; ;) {
      const { status, body } = await get(`${PATH}?withdrawn=true&limit=1${cursor}`);
      expect(status).toBe(200);
      found.push(...idsOf(body));
      if (String(body['nextCursor']) === 'null') break;
      cursor = `&cursor=${String(body['nextCursor'])}`;
    }
    expect(found).toEqual(whole);
    expect(whole).toContain(`${PAST}.c_z902.2`);
  });
});

test('the constitution counts the comuni along: a change, its withdrawal, and the same change again on one day', async () => {
  expect((await api.call('POST', '/v1/constitution', 'operator', { body: {} })).status).toBe(201);
  const follower = new ConstitutionFollower(api.stack.db, api.stack.engine, () => Promise.resolve(territoryOf(bodies, TODAY)), pino({ level: 'silent' }));
  const members = async () => Number((await get('/v1/constitution/agency-1')).body['territory']?.['members']);
  const before = await members();
  for (const [step, left] of [[() => merged(7, [15, 16], PAST), before - 1], [() => withdraw(`${PAST}.c_z907`), before], [() => merged(7, [15, 16], PAST), before - 1], [() => withdraw(`${PAST}.c_z907.2`), before]] as const) {
    await step();
    await follower.follow();
    await expect.poll(members, { timeout: 10_000 }).toBe(left);
  }
});

test('a change of the future that is corrected to a past day joins the running cases that it ends then, as it is now', async () => {
  await open(api, codeAt(12));
  const id = await merged(6, [12, 14], addDays(TODAY, 40));
  expect((await get(`/v1/adhesions/${codeAt(12)}-1`, 'c_z906')).status).toBe(404);
  const { status, text, body } = await correct(id, { on: PAST, predecessors: [codeAt(12), codeAt(13)] });
  expect(status, text).toBe(201);
  expect(body['cases']).toEqual([{ adhesion: `${codeAt(12)}-1`, body: codeAt(12), state: 'JOINED', successors: [{ body: 'c_z906', adhesion: 'c_z906-1' }] }]);
  expect((await get(`/v1/adhesions/${codeAt(12)}-1`, 'c_z906')).status).toBe(200);
  expect((await get('/v1/adhesions/c_z906-1')).body).toMatchObject({ body: 'c_z906', lineage: { inheritedFrom: [{ change: id, on: PAST }] } });
  await expectWhole(api.stack, []);
}, 120_000);
