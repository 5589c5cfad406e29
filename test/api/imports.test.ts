import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../api/openapi/examples.ts';
import { expectWhole } from '../support/invariants.ts';
import { SHA256 } from './digest.ts';
import { walk } from './path.ts';
import { bodyAt, listOf, open, startApi, tokenFor, type Answer, type Api } from './support.ts';

let api: Api;
beforeAll(async () => { api = await startApi(); }, 120_000);
afterAll(() => api.stop());

const PAPER = (EXAMPLES['adhesions-import'] as { readonly items: readonly { readonly publication: object; readonly resolution: object }[] }).items[0];
const paper = (index: number, change: object = {}) => ({ ...PAPER, body: bodyAt(api, index), ...change });
const post = (body: object, headers: Record<string, string> = {}): Promise<Answer> => api.call('POST', '/v1/adhesion-imports', 'operator', { body, headers });
const faultsOf = ({ body }: Answer) => listOf(body['reasons']).map((reason) => [String(reason['code']), String(reason['path'])]);
const EARLY = { publication: { noticeBoardNo: '88/2025', firstDay: '2025-06-20' } };
const HEADER = 'body;document;resolutionNo;heldOn;textSha256;noticeBoardNo;firstDay;executiveOn;certifiedOn;transmittedAt;memberOffice;memberSignedAt;memberForm;agencyOffice;agencySignedAt;agencyForm;repertoryNo;protocolNo;registeredOn;inForceOn';
const row = (index: number, document = 'Delibera 12/2025') => `${bodyAt(api, index)};${document};12/2025;2025-06-25;${SHA256};88/2025;2025-07-01;2025-07-12;2025-07-14;2025-07-15T09:00:00+02:00;MAYOR;2025-07-21T10:00:00+02:00;PADES;METROPOLITAN_MAYOR;2025-07-24T10:00:00+02:00;PADES;7/2025;900/2025;2025-07-28;2025-09-01`;

describe('adhesions that were concluded on paper', () => {
  test('are looked at first: how each would stand, and nothing is written', async () => {
    const before = await api.written();
    const answer = await post({ items: [paper(0)], dryRun: true });
    expect({ status: answer.status, items: answer.body['items'] }).toEqual({
      status: 200, items: [{ body: bodyAt(api, 0), adhesion: `${bodyAt(api, 0)}-1`, phase: 'IMPLEMENTATION', inForceOn: '2025-09-01', endsOn: '2028-08-31' }],
    });
    expect(await api.written()).toEqual(before);
  });

  test('come in once, stand in force with their days, and are known from now', async () => {
    const answer = await post({ items: [paper(0)] }, { 'Idempotency-Key': 'carte-1' });
    expect(answer.status, answer.text).toBe(201);
    const after = await api.written();
    expect((await post({ items: [paper(0)] }, { 'Idempotency-Key': 'carte-1' })).body).toEqual(answer.body);
    expect(await api.written()).toEqual(after);
    expect(faultsOf(await post({ items: [paper(0)] }))).toEqual([['ALREADY_IMPORTED', 'items.0.resolution.resolutionNo']]);
    const id = `${bodyAt(api, 0)}-1`;
    const view = (await api.call('GET', `/v1/adhesions/${id}`, bodyAt(api, 0))).body;
    expect(view).toMatchObject({ phase: 'IMPLEMENTATION', convention: { state: 'IN_FORCE', inForceOn: '2025-09-01' }, lineage: { importedFrom: [{ title: 'Deliberazione C.C. n. 12/2025' }] } });
    expect((await api.call('GET', `/v1/adhesions/${id}?validOn=2025-08-01`, 'auditor')).body).toMatchObject({ convention: { state: 'REGISTERED' } });
    expect((await api.call('GET', `/v1/adhesions/${id}?asOf=2025-10-01T00:00:00Z`, 'auditor')).status).toBe(404);
    await expectWhole(api.stack, []);
  });

  test('of a table begin none while one row is wrong: each fault has its row and its field', async () => {
    const before = await api.written();
    await open(api, bodyAt(api, 5));
    const opened = await api.written();
    expect(opened).not.toEqual(before);
    expect(faultsOf(await post({ items: [paper(1), paper(2, EARLY), paper(1), paper(3, { body: 'c_q000' }), paper(5)] }))).toEqual([
      ['DATE_BEFORE_GROUND', 'items.1.publication.firstDay'], ['BODY_REPEATED', 'items.2.body'], ['UNKNOWN_BODY', 'items.3.body'], ['ADHESION_OPEN', 'items.4.body'],
    ]);
    expect(await api.written()).toEqual(opened);
  });

  test('come as a table with a header', async () => {
    const answer = await post({ csv: `${HEADER}\n${row(6)}\n${row(7)}\n` });
    expect(answer.status, answer.text).toBe(201);
    expect(listOf(answer.body['items']).map(({ adhesion }) => String(adhesion))).toEqual([`${bodyAt(api, 6)}-1`, `${bodyAt(api, 7)}-1`]);
  });

  test.each<[string, () => object, [string, string][]]>([
    ['with a wrong header', () => ({ csv: `${HEADER};colour\n${row(8)};red\n` }), [['CSV_HEADER', 'csv:1']]],
    ['with a column twice', () => ({ csv: `${HEADER};body\n${row(8)};${bodyAt(api, 8)}\n` }), [['CSV_HEADER', 'csv:1']]],
    ['without a column', () => ({ csv: `body\n${bodyAt(api, 8)}\n` }), [['CSV_HEADER', 'csv:1']]],
    ['with a formula in a cell', () => ({ csv: `${HEADER}\n${row(8, '=HYPERLINK(1)')}\n` }), [['FORMULA', 'csv:2.document']]],
    ['and as a list at once', () => ({ csv: HEADER, items: [paper(8)] }), [['VALIDATION', 'items']]],
  ])('as a table %s are refused', async (_what, body, faults) => {
    const answer = await post(body());
    expect({ status: answer.status, faults: faultsOf(answer) }).toEqual({ status: 400, faults });
  });

  test('are told from others of the same body: by the day of the resolution, by whether they were imported, by who sent the key', async () => {
    const resolution = (change: object) => ({ resolution: { ...PAPER?.resolution, ...change } });
    await open(api, bodyAt(api, 10));
    await walk(api, bodyAt(api, 10));
    const asked = [paper(0, resolution({ heldOn: '2024-06-25' })), paper(10, resolution({ resolutionNo: '3/2026', heldOn: '2026-01-26' }))];
    expect(faultsOf(await post({ items: asked }))).toEqual([['ADHESION_OPEN', 'items.0.body'], ['ADHESION_OPEN', 'items.1.body']]);
    const authorization = `Bearer ${await tokenFor(api.keys, 'operator', 'operator-2')}`;
    expect(faultsOf(await post({ items: asked.slice(0, 1) }, { 'Idempotency-Key': 'carte-1', authorization }))).toEqual([['ADHESION_OPEN', 'items.0.body']]);
    expect(faultsOf(await post({ items: asked.slice(0, 1) }, { 'Idempotency-Key': 'carte-1' }))).toEqual([['IDEMPOTENCY_MISMATCH', 'items.0.body']]);
  });

  test('take the rules of the case, and an act that was executable at once', async () => {
    const five = await post({ items: [paper(11, { policies: { conventionYears: 5 } })], dryRun: true });
    expect(listOf(five.body['items']).map(({ endsOn }) => String(endsOn))).toEqual(['2030-08-31']);
    const atOnce = `${HEADER};immediate`;
    expect((await post({ csv: `${atOnce}\n${row(11)};true\n${row(12)};false\n` })).status).toBe(201);
    const executivity = async (index: number) => String((await api.call('GET', `/v1/adhesions/${bodyAt(api, index)}-1`, 'operator')).body['deliberation']?.['executivity']);
    expect([await executivity(11), await executivity(12)]).toEqual(['IMMEDIATE', 'EXECUTIVE']);
    expect(faultsOf(await post({ csv: `${atOnce}\n${row(13)};forse\n` }))).toEqual([['INVALID_TYPE', 'items.0.resolution.immediate']]);
  });

  test('are for operators', async () => {
    expect((await api.call('POST', '/v1/adhesion-imports', bodyAt(api, 9), { body: { items: [paper(9)] } })).status).toBe(403);
  });
});
