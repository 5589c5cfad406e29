import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../api/openapi/examples.ts';
import { expectWhole } from '../support/invariants.ts';
import { pathOf } from './path.ts';
import { bodyAt, listOf, startApi, type Answer, type Api, type As, type Json, type MemberCode } from './support.ts';

let api: Api;
/** Codes that no other file uses: the cases of all files share one Temporal. */
let consortium: MemberCode;
let company: MemberCode;
beforeAll(async () => {
  api = await startApi();
  const own = bodyAt(api, 0).slice(2);
  consortium = `cons_${own}`;
  company = `asp_${own}`;
  await registered(consortium, 'Consorzio per la biblioteca', 'CONSORZIO');
  await registered(company, 'Azienda speciale per i servizi', 'AZIENDA_SPECIALE');
}, 120_000);
afterAll(() => api.stop());

async function registered(ipaCode: string, name: string, bodyType: string): Promise<void> {
  const { status, text } = await api.call('POST', '/v1/territory/changes', 'operator', {
    body: { type: 'BodyRegistered', on: '2020-01-01', act: { title: 'Statuto 1/2020' }, successors: [{ ipaCode, istatCode: '015900', name, population: 60_000, bodyType }] },
  });
  expect(status, text).toBe(201);
}

const open = (body: MemberCode, policies: object = {}): Promise<Answer> => api.call('POST', '/v1/adhesions', 'operator', { body: { body, policies } });
const reasonsOf = ({ body }: Answer) => listOf(body['reasons']).map((reason) => [String(reason['code']), String(reason['path'])]);
const seen = (as: As, body: MemberCode): Promise<Answer> => api.call('GET', `/v1/adhesions/${body}-1`, as);

/** The way of an adhesion by the organ and the head of the body; what its acts do not have is left out. */
async function led(body: MemberCode, organ: string, without: readonly string[] = []): Promise<Json> {
  const { body: subject } = await api.call('POST', '/v1/subjects', body, { body: { body, name: 'Firma Taria', email: 'presidente@example.org' } });
  for (const [as, type, data] of pathOf(body, String(subject['id']))) {
    if (without.includes(type)) continue;
    const own = type === 'RecordSession' ? { ...data, organ } : type === 'SignConvention' ? { ...data, office: 'PRESIDENT' } : data;
    const answer = await api.call('POST', `/v1/adhesions/${body}-1/commands`, as, { body: { type, data: own } });
    expect(answer.status, `${type}: ${answer.text}`).toBe(200);
  }
  return (await seen(body, body)).body;
}

describe('an adhesion of a body that is no comune', () => {
  test('says first how many are in its organ', async () => {
    const before = await api.written();
    const answer = await open(consortium);
    expect({ status: answer.status, reasons: reasonsOf(answer) }).toEqual({ status: 409, reasons: [['COUNCILLORS_REQUIRED', 'policies.councillors']] });
    expect(await api.written()).toEqual(before);
  });

  test('of a consortium goes the way of a comune, by its assembly and its president', async () => {
    expect((await open(consortium, { councillors: 15 })).status).toBe(201);
    expect((await seen(consortium, consortium)).body).toMatchObject({ body: consortium, competence: { bodyType: 'CONSORZIO', organ: 'ASSEMBLY', head: 'PRESIDENT' } });
    expect(await led(consortium, 'ASSEMBLY')).toMatchObject({ deliberation: { organ: 'ASSEMBLY', executiveOn: '2026-02-08', state: 'ACCEPTED' }, convention: { state: 'IN_FORCE', inForceOn: '2026-02-17', signature: { office: 'PRESIDENT' } } });
  });

  test('of a special company needs neither opinions nor publication: its acts take effect by its statute', async () => {
    expect((await open(company, { councillors: 15 })).status).toBe(201);
    const view = await led(company, 'BOARD_OF_DIRECTORS', ['RecordOpinion', 'RecordPublication', 'CertifyExecutivity']);
    expect(view).toMatchObject({ deliberation: { executivity: 'EXECUTIVE', executiveOn: '2026-01-26', firstDay: null, opinions: [] }, convention: { state: 'IN_FORCE' } });
    const why = (await api.call('GET', `/v1/adhesions/${company}-1/why?field=deliberation.executiveOn`, 'auditor')).body;
    expect(listOf(why['chain'])[0]).toMatchObject({ after: '2026-01-26', rule: { code: 'BY_STATUTE', law: 'art. 114 TUEL', value: '2026-01-26', agrees: true } });
    const published = await api.call('POST', `/v1/adhesions/${company}-1/commands`, company, { body: { type: 'RecordPublication', data: { noticeBoardNo: '1/2026', firstDay: '2026-01-28' } } });
    expect([published.status, String(published.body['code'])]).toEqual([409, 'NEVER_PUBLISHED']);
  });

  test('is its own secretary\'s alone, in the interface and in the rows of the database', async () => {
    for (const as of [company, bodyAt(api, 1)]) expect((await seen(as, consortium)).status).toBe(404);
    const listed = async (as: As): Promise<readonly string[]> => listOf((await api.call('GET', '/v1/adhesions?limit=100', as)).body['items']).map(({ id }) => String(id));
    expect(await listed(consortium)).toEqual([`${consortium}-1`]);
    expect(await listed('auditor')).toEqual(expect.arrayContaining([`${consortium}-1`, `${company}-1`]));
  });

  test('requests its services, which stand in the portfolio beside those of comuni', async () => {
    const request = await api.call('POST', `/v1/adhesions/${consortium}-1/migrations`, 'operator', { body: { service: 'TRAINING' } });
    expect(request.status, request.text).toBe(201);
    expect((await api.call('GET', `/v1/migrations/${consortium}-1.TRAINING`, consortium)).status).toBe(200);
    const { body } = await api.call('GET', `/v1/portfolio?body=${consortium}`, 'operator');
    expect(listOf(body['items']).map((row) => String(row['body']))).toEqual([consortium]);
    expect(listOf((await api.call('GET', '/v1/searches?q=biblioteca', 'operator')).body['items']).map((hit) => String(hit['case']))).toEqual([`${consortium}-1`]);
  });

  test('is not counted where comuni are', async () => {
    expect((await api.call('GET', '/v1/territory', 'auditor')).body).toMatchObject({ comuni: 20, others: 2 });
  });

  test('is proved like any other: chains, log and replay hold over it', async () => {
    await expectWhole(api.stack, []);
  });
});

describe('an adhesion of a special company that was concluded on paper', () => {
  const PAPER = (EXAMPLES['adhesions-import'] as { readonly items: readonly { readonly publication: object; readonly certificate: object; readonly signature: object }[] }).items[0];

  test('comes in without a publication, which of a comune is asked for', async () => {
    const other: MemberCode = `azienda_${bodyAt(api, 0).slice(2)}`;
    await registered(other, 'Azienda speciale per la carta', 'AZIENDA_SPECIALE');
    const { publication: _publication, certificate, ...unpublished } = PAPER ?? { publication: {}, certificate: {}, signature: {} };
    const paper = { ...unpublished, signature: { ...unpublished.signature, office: 'PRESIDENT' }, policies: { councillors: 5 } };
    const post = (item: object): Promise<Answer> => api.call('POST', '/v1/adhesion-imports', 'operator', { body: { items: [item] } });
    expect(reasonsOf(await post({ ...paper, certificate, body: bodyAt(api, 2), signature: PAPER?.signature }))).toEqual([['INCOMPLETE', 'items.0.publication']]);
    const { resolution } = paper as unknown as { readonly resolution: object };
    expect(reasonsOf(await post({ ...paper, body: other, resolution: { ...resolution, organ: 'COUNCIL' } }))).toEqual([['WRONG_ORGAN', 'items.0.resolution.organ']]);
    expect(reasonsOf(await post({ ...paper, certificate, body: other, resolution: { ...resolution, organ: undefined } }))).toEqual([['NEVER_PUBLISHED', 'items.0.certificate']]);
    const answer = await post({ ...paper, body: other, resolution: { ...resolution, organ: undefined } });
    expect(answer.status, answer.text).toBe(201);
    expect((await seen(other, other)).body).toMatchObject({ deliberation: { organ: 'BOARD_OF_DIRECTORS', executiveOn: '2025-06-25' }, convention: { state: 'IN_FORCE' } });
  });
});
