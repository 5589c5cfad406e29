import { addDays, type CivilDate } from '../domain/shared/civil-date.ts';

/** The days of one thing over several runs, in order; null: not by the end, which is later than any day. */
export interface Quantiles {
  readonly earliest: CivilDate | null;
  readonly p10: CivilDate | null;
  readonly median: CivilDate | null;
  readonly p90: CivilDate | null;
  readonly latest: CivilDate | null;
}

/** Nearest rank: each is the day of some run, none between two runs. */
export function quantilesOf(days: readonly (CivilDate | null)[]): Quantiles {
  const sorted = days.toSorted((a, b) => compareDays(a, b));
  const at = (share: number): CivilDate | null => sorted[rank(share, sorted.length)] ?? null;
  return { earliest: at(0), p10: at(0.1), median: at(0.5), p90: at(0.9), latest: at(1) };
}

function rank(share: number, count: number): number {
  return Math.max(0, Math.ceil(share * count) - 1);
}

function compareDays(a: CivilDate | null, b: CivilDate | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null || a < b ? -1 : 1;
}

/** A member with the day on which its resolution was executive in one run. */
export interface Arrival {
  readonly population: number;
  readonly on: CivilDate | null;
}

/** First day on which that many are there; null when they are not by the end. */
export function dayOfCount(arrivals: readonly Arrival[], count: number): CivilDate | null {
  return arrivals.map(({ on }) => on).toSorted(compareDays)[count - 1] ?? null;
}

/** First day on which those there hold at least that percentage of the population of all. */
export function dayOfPopulation(arrivals: readonly Arrival[], percent: number): CivilDate | null {
  const all = arrivals.reduce((sum, { population }) => sum + population, 0);
  let there = 0;
  for (const { on, population } of arrivals.toSorted((a, b) => compareDays(a.on, b.on))) {
    there += population;
    // In whole numbers: no rounding decides a threshold.
    if (there * 100 >= all * percent) return on;
  }
  return null;
}

/** The later of two days; null when one of them is not reached. */
export function dayOfBoth(one: CivilDate | null, other: CivilDate | null): CivilDate | null {
  return compareDays(one, other) > 0 ? one : other;
}

/** Shares (0 to 1) that are there at the end of each day, over several runs. */
export interface Curve {
  readonly low: readonly number[];
  readonly median: readonly number[];
  readonly high: readonly number[];
}

/** The tenth, half and nine tenths of the runs on each day from the first on; `weigh` is what counts of a member. */
export function curveOf(runs: readonly (readonly Arrival[])[], from: CivilDate, days: number, weigh: (arrival: Arrival) => number): Curve {
  const shares = runs.map((arrivals) => sharesByDay(arrivals, from, days, weigh));
  const quantile = (share: number): readonly number[] => Array.from({ length: days + 1 }, (_none, day) => {
    const sorted = shares.map((run) => run[day] ?? 0).toSorted((a, b) => a - b);
    return sorted[rank(share, sorted.length)] ?? 0;
  });
  return { low: quantile(0.1), median: quantile(0.5), high: quantile(0.9) };
}

function sharesByDay(arrivals: readonly Arrival[], from: CivilDate, days: number, weigh: (arrival: Arrival) => number): readonly number[] {
  const come = new Map<CivilDate, number>();
  for (const arrival of arrivals) if (arrival.on !== null) come.set(arrival.on, (come.get(arrival.on) ?? 0) + weigh(arrival));
  const all = arrivals.reduce((sum, arrival) => sum + weigh(arrival), 0);
  let there = 0;
  return Array.from({ length: days + 1 }, (_none, day) => {
    there += come.get(addDays(from, day)) ?? 0;
    return there / all;
  });
}

/** The number of the last day on which a curve still changes. */
export function lastChange({ low, median, high }: Curve): number {
  return Math.max(...[low, median, high].map((shares) => shares.indexOf(shares.at(-1) ?? 0)));
}
