import type { Required } from '../../domain/constitution/threshold.ts';
import type { CivilDate } from '../../domain/shared/civil-date.ts';
import { estimateOf, type Estimate } from './estimate.ts';
import { isBy, type Counted } from './gates.ts';

/** What a comune means for the threshold on a day. */
export interface Decisive {
  readonly body: string;
  readonly population: number;
  /** That its own resolution is executive by the day. */
  readonly itself: Estimate;
  /** That the threshold is met by the day if it is, and if it is not. */
  readonly ifIn: Estimate;
  readonly ifNot: Estimate;
  readonly difference: number;
}

/**
 * The comuni that are still on their way, by how much each moves the probability that the threshold is met by a day, most first. Comuni do not wait for
 * each other, so the probability *given that one makes it* is counted over all runs with that one put in, and put out: no run is lost for it.
 */
export function decisiveAmong(bodies: readonly string[], runs: readonly (readonly Counted[])[], required: Required, on: CivilDate): readonly Decisive[] {
  const sums = runs.map((arrivals) => {
    const there = arrivals.filter(({ executiveOn }) => isBy(executiveOn, on));
    return { there: new Set(there.map(({ body }) => body)), members: there.length, population: there.reduce((sum, { population }) => sum + population, 0) };
  });
  const populations = new Map(runs[0]?.map(({ body, population }) => [body, population]));
  const isMet = (members: number, population: number): boolean => members >= required.members && population >= required.population;
  return bodies.map((body): Decisive => {
    const population = populations.get(body) ?? 0;
    let [itself, ifIn, ifNot] = [0, 0, 0];
    for (const run of sums) {
      const isThere = run.there.has(body);
      const [members, inhabitants] = isThere ? [run.members - 1, run.population - population] : [run.members, run.population];
      if (isThere) itself += 1;
      if (isMet(members, inhabitants)) ifNot += 1;
      if (isMet(members + 1, inhabitants + population)) ifIn += 1;
    }
    const [withIt, without] = [estimateOf(ifIn, runs.length), estimateOf(ifNot, runs.length)];
    return { body, population, itself: estimateOf(itself, runs.length), ifIn: withIt, ifNot: without, difference: (ifIn - ifNot) / runs.length };
  }).toSorted((a, b) => b.difference - a.difference || b.population - a.population || (a.body < b.body ? -1 : 1));
}
