import type { CivilDate } from '../shared/civil-date.ts';

/** A part of a whole, exact: one third is `{ numerator: 1, denominator: 3 }`. */
export interface Share {
  readonly numerator: number;
  readonly denominator: number;
}

/**
 * How many comuni, with how many inhabitants, the constitution asks for. A share of the comuni is rounded up (at least one third of
 * 133 is 45); of the population a number is enough when it is reached, a share only when there are more.
 */
export interface Threshold {
  readonly minMembers: number | Share;
  readonly minPopulation: number | Share;
}

/** A comune as the data know it on a day. */
export interface TerritoryBody {
  /** IPA code. */
  readonly body: string;
  readonly population: number;
}

/** The comuni that may join, as the data have them on a day: how many they are, and their inhabitants, come from here alone. */
export interface Territory {
  readonly asOf: CivilDate;
  readonly bodies: readonly TerritoryBody[];
}

/** What a threshold asks for in a territory, in whole comuni and inhabitants. */
export interface Required {
  readonly members: number;
  readonly population: number;
}

export interface ThresholdCount {
  readonly met: boolean;
  readonly members: number;
  readonly population: number;
  readonly required: Required;
  readonly of: { readonly members: number; readonly population: number };
}

export const THRESHOLD_PRESETS = ['DEFAULT', 'CONFERENCE_RULE'] as const;
export type ThresholdPreset = (typeof THRESHOLD_PRESETS)[number];

const PRESETS: Readonly<Record<ThresholdPreset, Threshold>> = {
  /** An association needs two; AgID names 20,000 inhabitants for efficiency. */
  DEFAULT: { minMembers: 2, minPopulation: 20_000 },
  /** What L. 56/2014 asks of the conference for the statute: a third of the comuni, and more than half of the inhabitants. */
  CONFERENCE_RULE: { minMembers: { numerator: 1, denominator: 3 }, minPopulation: { numerator: 1, denominator: 2 } },
};

export function presetThreshold(preset: ThresholdPreset): Threshold {
  return PRESETS[preset];
}

/** The preset that a threshold is; null for one of somebody's own. */
export function presetOf(threshold: Threshold): ThresholdPreset | null {
  return THRESHOLD_PRESETS.find((preset) => isSame(PRESETS[preset], threshold)) ?? null;
}

export function requiredIn({ minMembers, minPopulation }: Threshold, { bodies }: Territory): Required {
  return { members: requiredMembers(minMembers, bodies.length), population: requiredPopulation(minPopulation, populationOf(bodies)) };
}

/** Comuni of so many: a share is rounded up. */
export function requiredMembers(min: Threshold['minMembers'], of: number): number {
  return typeof min === 'number' ? min : Math.ceil((of * min.numerator) / min.denominator);
}

/** Inhabitants of so many: of a share, more than that. */
export function requiredPopulation(min: Threshold['minPopulation'], of: number): number {
  return typeof min === 'number' ? min : Math.floor((of * min.numerator) / min.denominator) + 1;
}

/**
 * Whether these members (IPA codes) reach the threshold in a territory. Who is not of the territory does not count (a comune that
 * was merged into another), nobody counts twice.
 */
export function thresholdMet(members: Iterable<string>, territory: Territory, threshold: Threshold): ThresholdCount {
  const joined = new Set(members);
  const counted = territory.bodies.filter(({ body }) => joined.has(body));
  const required = requiredIn(threshold, territory);
  const population = populationOf(counted);
  return {
    met: counted.length >= required.members && population >= required.population,
    members: counted.length, population, required,
    of: { members: territory.bodies.length, population: populationOf(territory.bodies) },
  };
}

/** True when all comuni together reach it: a threshold that nobody can reach is none. */
export function isReachable(threshold: Threshold, territory: Territory): boolean {
  return thresholdMet(territory.bodies.map(({ body }) => body), territory, threshold).met;
}

/** Inhabitants of some comuni together. */
export function populationOf(bodies: readonly TerritoryBody[]): number {
  return bodies.reduce((sum, { population }) => sum + population, 0);
}

function isSame(one: Threshold, other: Threshold): boolean {
  return isSameMeasure(one.minMembers, other.minMembers) && isSameMeasure(one.minPopulation, other.minPopulation);
}

function isSameMeasure(one: number | Share, other: number | Share): boolean {
  if (typeof one === 'number' || typeof other === 'number') return one === other;
  return one.numerator * other.denominator === other.numerator * one.denominator;
}

/** A threshold as it is said: by the name of a preset, or with its numbers. */
export function resolveThreshold(said: ThresholdPreset | Threshold): Threshold {
  return typeof said === 'string' ? PRESETS[said] : said;
}
