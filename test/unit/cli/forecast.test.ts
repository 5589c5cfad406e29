import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GATES } from '../../../domain/constitution/plan.ts';
import { cli, fakeInstance } from './support.ts';

const est = (probability: number) => ({ probability, low: 0, high: 1 });
const gate = (name: string, median: string | null) => ({
  gate: name, plannedTo: '2026-10-31', reachedOn: name === 'PROJECT_SHOWN' ? '2026-05-21' : null, onTime: est(0.25), byHorizon: est(0.9), earliest: median, p10: '2026-10-01', median, p90: null, latest: null,
  curve: [{ on: '2026-09-01', probability: 0 }, { on: '2027-09-01', probability: 0.9 }],
});
const outlook = (median: string | null) => ({
  plan: {}, threshold: { minMembers: 2, minPopulation: 20_000 }, required: { members: 2, population: 20_000 }, gates: GATES.map((name) => gate(name, median)),
  decisive: { on: '2026-10-31', met: est(0.4), comuni: median === null ? [] : [{ body: 'c_f205', name: 'Milano', population: 1_354_196, itself: est(0.5), ifIn: est(0.8), ifNot: est(0), difference: 0.8 }] },
});
const FORECAST = {
  asOf: '2026-09-01', until: '2027-09-01', seed: 7, runs: 40, runsAsked: 100, error: 0.155, comuni: { in: 3, onTheirWay: 129, out: 1 },
  steps: [{ step: 'publication', by: 'RECORDS', records: 12, recorded: { p10: 1, median: 3, p90: 9 }, prior: { least: 1, usual: 4, most: 20, source: 'no term in the TUEL; assumption' } }],
  ...outlook('2026-10-20'), shifted: null,
};
const answering = (forecast: object) => fakeInstance(() => [200, `${JSON.stringify({ progress: { done: 5, all: 10 } })}\n${JSON.stringify({ forecast })}\n`]);

describe('forecast', () => {
  it('says how probable each gate is, who decides and where durations are from', async () => {
    const { env, seen } = await answering(FORECAST);
    const { code, out, err } = await cli(['forecast', '--seed', '7', '--runs', '100', '--threshold', '2/20000', '--lang', 'en'], env);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect([seen[0]?.method, seen[0]?.url, JSON.parse(seen[0]?.body ?? '')]).toEqual(['POST', '/v1/forecasts', { seed: 7, runs: 100, threshold: { minMembers: 2, minPopulation: 20_000 } }]);
    expect(out).toContain('From 2026-09-01 to 2027-09-01: 3 comuni in, 129 on their way, 1 not counted on. 40 runs (of 100: the time was over) from seed 7; error of a probability at most 15.5 % (95 %).\n');
    expect(out).toMatch(/^Project shown {2,}2026-10-31 {2}2026-05-21 {2}2026-10-01 {2}2026-10-20 {2}later$/m);
    expect(out).toMatch(/^Metropolitan resolution {2,}2026-10-31 {2}25\.0 % {6}2026-10-01 {2}2026-10-20 {2}later$/m);
    expect(out).toContain('The threshold is met by 2026-10-31 with a probability of 40.0 %. It moves most with:\n');
    expect(out).toMatch(/^Milano {2}1354196 {6}50\.0 % {6}80\.0 % {2}0\.0 %$/m);
    expect(out).toMatch(/From the session to the publication {2}RECORDS {2}12 {9}1 {5}3 {7}9 {5}1–4–20 \(no term in the TUEL; assumption\)/);
    expect(out).not.toContain('What if');
  });

  it('asks what if, for machines too, and draws', async () => {
    const { env, seen } = await answering({ ...FORECAST, shifted: outlook(null) });
    const svg = join(env.ASSOCIA_HOME, 'previsione.svg');
    const { code, out } = await cli(['forecast', '--json', '--svg', svg, '--shift', 'c_f205+60', 'CMM_RESOLUTION=2026-12-01..2026-12-31', 'threshold=CONFERENCE_RULE'], env);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ ...FORECAST, shifted: outlook(null) });
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ shift: { delays: [{ body: 'c_f205', days: 60 }], plan: { CMM_RESOLUTION: { from: '2026-12-01', to: '2026-12-31' } }, threshold: 'CONFERENCE_RULE' } });
    const drawn = readFileSync(svg, 'utf8');
    expect(drawn.startsWith('<svg ')).toBe(true);
    expect(drawn.match(/<path [^>]*fill="none" stroke-width="2.5"/g)).toHaveLength(GATES.length);
    const shown = await cli(['forecast', '--lang', 'en'], (await answering({ ...FORECAST, shifted: outlook(null) })).env);
    expect(shown.out).toMatch(/\nWhat if:\n[^]*No single comune moves it\.\n/);
  });

  it.each([[['--shift', 'Milano'], /^--shift Milano: give/], [['--threshold', 'many'], /^--threshold many: a threshold is/], [['--runs', '5'], /--runs is a whole number from 10 to 500/]])('is 2 for what is no question: %j', async (args, sentence) => {
    const { env } = await answering(FORECAST);
    const { code, err } = await cli(['forecast', ...args], env);
    expect(code).toBe(2);
    expect(err).toMatch(sentence);
  });

  it('says the problem that the server answers', async () => {
    const { env } = await fakeInstance(() => [503, { type: 'urn:x', title: 'Other forecasts are under way', status: 503, detail: 'Other forecasts are under way', instance: '/', code: 'FORECASTS_BUSY' }]);
    expect((await cli(['forecast'], env)).err).toContain('FORECASTS_BUSY');
  });
});
