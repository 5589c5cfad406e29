import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bodyAt, listOf, open, startApi, type Api, type Json } from './support.ts';

let api: Api;
beforeAll(async () => { api = await startApi(); }, 120_000);
afterAll(() => api.stop());

const PATH = '/v1/territory/changes';
const ACT = { title: 'Legge regionale Lombardia 1/2026' };
const NEW = { ipaCode: 'c_z901', istatCode: '015991', name: 'Prova con Prova', population: 8_000 };
const codeAt = (index: number) => bodyAt(api, index);
const merger = (...at: readonly number[]) => ({ type: 'BodiesMerged', on: '2026-11-01', act: ACT, predecessors: at.map(codeAt), successors: [NEW] });
const record = (body: object, headers: Record<string, string> = {}) => api.call('POST', PATH, 'operator', { body, headers });
const count = async (at: string): Promise<number> => Number((await api.call('GET', `/v1/territory?at=${at}`, 'auditor')).body['comuni']);
const codesOf = (body: Json): string[] => listOf(body['items']).map((item) => String(item['ipaCode']));

describe('a merger', () => {
  test('is previewed with the cases that it touches, and nothing is written', async () => {
    await open(api, codeAt(0));
    const before = await api.written();
    const { status, body } = await record({ ...merger(0, 1), dryRun: true });
    expect(status).toBe(200);
    expect(body).toMatchObject({ comuniBefore: 20, comuniAfter: 19, cases: [{ adhesion: `${codeAt(0)}-1`, body: codeAt(0), phase: 'RECOGNITION', migrations: [] }] });
    expect(await api.written()).toEqual(before);
  });

  test('counts from its day: one comune less, and the old codes lead to the new one', async () => {
    const { status, headers, body } = await record(merger(2, 3), { 'Idempotency-Key': 'fusione-1' });
    expect({ status, location: headers['location'] }).toEqual({ status: 201, location: `${PATH}/2026-11-01.c_z901` });
    expect((await record(merger(2, 3), { 'Idempotency-Key': 'fusione-1' })).body).toEqual(body);
    expect([await count('2026-10-31'), await count('2026-11-01')]).toEqual([20, 19]);

    const old = await api.call('GET', `/v1/bodies/${codeAt(2)}`, 'auditor');
    expect({ status: old.status, location: old.headers['location'] }).toEqual({ status: 301, location: '/v1/bodies/c_z901' });
    expect(old.body).toMatchObject({ ipaCode: codeAt(2), until: '2026-10-31', succeededBy: ['c_z901'] });
    expect((await api.call('GET', `/v1/bodies/${codeAt(2)}?at=2026-10-31`, 'auditor')).status).toBe(200);
    expect((await api.call('GET', '/v1/bodies/c_z901', 'auditor')).body).toMatchObject({ from: '2026-11-01', predecessors: [codeAt(2), codeAt(3)] });
    expect(codesOf((await api.call('GET', `/v1/bodies?q=${codeAt(3)}`, 'auditor')).body)).toEqual(['c_z901']);
    expect(codesOf((await api.call('GET', `/v1/bodies?q=${codeAt(3)}&at=2026-10-31`, 'auditor')).body)).toEqual([codeAt(3)]);
    expect((await api.call('GET', `${PATH}/2026-11-01.c_z901`, 'auditor')).body).toEqual(body);
    expect((await api.call('GET', `${PATH}/2026-11-01.c_z901`, codeAt(5))).body['cases']).toBeUndefined();
    expect(listOf((await api.call('GET', PATH, 'auditor')).body['items']).map(({ id }) => String(id))).toEqual(['2026-11-01.c_z901']);
  });

  test('of bodies that are no more starts nothing: their adhesion is refused with who succeeded them', async () => {
    const { status, body } = await api.call('POST', '/v1/adhesions', 'operator', { body: { body: codeAt(2) } });
    expect({ status, code: String(body['code']), message: String(body['reasons']?.[0]?.['message']) }).toEqual({
      status: 409, code: 'BODY_SUCCEEDED', message: `A ${codeAt(2)} è succeduto c_z901: l'adesione si apre per l'ente che esiste oggi.`,
    });
  });

  test.each<[string, () => object, number, string]>([
    ['that is recorded already', () => merger(2, 3), 409, 'ALREADY_RECORDED'],
    ['of a code that is none', () => ({ ...merger(4, 5), predecessors: ['ABBIATEGRASSO', codeAt(5)] }), 400, 'VALIDATION'],
    ['without its act', () => { const { act: _act, ...rest } = merger(4, 5); return rest; }, 400, 'VALIDATION'],
    ['of an unknown comune', () => ({ ...merger(4), predecessors: [codeAt(4), 'c_q000'], successors: [{ ...NEW, ipaCode: 'c_z902', istatCode: '015992' }] }), 409, 'UNKNOWN_BODY'],
  ])('%s is refused, and nothing is written', async (_what, body, status, code) => {
    const before = await api.written();
    const answer = await record(body());
    expect({ status: answer.status, code: String(answer.body['code']) }).toEqual({ status, code });
    expect(await api.written()).toEqual(before);
  });

  test('is for operators only', async () => {
    for (const as of ['auditor', codeAt(4)] as const) expect((await api.call('POST', PATH, as, { body: merger(4, 5) })).status).toBe(403);
  });
});

describe('a body that is no comune', () => {
  test('is registered with its competent organ, and is not counted as a comune', async () => {
    const before = await count('2026-11-02');
    const { status, text } = await record({ type: 'BodyRegistered', on: '2026-11-02', act: { title: 'Statuto 1/2020' }, successors: [{ ipaCode: 'u_navigli', istatCode: '015991', name: 'Unione dei Navigli', population: 9_000, bodyType: 'UNIONE_DI_COMUNI' }] });
    expect(status, text).toBe(201);
    expect(await count('2026-11-02')).toBe(before);
    expect((await api.call('GET', '/v1/territory?at=2026-11-02', 'auditor')).body).toEqual({ at: '2026-11-02', comuni: 19, population: 18 * 4_000 + 8_000, others: 1, changes: 2 });
    expect((await api.call('GET', '/v1/bodies/u_navigli', 'auditor')).body).toMatchObject({ bodyType: 'UNIONE_DI_COMUNI', competentOrgan: { it: "il Consiglio dell'unione (artt. 32 e 42 c.2 TUEL)" } });
    expect(codesOf((await api.call('GET', '/v1/bodies?type=UNIONE_DI_COMUNI', 'auditor')).body)).toEqual(['u_navigli']);
  });

  test.each<[string, object]>([
    ['with the code of a comune', { ipaCode: 'c_z950', bodyType: 'CONSORZIO' }], ['called like the Agency', { ipaCode: 'agency', bodyType: 'CONSORZIO' }], ['of a kind that nobody knows', { ipaCode: 'x_ente', bodyType: 'PARROCCHIA' }],
  ])('%s is refused', async (_what, body) => {
    expect((await record({ type: 'BodyRegistered', on: '2026-11-02', act: { title: 'Statuto' }, successors: [{ istatCode: '015991', name: 'Ente', population: 1, ...body }] })).status).toBe(400);
  });
});
