import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { computePublication } from '../../../../domain/calendar/publication.ts';
import { workingDaysAfter } from '../../../../domain/calendar/terms.ts';
import { GATES } from '../../../../domain/constitution/plan.ts';
import { addDays, type CivilDate } from '../../../../domain/shared/civil-date.ts';
import type { ForecastBody } from '../../../../simulation/forecast/arrivals.ts';
import { forecast, type Forecast, type Outlook, type Shift } from '../../../../simulation/forecast/forecast.ts';
import { ASKED, caseOf, PATH } from './cases.ts';

const TODAY = '2026-07-15';
const PUBLISHED = 12;
const OPEN = 8;
/** Sessions of today: they wait for their publication, which took 0, 1 … 11 days in twelve comuni before. */
let history: readonly ForecastBody[];
let waiting: readonly ForecastBody[];
beforeAll(async () => {
  history = await Promise.all(Array.from({ length: PUBLISHED }, (_one, days) => caseOf(`c_p${days}`, 1_000, { openedOn: '2026-03-02', publishedAfter: days, until: TODAY })));
  waiting = await Promise.all(Array.from({ length: OPEN }, (_one, index) => caseOf(`c_w${index}`, 1_000, { openedOn: '2026-06-05', publishedAfter: null, until: TODAY })));
});

const threshold = (minMembers: number, minPopulation = 0) => ({ ...PATH, threshold: { minMembers, minPopulation } });
const asked = (minMembers: number, runs = ASKED.runs) => ({ ...ASKED, asOf: TODAY, runs, path: threshold(minMembers) });
const gateOf = ({ gates }: Outlook, wanted: string) => {
  const gate = gates.find((one) => one.gate === wanted);
  if (gate === undefined) throw new Error(wanted);
  return gate;
};
const municipal = ({ outlook }: Pick<Forecast, 'outlook'>) => gateOf(outlook, 'MUNICIPAL_RESOLUTIONS');

/** By the calendar, as if each number of days were as likely as another: the share of comuni that are executive by a day. */
function shareBy(day: CivilDate, from: CivilDate, daysLeft: readonly number[]): number {
  const executive = daysLeft.map((days) => computePublication(workingDaysAfter(addDays(from, days - 1), 1, '015002'), 'INCLUDE_FIRST', 'START_EXCLUSIVE').executiveOn);
  return executive.filter((on) => on <= day).length / daysLeft.length;
}

/** That at least `least` of `count` come, each with the same probability. */
function atLeast(least: number, count: number, share: number): number {
  let sum = 0;
  for (let there = Math.max(0, least); there <= count; there += 1) sum += binomial(count, there) * share ** there * (1 - share) ** (count - there);
  return sum;
}

function binomial(n: number, k: number): number {
  return k === 0 ? 1 : (binomial(n - 1, k - 1) * n) / k;
}

describe('with a known history the probability is that of the formula', () => {
  const RUNS = 250;
  const DAY = addDays(TODAY, 18);
  /** Four standard errors: one seed in 16,000 lies beyond. */
  const near = (found: number, exact: number) => expect(Math.abs(found - exact)).toBeLessThan(4 * Math.sqrt((exact * (1 - exact)) / RUNS) + 1e-9);
  const DAYS = Array.from({ length: PUBLISHED }, (_one, days) => days);

  test('of the day on which so many of them are executive', async () => {
    const share = shareBy(DAY, TODAY, DAYS);
    expect(share).toBeGreaterThan(0.3);
    expect(share).toBeLessThan(0.8);
    const found = await forecast([...history, ...waiting], { ...asked(PUBLISHED + 5, RUNS), on: DAY });
    expect(found.standing).toEqual({ IN: PUBLISHED, ON_ITS_WAY: OPEN, OUT: 0 });
    near(municipal(found).curve[18] ?? -1, atLeast(5, OPEN, share));
    const { met, comuni } = found.outlook.decisive;
    near(met.probability, atLeast(5, OPEN, share));
    expect(met.low).toBeLessThan(met.probability);
    expect(met.high).toBeGreaterThan(met.probability);
    expect(comuni.map(({ body }) => body).toSorted()).toEqual(waiting.map(({ comune }) => comune.ipaCode));
    for (const { itself, ifIn, ifNot } of comuni) {
      near(itself.probability, share);
      near(ifIn.probability, atLeast(4, OPEN - 1, share));
      near(ifNot.probability, atLeast(5, OPEN - 1, share));
    }
  });

  test('of who has waited for eight days already: as those took that took eight or more', async () => {
    const from = addDays(TODAY, 8);
    const later = await Promise.all(waiting.slice(0, 1).map(({ comune }) => caseOf(comune.ipaCode, 1_000, { openedOn: '2026-06-05', publishedAfter: null, until: from })));
    const found = await forecast([...history, ...later], { ...asked(PUBLISHED + 1, RUNS), asOf: from });
    const { curve } = municipal(found);
    for (const day of [10, 11, 12, 13, 14, 15]) near(curve[day] ?? -1, shareBy(addDays(from, day), from, [0, 1, 2, 3]));
  });
});

describe('a forecast', () => {
  test('is the same for the same seed, and leaves the cases that it was given as they were', async () => {
    const bodies = [...history, ...waiting];
    const before = structuredClone(bodies);
    const found = await forecast(bodies, asked(PUBLISHED + 4, 10));
    expect(await forecast(bodies, asked(PUBLISHED + 4, 10))).toEqual(found);
    expect((await forecast(bodies, { ...asked(PUBLISHED + 4, 10), seed: 8 })).outlook).not.toEqual(found.outlook);
    expect(bodies).toEqual(before);
  });

  test('of one comune does not depend on who else is there', async () => {
    const one = waiting.slice(0, 1);
    const alone = await forecast([...history, ...one], { ...asked(PUBLISHED + 1, 20), on: addDays(TODAY, 20) });
    const among = await forecast([...history, ...waiting], { ...asked(PUBLISHED + 1, 20), on: addDays(TODAY, 20) });
    expect(among.outlook.decisive.comuni.find(({ body }) => body === 'c_w0')?.itself).toEqual(alone.outlook.decisive.comuni[0]?.itself);
  });

  test('goes by the prior of a step until ten are on record, and says which', async () => {
    const nine = [...history.slice(2), ...waiting].slice(0, -1).filter((_one, place) => place !== 0);
    const few = await forecast(nine, asked(9, 5));
    expect(few.model.publication).toMatchObject({ by: 'PRIOR', records: [3, 4, 5, 6, 7, 8, 9, 10, 11], prior: { least: 1, usual: 4, most: 20, source: { en: 'no term in the TUEL; assumption' } } });
    expect((await forecast([...history.slice(2), ...waiting], asked(9, 5))).model.publication).toMatchObject({ by: 'RECORDS', records: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11] });
    // Twelve that took five days: nobody takes four or six, which the prior would.
    const alike = await Promise.all(Array.from({ length: PUBLISHED }, (_one, index) => caseOf(`c_p${index}`, 1_000, { openedOn: '2026-03-02', publishedAfter: 5, until: TODAY })));
    const days = async (bodies: readonly ForecastBody[], runs: number) => municipal(await forecast([...bodies, ...waiting.slice(0, 1)], asked(bodies.length + 1, runs)));
    const certain = await days(alike, 30);
    expect(certain.earliest).toBe(certain.latest);
    const spread = await days(alike.slice(0, 9), 30);
    expect(spread.earliest).not.toBe(spread.latest);
  });

  test('counts a comune without a case as one that is opened in the next days, a closed one never', async () => {
    const none = { comune: { ipaCode: 'c_n', istatCode: '015002', name: 'N', population: 1 }, live: null };
    const closed = { ...waiting[0] as ForecastBody };
    const state = { ...closed.live?.state, closure: { reasons: { textId: 't', digest: 'd' }, at: `${TODAY}T09:00:00+02:00` } };
    const found = await forecast([none, { ...closed, live: { id: 'c_w0-1', version: 1, state } }], asked(1, 10));
    expect(found.standing).toEqual({ IN: 0, ON_ITS_WAY: 1, OUT: 1 });
    expect(municipal(found).byHorizon.probability).toBeGreaterThan(0.5);
    expect(municipal(await forecast([{ ...closed, live: { id: 'c_w0-1', version: 1, state } }], asked(1, 2))).byHorizon.probability).toBe(0);
  });

  test('puts the gates one after the other, none before its period, and keeps those that were reached', async () => {
    const found = await forecast([...history, ...waiting], { ...asked(PUBLISHED + OPEN), days: 365, path: { ...threshold(PUBLISHED + OPEN), reached: { PROJECT_SHOWN: '2026-05-21', TEMPLATES_SENT: '2026-05-30' } } });
    const { gates } = found.outlook;
    expect(gates.map(({ gate }) => gate)).toEqual(GATES);
    expect(gates.slice(0, 2).map(({ reachedOn, onTime, median }) => [reachedOn, onTime.probability, median])).toEqual([['2026-05-21', 1, '2026-05-21'], ['2026-05-30', 1, '2026-05-30']]);
    const [, , , ...agency] = gates;
    for (const { gate, earliest } of agency) expect(earliest === null || earliest >= PATH.plan[gate].from).toBe(true);
    const medians = gates.slice(2).map(({ median }) => String(median));
    expect(medians.toSorted()).toEqual(medians);
  });

  test('says when no threshold of that kind can be reached', async () => {
    const { outlook } = await forecast([...history, ...waiting], asked(PUBLISHED + OPEN + 1, 5));
    expect([outlook.reachable, gateOf(outlook, 'MUNICIPAL_RESOLUTIONS').byHorizon.probability, outlook.gates.at(-1)?.byHorizon.probability]).toEqual([false, 0, 0]);
  });

  test('names first the comune without which there are not enough inhabitants', async () => {
    const large = await caseOf('c_large', 100_000, { openedOn: '2026-06-05', publishedAfter: null, until: TODAY });
    const { outlook } = await forecast([...history, ...waiting, large], { ...asked(1), on: addDays(TODAY, 20), path: threshold(1, 60_000) });
    expect(outlook.decisive.comuni[0]).toMatchObject({ body: 'c_large', population: 100_000, ifIn: { probability: 1 }, ifNot: { probability: 0 }, difference: 1 });
    expect(outlook.decisive.comuni[1]?.difference).toBe(0);
  });

  test('names first who moves it most, whatever its inhabitants', async () => {
    const populous = { comune: { ipaCode: 'c_far', istatCode: '015002', name: 'F', population: 90_000 }, live: null };
    const { outlook } = await forecast([...history, ...waiting, populous], { ...asked(PUBLISHED + 5), on: addDays(TODAY, 18) });
    const differences = outlook.decisive.comuni.map(({ difference }) => difference);
    expect(differences.toSorted((a, b) => b - a)).toEqual(differences);
    expect(new Set(differences).size).toBeGreaterThan(1);
  });

  test('ends with the runs that are done when the time is over, and says how far it is', async () => {
    const heard: (readonly [number, number])[] = [];
    let runs = 0;
    const found = await forecast([...history, ...waiting.slice(0, 2)], asked(1, 30), null, { onCase: (done, all) => { heard.push([done, all]); }, isOver: () => (runs += 1) === 3 });
    expect([found.runs, found.question.runs]).toEqual([3, 30]);
    expect(heard).toEqual([1, 2, 3, 4, 5, 6].map((done) => [done, 60]));
  });
});

describe('a shift', () => {
  const shiftedBy = async (shift: Partial<Shift>, members: number): Promise<readonly [Outlook, Outlook]> => {
    const path = threshold(members);
    const { outlook, shifted } = await forecast([...history, ...waiting], asked(members, 10), { path, delays: new Map(), ...shift });
    if (shifted === null) throw new Error('Nothing was shifted');
    return [outlook, shifted];
  };
  const isNowhereMore = (one: Outlook, other: Outlook) => one.gates.every(({ curve }, gate) => curve.every((share, day) => share <= (other.gates[gate]?.curve[day] ?? 0)));

  test('of nothing changes nothing', async () => {
    const [outlook, shifted] = await shiftedBy({}, PUBLISHED + 4);
    expect(shifted).toEqual(outlook);
  });

  test('to a higher threshold makes no gate more probable on any day', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: PUBLISHED + OPEN }), fc.integer({ min: 0, max: 8 }), async (members, more) => {
      const [outlook, shifted] = await shiftedBy({ path: threshold(members + more) }, members);
      expect(isNowhereMore(shifted, outlook)).toBe(true);
    }), { numRuns: 4, seed: 3 });
  });

  test('by comuni that stand still makes no gate more probable, and later the more stand still for longer', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: OPEN }), async (days, comuni) => {
      const [outlook, shifted] = await shiftedBy({ delays: new Map(waiting.slice(0, comuni).map(({ comune }) => [comune.ipaCode, days])) }, PUBLISHED + OPEN);
      expect(isNowhereMore(shifted, outlook)).toBe(true);
    }), { numRuns: 4, seed: 3 });
    const [outlook, shifted] = await shiftedBy({ delays: new Map([['c_w0', 30]]) }, PUBLISHED + OPEN);
    expect(String(gateOf(shifted, 'MUNICIPAL_RESOLUTIONS').median) > String(gateOf(outlook, 'MUNICIPAL_RESOLUTIONS').median)).toBe(true);
  });

  test('of the date of a gate moves those that begin after it', async () => {
    const plan = { ...PATH.plan, CMM_RESOLUTION: { from: '2026-12-01', to: '2026-12-31' } };
    const [outlook, shifted] = await shiftedBy({ path: { ...threshold(PUBLISHED + 2), plan } }, PUBLISHED + 2);
    expect(isNowhereMore(shifted, outlook)).toBe(true);
    expect(String(gateOf(shifted, 'CMM_RESOLUTION').earliest) >= '2026-12-01').toBe(true);
    expect(gateOf(shifted, 'MUNICIPAL_RESOLUTIONS')).toEqual(gateOf(outlook, 'MUNICIPAL_RESOLUTIONS'));
  });
});
