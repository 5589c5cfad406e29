import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../support/folders.ts';
import { cli, fakeInstance, type SeenRequest } from './support.ts';

const CHANGE = {
  id: '2027-01-01.c_m999', type: 'BodiesMerged', on: '2027-01-01', act: { title: 'L.R. 5/2026' }, predecessors: ['c_a001', 'c_a002'], corrections: [], withdrawal: null,
  successors: [{ ipaCode: 'c_m999', istatCode: '015260', name: 'Alfa con Beta', population: 8200, bodyType: 'COMUNE' }],
};
const PREVIEW = { change: CHANGE, comuniBefore: 133, comuniAfter: 132, cases: [{ adhesion: 'c_a001-1', body: 'c_a001', phase: 'DESIGN', version: 7, migrations: [{ id: 'c_a001-1.FIBRE' }, { id: 'c_a001-1.TRAINING' }] }] };
const CHANGES = '/v1/territory/changes';

/** An instance that answers as the server does: a preview to a dry run, else the change. */
const running = () => fakeInstance(({ method, body }) => (method === 'GET' ? [200, { items: [CHANGE], nextCursor: null }] : body.includes('"dryRun":true') ? [200, PREVIEW] : [201, CHANGE]));
const fileOf = (content: string): string => {
  const file = join(temporaryFolder('territory'), 'variazione.json');
  writeFileSync(file, content);
  return file;
};
const sentIn = (seen: readonly SeenRequest[]) => seen.map(({ method, url, body }) => [method, url, body === '' ? null : JSON.parse(body) as unknown]);

describe('territory record', () => {
  test('sends the change of the file under a key of its own, and says its id', async () => {
    const { env, seen } = await running();
    const file = fileOf('{"type":"BodiesMerged"}');
    expect(await cli(['territory', 'record', file], env)).toMatchObject({ code: 0, out: '2027-01-01.c_m999\n' });
    expect((await cli(['territory', 'record', '-', '--key', 'fusione-1'], env, '{"type":"BodySplit"}')).code).toBe(0);
    expect(sentIn(seen)).toEqual([['POST', CHANGES, { type: 'BodiesMerged' }], ['POST', CHANGES, { type: 'BodySplit' }]]);
    expect([String(seen[0]?.headers['idempotency-key']), seen[1]?.headers['idempotency-key']]).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), 'fusione-1']);
  });

  test('with --dry-run says what would come of it, and that nothing was recorded', async () => {
    const { env, seen } = await running();
    const { out } = await cli(['territory', 'record', fileOf('{"type":"BodiesMerged"}'), '--dry-run'], env);
    expect(out).toBe('BodiesMerged on 2027-01-01: 133 comuni before, 132 after. Nothing was recorded.\ncase      phase   open migrations\nc_a001-1  DESIGN  c_a001-1.FIBRE, c_a001-1.TRAINING\n');
    expect(sentIn(seen)).toEqual([['POST', CHANGES, { type: 'BodiesMerged', dryRun: true }]]);
  });

  test.each<[string, string, string]>([
    ['no JSON', '{"type"', 'is not JSON'], ['a list', '[]', 'holds no object in JSON'],
  ])('says of a file that holds %s what is wrong, and sends nothing', async (_what, content, sentence) => {
    const { env, seen } = await running();
    const { code, err } = await cli(['territory', 'record', fileOf(content)], env);
    expect([code, err.includes(sentence), seen]).toEqual([2, true, []]);
  });
});

describe('territory correct and withdraw', () => {
  test('send the reason, the act that says so, and what is to be read instead', async () => {
    const { env, seen } = await running();
    expect(await cli(['territory', 'correct', CHANGE.id, fileOf('{"on":"2027-02-01"}'), '--reason', 'TRANSCRIPTION_ERROR', '--key', 'k-1'], env)).toMatchObject({ code: 0, out: '2027-01-01.c_m999\n' });
    expect(await cli(['territory', 'withdraw', CHANGE.id, '--reason', 'ACT_ANNULLED', '--basis', 'Corte cost. 12/2027'], env)).toMatchObject({ code: 0, out: '2027-01-01.c_m999\n' });
    expect(sentIn(seen)).toEqual([
      ['POST', `${CHANGES}/${CHANGE.id}/corrections`, { on: '2027-02-01', reason: 'TRANSCRIPTION_ERROR' }],
      ['POST', `${CHANGES}/${CHANGE.id}/withdrawals`, { reason: 'ACT_ANNULLED', basis: { title: 'Corte cost. 12/2027' } }],
    ]);
    expect(seen[0]?.headers['idempotency-key']).toBe('k-1');
  });

  test('with --dry-run only look', async () => {
    const { env, seen } = await running();
    for (const args of [['correct', CHANGE.id, fileOf('{}')], ['withdraw', CHANGE.id]]) {
      expect((await cli(['territory', ...args, '--reason', 'ACT_ANNULLED', '--dry-run'], env)).out).toContain('133 comuni before, 132 after. Nothing was recorded.');
    }
    expect(seen.map(({ body }) => JSON.parse(body) as unknown)).toEqual([{ reason: 'ACT_ANNULLED', dryRun: true }, { reason: 'ACT_ANNULLED', dryRun: true }]);
  });

  test('ask for the reason before anything is sent', async () => {
    const { env, seen } = await running();
    const { code, err } = await cli(['territory', 'withdraw', CHANGE.id], env);
    expect([code, err.includes('--reason'), seen]).toEqual([2, true, []]);
  });

  test('say of a change that nobody recorded that there is none', async () => {
    const { env } = await fakeInstance(() => [404, { type: 'about:blank', title: 'Not found', status: 404, detail: 'Not found', instance: '/', code: 'NOT_FOUND' }]);
    for (const args of [['withdraw', 'x', '--reason', 'ACT_ANNULLED'], ['correct', 'x', fileOf('{}'), '--reason', 'ACT_ANNULLED'], ['join', 'x']]) {
      const { code, err } = await cli(['territory', ...args], env);
      expect([code, err.includes('There is no change x.')]).toEqual([1, true]);
    }
  });
});

describe('territory show, changes and join', () => {
  test('show counts the comuni, and the others where there are any', async () => {
    const { env, seen } = await fakeInstance(({ url }) => [200, { at: '2019-02-07', comuni: 134, population: 3_200_000, others: url.includes('at=') ? 0 : 2, changes: 1 }]);
    expect((await cli(['territory', 'show', '--at', '2019-02-07'], env)).out).toBe('2019-02-07: 134 comuni, 3200000 inhabitants.\n');
    expect((await cli(['territory', 'show'], env)).out).toBe('2019-02-07: 134 comuni, 3200000 inhabitants, 2 other bodies.\n');
    expect(seen.map(({ url }) => url)).toEqual(['/v1/territory?at=2019-02-07', '/v1/territory']);
  });

  test('changes lists those that stand, with --withdrawn the others too, and says how each was mended', async () => {
    const items = [CHANGE, { ...CHANGE, id: '2027-01-01.c_m999.2', corrections: [{ reason: 'ACT_AMENDED' }] }, { ...CHANGE, id: '2027-01-01.c_m999.3', withdrawal: { reason: 'RECORDED_TWICE' } }];
    const { env, seen } = await fakeInstance(() => [200, { items, nextCursor: null }]);
    const { out } = await cli(['territory', 'changes', '--withdrawn'], env);
    expect(out.split('\n').map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['id', 'change', 'from', 'to', 'act'], [CHANGE.id, 'BodiesMerged', 'c_a001, c_a002', 'Alfa con Beta (c_m999)', 'L.R. 5/2026'],
      ['2027-01-01.c_m999.2', 'BodiesMerged', 'c_a001, c_a002', 'Alfa con Beta (c_m999)', 'L.R. 5/2026', 'corrected'],
      ['2027-01-01.c_m999.3', 'BodiesMerged', 'c_a001, c_a002', 'Alfa con Beta (c_m999)', 'L.R. 5/2026', 'withdrawn (RECORDED_TWICE)'], [''],
    ]);
    await cli(['territory', 'changes'], env);
    expect(seen.map(({ url }) => url.includes('withdrawn=true'))).toEqual([true, false]);
  });

  test('changes of a territory without any says so', async () => {
    const { env } = await fakeInstance(() => [200, { items: [], nextCursor: null }]);
    expect((await cli(['territory', 'changes'], env)).out).toBe('No change stands.\n');
  });

  test('join says of each case where it goes on, or that there is none', async () => {
    const cases = [{ adhesion: 'c_a001-1', state: 'JOINED', successors: [{ adhesion: 'c_m999-1' }, { adhesion: 'c_m998-1' }] }];
    const { env, seen } = await fakeInstance(({ url }) => [200, { ...CHANGE, cases: url.includes('c_m999') ? cases : [] }]);
    expect((await cli(['territory', 'join', CHANGE.id], env)).out).toBe('case      goes on in\nc_a001-1  c_m999-1, c_m998-1  JOINED\n');
    expect((await cli(['territory', 'join', '2027-01-01.c_x001'], env)).out).toBe('The change ends no case.\n');
    expect(sentIn(seen)[0]).toEqual(['POST', `${CHANGES}/${CHANGE.id}/joinings`, {}]);
  });

  test('--json gives the answer of the server as it is', async () => {
    const { env } = await running();
    expect(JSON.parse((await cli(['--json', 'territory', 'withdraw', CHANGE.id, '--reason', 'ACT_ANNULLED'], env)).out)).toEqual(CHANGE);
    expect(JSON.parse((await cli(['--json', 'territory', 'record', fileOf('{}'), '--dry-run'], env)).out)).toEqual(PREVIEW);
    expect(JSON.parse((await cli(['--json', 'territory', 'changes'], env)).out)).toEqual({ items: [CHANGE], nextCursor: null });
  });
});
