import { addDays, startOfDay, type CivilDate } from '../domain/shared/civil-date.ts';
import { dayOfBoth, dayOfCount, dayOfPopulation, quantilesOf, type Arrival, type Quantiles } from './distribution.ts';
import type { Comune } from './offices.ts';
import { runCase, type CaseEnd, type Counts, type SimulatedCase } from './run-case.ts';

export interface Scenario {
  readonly comuni: readonly Comune[];
  /** The first run's seed; those after it count up. */
  readonly seed: number;
  readonly runs: number;
  /** Day on which the cases are opened. */
  readonly from: CivilDate;
  readonly days: number;
  /** The gate of the Agency's constitution: so many comuni, with at least this percentage of the population. */
  readonly threshold: number;
  readonly percent: number;
}

export interface Run {
  readonly seed: number;
  readonly cases: readonly SimulatedCase[];
}

/** Something reached when enough resolutions are executive: its day in each run, in their order. */
export interface Milestone extends Quantiles {
  readonly comuni: number | null;
  readonly percent: number | null;
  readonly days: readonly (CivilDate | null)[];
}

export interface StuckCase {
  readonly id: string;
  readonly seed: number;
  readonly waitingFor: readonly string[];
}

export interface Simulation {
  readonly scenario: Scenario;
  readonly population: number;
  readonly runs: readonly Run[];
  readonly milestones: readonly Milestone[];
  /** Days on which conventions were in force, and referents in office, of all comuni together. */
  readonly allInForce: Milestone;
  readonly allArrived: Milestone;
  readonly ends: Readonly<Record<CaseEnd, number>>;
  readonly stuck: readonly StuckCase[];
  readonly events: Counts;
  readonly refusals: Counts;
}

/** All runs, one case after the other: cases of comuni do not wait for each other. `onCase` hears how many are done. */
export async function simulate(scenario: Scenario, onCase: (done: number, all: number) => void = () => undefined): Promise<Simulation> {
  const { comuni, seed, runs: count, from, days } = scenario;
  const horizon = { from, until: startOfDay(addDays(from, days)) };
  const runs: Run[] = [];
  for (let run = 0; run < count; run += 1) {
    const cases: SimulatedCase[] = [];
    for (const comune of comuni) {
      cases.push(await runCase(comune, seed + run, horizon));
      onCase(run * comuni.length + cases.length, count * comuni.length);
    }
    runs.push({ seed: seed + run, cases });
  }
  return summarize(scenario, runs);
}

const PERCENTS = [10, 25, 50, 75, 90, 100] as const;

function summarize(scenario: Scenario, runs: readonly Run[]): Simulation {
  const { comuni, threshold, percent } = scenario;
  const arrivals = runs.map(executive);
  const cases = runs.flatMap((run) => run.cases);
  const all = comuni.length;
  const milestone = (of: Pick<Milestone, 'comuni' | 'percent'>, days: readonly (CivilDate | null)[]): Milestone => ({ ...of, days, ...quantilesOf(days) });
  const allBy = (day: (one: SimulatedCase) => CivilDate | null): Milestone => milestone(
    { comuni: all, percent: null }, runs.map((run) => dayOfCount(run.cases.map((one) => ({ population: one.population, on: day(one) })), all)),
  );
  return {
    scenario,
    population: comuni.reduce((sum, { population }) => sum + population, 0),
    runs,
    milestones: [
      ...countsOf(all).map((count) => milestone({ comuni: count, percent: null }, arrivals.map((run) => dayOfCount(run, count)))),
      ...PERCENTS.map((share) => milestone({ comuni: null, percent: share }, arrivals.map((run) => dayOfPopulation(run, share)))),
      milestone({ comuni: threshold, percent }, arrivals.map((run) => dayOfBoth(dayOfCount(run, threshold), dayOfPopulation(run, percent)))),
    ],
    allInForce: allBy(({ inForceOn }) => inForceOn),
    allArrived: allBy(({ arrivedOn }) => arrivedOn),
    ends: ends(cases),
    stuck: runs.flatMap(({ seed, cases: own }) => own.filter(({ end }) => end === 'STUCK').map(({ id, waitingFor }) => ({ id, seed, waitingFor }))),
    events: sum(cases.map(({ events }) => events)),
    refusals: sum(cases.map(({ refusals }) => refusals)),
  };
}

/** The members of a run, with the day on which each resolution was executive. */
export function executive({ cases }: Run): readonly Arrival[] {
  return cases.map(({ population, executiveOn }) => ({ population, on: executiveOn }));
}

/** The first, twenty, a third, half, a hundred, all; of a few comuni, those that there are. */
export function countsOf(all: number): readonly number[] {
  const wanted = [1, 20, Math.ceil(all / 3), Math.ceil(all / 2), 100, all].filter((count) => count <= all);
  return [...new Set(wanted)].toSorted((a, b) => a - b);
}

function ends(cases: readonly SimulatedCase[]): Simulation['ends'] {
  const of = (end: CaseEnd): number => cases.filter((one) => one.end === end).length;
  return { ARRIVED: of('ARRIVED'), UNDER_WAY: of('UNDER_WAY'), STUCK: of('STUCK') };
}

/** In the order of the names, so that the same runs give the same text. */
function sum(counts: readonly Counts[]): Counts {
  const total = new Map<string, number>();
  for (const one of counts) for (const [name, count] of Object.entries(one)) total.set(name, (total.get(name) ?? 0) + count);
  return Object.fromEntries([...total].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
