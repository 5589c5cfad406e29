import { describe, expect, test } from 'vitest';
import { curveOf, dayOfBoth, dayOfCount, dayOfPopulation, lastChange, quantilesOf, type Arrival } from '../../../simulation/distribution.ts';
import { countsOf } from '../../../simulation/simulate.ts';

const arrivals: readonly Arrival[] = [
  { population: 50, on: '2026-07-10' }, { population: 30, on: '2026-07-03' }, { population: 15, on: '2026-07-03' }, { population: 5, on: null },
];

describe('the days of one run', () => {
  test('of so many comuni', () => {
    expect([1, 2, 3, 4].map((count) => dayOfCount(arrivals, count))).toEqual(['2026-07-03', '2026-07-03', '2026-07-10', null]);
  });
  test('of a part of the population, to the last inhabitant', () => {
    expect([1, 45, 46, 95, 96, 100].map((percent) => dayOfPopulation(arrivals, percent)))
      .toEqual(['2026-07-03', '2026-07-03', '2026-07-10', '2026-07-10', null, null]);
  });
  test('of both is the later', () => {
    expect([dayOfBoth('2026-07-03', '2026-07-10'), dayOfBoth('2026-07-10', '2026-07-03'), dayOfBoth('2026-07-03', null), dayOfBoth(null, '2026-07-03')])
      .toEqual(['2026-07-10', '2026-07-10', null, null]);
  });
  test('the milestones of 133 comuni, and of few', () => {
    expect([133, 45, 3, 1].map(countsOf)).toEqual([[1, 20, 45, 67, 100, 133], [1, 15, 20, 23, 45], [1, 2, 3], [1]]);
  });
});

describe('the days of several runs', () => {
  const days = (...of: readonly number[]) => of.map((day) => `2026-07-${String(day).padStart(2, '0')}`);
  test('are ranked, none made up between two', () => {
    expect(quantilesOf(days(20, 19, 18, 17, 16, 15, 14, 13, 12, 11))).toEqual({
      earliest: '2026-07-11', p10: '2026-07-11', median: '2026-07-15', p90: '2026-07-19', latest: '2026-07-20',
    });
    expect(quantilesOf(days(5))).toEqual({ earliest: '2026-07-05', p10: '2026-07-05', median: '2026-07-05', p90: '2026-07-05', latest: '2026-07-05' });
  });
  test('not reached is later than any day', () => {
    expect(quantilesOf([null, '2026-07-02', '2026-07-01'])).toEqual({ earliest: '2026-07-01', p10: '2026-07-01', median: '2026-07-02', p90: null, latest: null });
  });
});

test('a curve has the share of each day, and the tenth, half and nine tenths of the runs', () => {
  const runs: readonly (readonly Arrival[])[] = [1, 2, 3].map((day) => [{ population: 3, on: `2026-07-0${day}` }, { population: 1, on: null }]);
  expect(curveOf(runs, '2026-07-01', 3, ({ population }) => population)).toEqual({ low: [0, 0, 0.75, 0.75], median: [0, 0.75, 0.75, 0.75], high: [0.75, 0.75, 0.75, 0.75] });
  const curve = curveOf(runs, '2026-07-01', 3, () => 1);
  expect([curve.median, lastChange(curve)]).toEqual([[0, 0.5, 0.5, 0.5], 2]);
});
