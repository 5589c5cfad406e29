import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bodies } from '../../api/bodies.ts';
import { walk } from './path.ts';
import { listOf, open, startApi, type Answer, type Api, type As } from './support.ts';

let api: Api;
const IN = 'c_y301';
const BEGUN = 'c_y302';
const NONE = 'c_y303';
const comune = (ipaCode: string, index: number, name: string, population: number) => ({ ipaCode, istatCode: String(15_710 + index).padStart(6, '0'), name, population });
const BODIES = new Bodies([comune(IN, 0, 'Socio', 9_000), comune(BEGUN, 1, 'Avviato', 15_000), comune(NONE, 2, 'Lontano', 700)]);

beforeAll(async () => {
  api = await startApi({ bodies: BODIES });
  await open(api, IN);
  await walk(api, IN);
  await open(api, BEGUN);
  await api.calm();
});
afterAll(async () => { await api.stop(); });

const ask = (body: object = {}, as: As = 'operator', headers: Record<string, string> = { 'accept-language': 'en' }): Promise<Answer> => (
  api.call('POST', '/v1/forecasts', as, { body: { runs: 10, days: 120, ...body }, headers }));
const heads = async () => (await sql<{ stream: string; version: string; hash: string }>`
  SELECT stream, max(version) AS version, encode((array_agg(hash ORDER BY version DESC))[1], 'hex') AS hash FROM events WHERE stream NOT LIKE 'access/%' GROUP BY stream ORDER BY stream`.execute(api.stack.db)).rows;
const codes = ({ body }: Answer) => listOf(body['reasons']).map(({ code, path }) => [String(code), String(path)]);

describe('POST /v1/forecasts', () => {
  test('says the probability of each gate, from where the cases stand', async () => {
    const { status, body } = await ask({ threshold: { minMembers: 1, minPopulation: 0 }, reached: { PROJECT_SHOWN: '2026-05-21' } }, 'auditor');
    expect(status).toBe(200);
    expect(body).toMatchObject({ seed: 1, runs: 10, runsAsked: 10, comuni: { in: 1, onTheirWay: 2, out: 0 }, required: { members: 1, population: 0 }, shifted: null });
    const gates = listOf(body['gates']);
    expect(gates.map(({ gate }) => String(gate))).toEqual(['PROJECT_SHOWN', 'TEMPLATES_SENT', 'MUNICIPAL_RESOLUTIONS', 'CMM_RESOLUTION', 'CONSTITUTED', 'BOARD_APPOINTED', 'FIRST_BUDGET_PREPARED']);
    // One comune is enough, and one is there.
    expect(gates[2]).toMatchObject({ byHorizon: { probability: 1, high: 1 }, plannedTo: '2026-07-31' });
    expect(gates[0]).toMatchObject({ reachedOn: '2026-05-21', median: '2026-05-21', onTime: { probability: 1 } });
    expect(listOf(gates[2]?.['curve']).map(({ probability }) => Number(probability)).every((probability) => probability === 1)).toBe(true);
    expect(listOf(body['steps']).map(({ step, by, records }) => [String(step), String(by), Number(records)])).toEqual([
      ['proposal', 'PRIOR', 0], ['receipt', 'PRIOR', 1], ['opinion', 'PRIOR', 2], ['auditors', 'PRIOR', 1], ['agenda', 'PRIOR', 1], ['publication', 'PRIOR', 1],
    ]);
    expect(body['steps']?.[5]?.['prior']).toEqual({ least: 1, usual: 4, most: 20, source: 'no term in the TUEL; assumption' });
  });

  test('gives the same answer for the same seed, and touches no stream', async () => {
    const before = await heads();
    const first = await ask({ seed: 5, threshold: { minMembers: 2, minPopulation: 0 } });
    const again = await ask({ seed: 5, threshold: { minMembers: 2, minPopulation: 0 } });
    expect(again.body).toEqual(first.body);
    expect((await ask({ seed: 6, threshold: { minMembers: 2, minPopulation: 0 } })).body['gates']).not.toEqual(first.body['gates']);
    expect(await heads()).toEqual(before);
    expect(before.map(({ stream }) => stream)).toEqual(expect.arrayContaining([`adhesion/${IN}-1`, `adhesion/${BEGUN}-1`]));
  });

  test('names the comuni that decide, and what becomes of a shift on copies', async () => {
    const before = await heads();
    const { body } = await ask({ days: 400, threshold: { minMembers: 2, minPopulation: 20_000 }, shift: { delays: [{ body: BEGUN, days: 300 }] } });
    const { comuni } = body['decisive'] ?? {};
    expect(comuni).toMatchObject([{ body: BEGUN, name: 'Avviato', population: 15_000, ifNot: { probability: 0 }, ifIn: { probability: 1 }, difference: 1 }]);
    const medians = [body['gates'], body['shifted']?.['gates']].map((gates) => String(gates?.[2]?.['median']));
    expect(medians[1] === 'null' || String(medians[0]) < String(medians[1])).toBe(true);
    expect(body['shifted']?.['decisive']?.['on']).toEqual(body['decisive']?.['on']);
    expect(await heads()).toEqual(before);
  });

  test('tells as lines how far it is, and the forecast last', async () => {
    const answer = await ask({ runs: 60, days: 300 }, 'operator', { accept: 'application/x-ndjson' });
    expect(answer.headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
    const lines = answer.text.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.slice(0, -1).every((line) => 'progress' in line)).toBe(true);
    expect(lines.at(-2)).toEqual({ progress: { done: 120, all: 120 } });
    expect(lines.at(-1)).toMatchObject({ forecast: { runs: 60 } });
    const refused = await ask({ threshold: { minMembers: 4, minPopulation: 0 } }, 'operator', { accept: 'application/x-ndjson' });
    expect([refused.status, refused.headers['content-type'], String(refused.body['code'])]).toEqual([400, 'application/problem+json; charset=utf-8', 'VALIDATION']);
  });

  test('answers others while it computes, and says when too many wait', async () => {
    const began = performance.now();
    const asked = Array.from({ length: 7 }, () => ask({ runs: 150, days: 365 }));
    const took: number[] = [];
    for (let times = 0; times < 20; times += 1) {
      const at = performance.now();
      await api.call('GET', '/v1/bodies?limit=1', 'operator');
      took.push(performance.now() - at);
    }
    expect(Math.max(...took)).toBeLessThan(1_000);
    const answers = await Promise.all(asked);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 200, 200, 503, 503, 503]);
    const busy = answers.find(({ status }) => status === 503);
    expect([String(busy?.body['code']), busy?.headers['retry-after']]).toEqual(['FORECASTS_BUSY', '20']);
    expect(performance.now() - began).toBeLessThan(60_000);
    expect((await ask()).status).toBe(200);
  });

  test.each<readonly [name: string, body: object, reasons: readonly (readonly [string, string])[]]>([
    ['a threshold that nobody can reach', { threshold: { minMembers: 4, minPopulation: 0 } }, [['THRESHOLD_UNREACHABLE', 'threshold']]],
    ['the same as a what-if', { shift: { threshold: { minMembers: 1, minPopulation: 100_000 } } }, [['THRESHOLD_UNREACHABLE', 'shift.threshold']]],
    ['a plan out of order', { plan: { CONSTITUTED: { from: '2026-05-01', to: '2026-05-02' } } }, [['PLAN_OUT_OF_ORDER', 'plan.CONSTITUTED']]],
    ['an unknown comune, and one twice', { shift: { delays: [{ body: 'c_x999', days: 1 }, { body: IN, days: 1 }, { body: IN, days: 2 }] } }, [['UNKNOWN_BODY', 'shift.delays.0.body'], ['BODY_TWICE', 'shift.delays.2.body']]],
    ['too many runs', { runs: 501 }, [['TOO_BIG', 'runs']]],
    ['too far ahead', { days: 1_096 }, [['TOO_BIG', 'days']]],
    ['an unknown member', { gates: [] }, [['UNRECOGNIZED_KEYS', 'undefined']]],
  ])('refuses %s', async (_name, body, reasons) => {
    const answer = await ask(body);
    expect([answer.status, String(answer.body['code']), codes(answer)]).toEqual([400, 'VALIDATION', reasons]);
  });

  test('says of many faults as many as help', async () => {
    const unknown = await ask({ shift: { delays: Array.from({ length: 300 }, () => ({ body: 'c_x999', days: 1 })) } });
    expect([unknown.status, listOf(unknown.body['reasons']).length]).toEqual([400, 100]);
    const plan = Object.fromEntries(Array.from({ length: 200 }, (_unused, n) => [`gate-${n}`, { from: '2026-06-01', to: '2026-06-02' }]));
    const fields = await ask({ shift: { plan } });
    expect([fields.status, String(fields.body['reasons']?.[0]?.['message'])]).toEqual([400, expect.stringMatching(/^Unknown field: "gate-0", .+"gate-29" …;/)]);
  });

  test('goes by the constitution that is open: its plan as extended, its threshold, what it has on record', async () => {
    const send = (type: string, data: object) => api.call('POST', '/v1/constitution/agency-1/commands', 'operator', { body: { type, data } });
    const plan = { CMM_RESOLUTION: { from: '2026-10-01', to: '2026-11-15' } };
    expect((await api.call('POST', '/v1/constitution', 'operator', { body: { plan, threshold: { minMembers: 2, minPopulation: 20_000 } } })).status).toBe(201);
    expect((await send('RecordConference', { heldOn: '2026-05-21', minutesNo: '3', sha256: 'a'.repeat(64) })).status).toBe(200);
    const { body } = await ask();
    expect(body).toMatchObject({ threshold: { minMembers: 2, minPopulation: 20_000 }, plan: { ...plan, CONSTITUTED: { from: '2026-11-01', to: '2026-11-30' } } });
    expect(listOf(body['gates'])[0]).toMatchObject({ gate: 'PROJECT_SHOWN', reachedOn: '2026-05-21' });
    const own = await ask({ threshold: { minMembers: 1, minPopulation: 0 }, plan: { CMM_RESOLUTION: { from: '2026-10-01', to: '2026-11-20' } } });
    expect(own.body).toMatchObject({ threshold: { minMembers: 1, minPopulation: 0 }, plan: { CMM_RESOLUTION: { from: '2026-10-01', to: '2026-11-20' } } });
  });

  test('is for operators and auditors', async () => {
    expect((await ask({}, IN)).status).toBe(403);
  });
});
