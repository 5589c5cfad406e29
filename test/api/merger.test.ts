import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bodies, loadBodies } from '../../api/bodies.ts';
import { expectWhole } from '../support/invariants.ts';
import { pathOf } from './path.ts';
import { listOf, startApi, type Answer, type Api, type Json, type MemberCode } from './support.ts';

/** The comuni of the Città metropolitana on the eve of the merger, of which nothing is known yet. */
const EVE = new Bodies(loadBodies().on('2019-02-07').map(({ ipaCode, istatCode, name, population, bodyType }) => ({ ipaCode, istatCode, name, population, bodyType })));
const VERMEZZO = 'c_l768';
const ZELO = 'c_m160';
const MERGED = 'c_m424';
const CHANGE = {
  type: 'BodiesMerged', on: '2019-02-08', act: { title: 'Legge regionale Lombardia 4 febbraio 2019, BURL 7 febbraio 2019' }, predecessors: [VERMEZZO, ZELO],
  successors: [{ ipaCode: MERGED, istatCode: '015251', name: 'Vermezzo con Zelo', population: 5773 }],
} as const;
const PATH = '/v1/territory/changes';

let api: Api;
beforeAll(async () => { api = await startApi({ bodies: EVE }); }, 120_000);
afterAll(() => api.stop());

const seenBy = async (as: 'operator' | 'auditor' | MemberCode, id: string): Promise<Answer> => api.call('GET', `/v1/adhesions/${id}`, as);
const send = (as: 'operator' | MemberCode, id: string, type: string, data: object) => api.call('POST', `/v1/adhesions/${id}/commands`, as, { body: { type, data } });
const eventsOf = async (id: string): Promise<readonly Json[]> => listOf((await api.call('GET', `/v1/adhesions/${id}/events?limit=100`, 'operator')).body['items']);
const inTheYear2018 = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value).replaceAll('2026', '2018')) as Value;

/** The adhesion of a comune as far as a command, by acts of 2018. */
async function led(body: MemberCode, last: string): Promise<void> {
  expect((await api.call('POST', '/v1/adhesions', 'operator', { body: { body, policies: { conventionYears: 30 } } })).status).toBe(201);
  const { body: subject } = await api.call('POST', '/v1/subjects', 'operator', { body: { body, name: 'Firma Taria', email: 'sindaco@example.org' } });
  for (const [as, type, data] of inTheYear2018(pathOf(body, String(subject['id'])))) {
    const answer = await send(as, `${body}-1`, type, data);
    if (answer.status !== 200) throw new Error(`${type}: ${answer.text}`);
    if (type === last) return;
  }
}

describe('E61: Vermezzo and Zelo Surrigone become Vermezzo con Zelo on 8 February 2019', () => {
  test('one is a member and the other under way; what the merger touches is shown before it is recorded', async () => {
    await led(VERMEZZO, 'RegisterConvention');
    await led(ZELO, 'RecordOpinion');
    const request = await api.call('POST', `/v1/adhesions/${VERMEZZO}-1/migrations`, 'operator', { body: { service: 'TRAINING' } });
    expect(request.status).toBe(201);
    const { status, body } = await api.call('POST', PATH, 'operator', { body: { ...CHANGE, dryRun: true } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ comuniBefore: 134, comuniAfter: 133 });
    expect(listOf(body['cases']).map((one) => [String(one['adhesion']), String(one['phase']), listOf(one['migrations']).map(({ id }) => String(id))])).toEqual([
      [`${VERMEZZO}-1`, 'IMPLEMENTATION', [`${VERMEZZO}-1.TRAINING`]], [`${ZELO}-1`, 'DESIGN', []],
    ]);
  });

  test('recorded, it joins both cases in one of the new comune, which takes over resolution and convention with their days', async () => {
    const { status, text, body } = await api.call('POST', PATH, 'operator', { body: CHANGE });
    expect(status, text).toBe(201);
    expect(body['cases']).toEqual([VERMEZZO, ZELO].map((code) => ({ adhesion: `${code}-1`, body: code, state: 'JOINED', successors: [{ body: MERGED, adhesion: `${MERGED}-1` }] })));

    const successor = (await seenBy(MERGED, `${MERGED}-1`)).body;
    expect(successor).toMatchObject({
      body: MERGED, name: 'Vermezzo con Zelo', population: 5773, phase: 'IMPLEMENTATION',
      deliberation: { resolutionNo: '3/2018', adoptedOn: '2018-01-26', executiveOn: '2018-02-08', state: 'ACCEPTED' }, convention: { state: 'IN_FORCE', concludedOn: '2018-02-13', inForceOn: '2018-02-17' },
    });
    expect(successor['lineage']?.['inheritedFrom']?.[0]?.['cases']).toMatchObject([{ adhesion: `${VERMEZZO}-1`, base: true }, { adhesion: `${ZELO}-1`, base: false, resolutionNo: null }]);
    expect((await seenBy('operator', `${ZELO}-1`)).body).toMatchObject({ phase: 'CLOSED', lineage: { succeededBy: { on: '2019-02-08', cases: [{ body: MERGED, adhesion: `${MERGED}-1` }] } } });
  });

  test('every act taken over names the record of the predecessor that it repeats', async () => {
    const before = await eventsOf(`${VERMEZZO}-1`);
    const after = await eventsOf(`${MERGED}-1`);
    const adopted = after.find(({ type }) => String(type) === 'ResolutionAdopted');
    const original = before[Number(adopted?.['data']?.['origin']?.['version']) - 1];
    expect([String(original?.['type']), original?.['data']?.['resolutionNo'], original?.['effectiveOn']]).toEqual(['ResolutionAdopted', adopted?.['data']?.['resolutionNo'], adopted?.['effectiveOn']]);
    const inherited = after.find(({ type }) => String(type) === 'AdhesionInherited')?.['data']?.['from']?.[0];
    expect(inherited).toMatchObject({ adhesion: `${VERMEZZO}-1`, hash: before[Number(inherited?.['version']) - 1]?.['hash'] });
  });

  test('there is one comune less, and the old codes lead to the new one', async () => {
    const comuni = async (at: string) => Number((await api.call('GET', `/v1/territory?at=${at}`, 'auditor')).body['comuni']);
    expect([await comuni('2019-02-07'), await comuni('2019-02-08')]).toEqual([134, 133]);
    for (const code of [VERMEZZO, ZELO]) expect((await api.call('GET', `/v1/bodies/${code}`, 'auditor')).headers['location']).toBe(`/v1/bodies/${MERGED}`);
  });

  test('the new secretary reads the cases of before and goes on with their services; the old one only reads', async () => {
    expect((await seenBy(MERGED, `${VERMEZZO}-1`)).status).toBe(200);
    expect((await api.call('GET', `/v1/migrations/${VERMEZZO}-1.TRAINING`, MERGED)).status).toBe(200);
    expect((await seenBy(VERMEZZO, `${VERMEZZO}-1`)).status).toBe(200);
    expect((await seenBy(VERMEZZO, `${MERGED}-1`)).status).toBe(404);
    expect((await seenBy(MERGED, 'c_a010-1')).status).toBe(404);
    const signer = String((await seenBy(MERGED, `${MERGED}-1`)).body['convention']?.['signature']?.['signer']);
    expect((await api.call('GET', `/v1/subjects/${signer}`, MERGED)).body).toMatchObject({ body: VERMEZZO, name: 'Firma Taria' });
    expect((await api.call('GET', `/v1/subjects/${signer}`, ZELO)).status).toBe(404);
    expect((await api.call('DELETE', `/v1/subjects/${signer}`, MERGED)).status).toBe(404);
    const late = await send(VERMEZZO, `${VERMEZZO}-1`, 'RecordBudgetCover', { covered: true });
    expect([late.status, String(late.body['code'])]).toEqual([403, 'BODY_ENDED']);
    expect((await send(MERGED, `${VERMEZZO}-1`, 'RecordBudgetCover', { covered: true })).status).toBe(404);
    const own = await send(MERGED, `${MERGED}-1`, 'RecordBudgetCover', { covered: true });
    expect(own.status, own.text).toBe(200);
  });

  test('joining again changes nothing, and every history is provable: chain, read models, replay', async () => {
    await api.calm();
    const before = await api.stack.db.selectFrom('events').where('stream', 'like', 'adhesion/%').select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
    expect((await api.call('POST', `${PATH}/2019-02-08.${MERGED}/joinings`, 'operator', { body: {} })).status).toBe(200);
    expect(await api.stack.db.selectFrom('events').where('stream', 'like', 'adhesion/%').select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).toEqual(before);
    await expectWhole(api.stack, [{ stream: `adhesion/${MERGED}-1`, commandId: `territory/2019-02-08.${MERGED}/${MERGED}-1` }]);
  }, 120_000);
});
