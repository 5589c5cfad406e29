import { afterEach, describe, expect, test, vi } from 'vitest';
import { OFFICES, type Comune } from '../../../simulation/offices.ts';
import { plotOf } from '../../../simulation/plot.ts';
import { simulate, type Scenario } from '../../../simulation/simulate.ts';

const COMUNI: readonly Comune[] = [
  { ipaCode: 'c_a010', istatCode: '015002', name: 'Abbiategrasso', population: 32_425 },
  { ipaCode: 'c_f939', istatCode: '015155', name: 'Nosate', population: 650 },
  { ipaCode: 'c_f205', istatCode: '015146', name: 'Milano', population: 1_354_196 },
];
const SCENARIO: Scenario = { comuni: COMUNI, seed: 1, runs: 1, from: '2026-06-01', days: 730, threshold: 1, percent: 50 };

afterEach(() => { vi.restoreAllMocks(); });

describe('a simulation', () => {
  test('brings every comune through the real process to its aim', async () => {
    const { runs, ends, milestones, stuck, events } = await simulate(SCENARIO);
    expect({ ends, stuck }).toEqual({ ends: { ARRIVED: 3, UNDER_WAY: 0, STUCK: 0 }, stuck: [] });
    const cases = runs[0]?.cases ?? [];
    expect(cases.map(({ id }) => id)).toEqual(['c_a010-1', 'c_f939-1', 'c_f205-1']);
    for (const { executiveOn, inForceOn, arrivedOn } of cases) {
      const days = ['2026-06-01', executiveOn, inForceOn, arrivedOn, '2028-05-31'].map(String);
      expect(days.toSorted((a, b) => a.localeCompare(b))).toEqual(days);
      expect(inForceOn?.endsWith('-01')).toBe(true);
    }
    expect(events).toMatchObject({ AdhesionOpened: 3, ConventionEnteredIntoForce: 3, ReferentAppointed: 12, AppointmentAccepted: 12 });
    expect(milestones.map(({ comuni, percent }) => [comuni, percent])).toEqual([
      [1, null], [2, null], [3, null], [null, 10], [null, 25], [null, 50], [null, 75], [null, 90], [null, 100], [1, 50],
    ]);
    // Milano is all that counts for half of the population.
    expect(milestones[5]?.median).toBe(cases[2]?.executiveOn);
  });

  test('is the same for the same seed, whoever else is simulated, and another for another', async () => {
    const all = await simulate({ ...SCENARIO, runs: 2 });
    expect(await simulate({ ...SCENARIO, runs: 2 })).toEqual(all);
    expect((await simulate({ ...SCENARIO, seed: 2 })).runs[0]?.cases).toEqual(all.runs[1]?.cases);
    expect((await simulate({ ...SCENARIO, comuni: COMUNI.slice(1, 2) })).runs[0]?.cases).toEqual(all.runs[0]?.cases.slice(1, 2));
    expect(all.runs[1]?.cases.map(({ arrivedOn }) => arrivedOn)).not.toEqual(all.runs[0]?.cases.map(({ arrivedOn }) => arrivedOn));
  });

  test('takes the earliest sitting that the process takes where its notice is too short', async () => {
    const { refusals, ends } = await simulate({ ...SCENARIO, runs: 80, comuni: COMUNI.slice(0, 1) });
    expect(ends.ARRIVED).toBe(80);
    expect(refusals['NOTICE_TOO_SHORT']).toBeGreaterThan(0);
  });

  test('ends where time does', async () => {
    const { ends, runs } = await simulate({ ...SCENARIO, days: 40 });
    expect([ends, runs[0]?.cases.map(({ executiveOn }) => executiveOn)]).toEqual([{ ARRIVED: 0, UNDER_WAY: 3, STUCK: 0 }, [null, null, null]]);
  });

  test('says how far it is', async () => {
    const heard: (readonly [number, number])[] = [];
    await simulate({ ...SCENARIO, runs: 2, days: 5 }, (done, all) => { heard.push([done, all]); });
    expect(heard).toEqual([[1, 6], [2, 6], [3, 6], [4, 6], [5, 6], [6, 6]]);
  });

  test('finds a case in which nobody has anything to do', async () => {
    vi.spyOn(OFFICES, 'SignConvention').mockReturnValue([]);
    const { stuck, ends } = await simulate({ ...SCENARIO, comuni: COMUNI.slice(0, 1), seed: 5 });
    expect(ends).toEqual({ ARRIVED: 0, UNDER_WAY: 0, STUCK: 1 });
    expect(stuck).toEqual([{ id: 'c_a010-1', seed: 5, waitingFor: expect.arrayContaining(['MEMBER SignConvention']) }]);
  });

  test('finds a case in which what is owed is refused again and again', async () => {
    vi.spyOn(OFFICES, 'ConfirmReceipt').mockImplementation(({ now }) => [{ detail: '', takeUp: () => ({ at: now, command: () => ({ type: 'ConfirmReceipt', data: { deliveredAt: '2026-05-01T10:00:00Z' } }) }) }]);
    const { stuck, refusals } = await simulate({ ...SCENARIO, comuni: COMUNI.slice(0, 1) });
    expect(stuck).toEqual([{ id: 'c_a010-1', seed: 1, waitingFor: ['OPERATOR ConfirmReceipt', 'ConfirmReceipt was refused: DATE_BEFORE_GROUND'] }]);
    expect(refusals).toEqual({ DATE_BEFORE_GROUND: 31 });
  });
});

describe('the plot', () => {
  test('stands alone: title, description, both axes, no script, nothing from elsewhere', async () => {
    const svg = plotOf(await simulate({ ...SCENARIO, runs: 3 }));
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 800 \d+" role="img" aria-labelledby="plot-title plot-description"/);
    expect(svg).toMatch(/<desc id="plot-description">Step curves of a simulation of 3 comuni from 2026-06-01, median of 3 runs from seed 1\. .*50 % of the population: 202\d-\d\d-\d\d/);
    for (const label of ['>comuni<', '>population<', '>100 %<', '>3<', '>2026<', '>Jul<', 'fill-opacity']) expect(svg).toContain(label);
    expect(svg).not.toMatch(/<script|href|url\(|NaN|undefined|Infinity/);
    expect(svg.match(/<(\w+)/g)?.length).toBe((svg.match(/<\/\w+>/g)?.length ?? 0) + (svg.match(/\/>/g)?.length ?? 0));
  });

  test('has no bands for one run, and shows the whole time where not all arrive', async () => {
    const svg = plotOf(await simulate({ ...SCENARIO, days: 40 }));
    expect(svg).not.toContain('fill-opacity');
    expect(svg).toContain('on no day of these');
    expect(svg).toContain('>Jul<');
  });

  test('escapes what stands in it', async () => {
    const svg = plotOf(await simulate({ ...SCENARIO, comuni: COMUNI.slice(2).map((comune) => ({ ...comune, name: '<b> & co' })), days: 5 }));
    expect(svg).toContain('&lt;b&gt; &amp; co holds 100 %');
  });
});
