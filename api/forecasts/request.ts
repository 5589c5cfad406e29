import { z } from 'zod';
import { civilDate } from '../../domain/adhesion/schemas/fields.ts';
import { GATES, outOfOrder, PUBLISHED_PLAN, type Gate, type Plan } from '../../domain/constitution/plan.ts';
import type { Constitution } from '../../domain/constitution/state.ts';
import { endOf } from '../../domain/constitution/gates.ts';
import { isReachable, presetThreshold, THRESHOLD_PRESETS, type Territory, type Threshold } from '../../domain/constitution/threshold.ts';
import type { Path } from '../../simulation/forecast/gates.ts';
import { Problem } from '../problems.ts';

/** Comuni that stand still in one question, and for how many days. */
const MOST_DELAYS = 1_000;
const MOST_STILL = 365;
const DEFAULT_RUNS = 100;
const MOST_RUNS = 500;
const DEFAULT_DAYS = 365;
const MOST_DAYS = 1_095;
const MOST_SEED = 2_147_483_647;

const share = z.strictObject({ numerator: z.int().min(1).max(1_000), denominator: z.int().min(1).max(1_000) });
const threshold = z.union([
  z.enum(THRESHOLD_PRESETS),
  z.strictObject({ minMembers: z.union([z.int().min(1).max(10_000), share]), minPopulation: z.union([z.int().min(0).max(100_000_000), share]) }),
]).describe('DEFAULT: two comuni with 20,000 inhabitants; CONFERENCE_RULE: a third of the comuni with more than half of the inhabitants; or numbers or parts of one\'s own. Default: that of the open constitution, else DEFAULT');
const plan = z.partialRecord(z.enum(GATES), z.strictObject({ from: civilDate, to: civilDate })).describe('Periods of gates, both days included; of those left out as it was');

export const ForecastRequest = z.strictObject({
  seed: z.int().min(0).max(MOST_SEED).default(1).describe('Of the first run: the same seed gives the same answer'),
  runs: z.int().min(10).max(MOST_RUNS).default(DEFAULT_RUNS).describe('More runs, a smaller error'),
  days: z.int().min(1).max(MOST_DAYS).default(DEFAULT_DAYS).describe('Days that are looked ahead'),
  on: civilDate.optional().describe('Day for which it is asked which comuni decide; default: the end of the period of their resolutions, past it the median day of the threshold'),
  plan: plan.optional(),
  threshold: threshold.optional(),
  reached: z.partialRecord(z.enum(GATES), civilDate).optional().describe('Gates that were reached already, each with its day, beside those of the open constitution'),
  shift: z.strictObject({
    plan: plan.optional(),
    threshold: threshold.optional(),
    delays: z.array(z.strictObject({
      body: z.string().max(100).describe('IPA code'), days: z.int().min(1).max(MOST_STILL),
    })).max(MOST_DELAYS).optional().describe('Comuni in which nothing is done for so many days, while the terms of the law run'),
  }).optional().describe('What if: the same runs once more, so changed, on copies'),
});
export type ForecastRequest = z.output<typeof ForecastRequest>;

/** What is looked at where no constitution is open: the published programme, nothing of it reached. */
const PUBLISHED: Path = { plan: PUBLISHED_PLAN, threshold: presetThreshold('DEFAULT'), reached: {} };

/** The path of the open constitution as it stands: its days as revised and extended, its threshold, the gates that were reached. */
export function standingPath(constitution: Constitution | null): Path {
  if (constitution === null) return PUBLISHED;
  const { plan, threshold, reached } = constitution;
  return {
    plan: Object.fromEntries(GATES.map((gate) => [gate, { from: plan[gate].from, to: endOf(constitution, gate) }])) as Plan,
    threshold,
    reached: Object.fromEntries(GATES.flatMap((gate) => (reached[gate] === undefined ? [] : [[gate, reached[gate].on]]))),
  };
}

/** The path that is asked for, on the one that stands, and that of its what-if. Throws Problem for a plan out of order, and for a threshold that nobody can reach. */
export function pathsOf({ plan: asked, threshold: wanted, reached = {}, shift }: ForecastRequest, standing: Path, territory: Territory): { readonly path: Path; readonly shifted: Path } {
  const path: Path = {
    plan: planOf(standing.plan, asked, 'plan'),
    threshold: wanted === undefined ? standing.threshold : thresholdOf(wanted, territory, 'threshold'),
    reached: { ...standing.reached, ...withoutUndefined(reached) },
  };
  return {
    path,
    shifted: {
      ...path, plan: planOf(path.plan, shift?.plan, 'shift.plan'),
      threshold: shift?.threshold === undefined ? path.threshold : thresholdOf(shift.threshold, territory, 'shift.threshold'),
    },
  };
}

function planOf(base: Plan, changes: ForecastRequest['plan'], path: string): Plan {
  const whole: Plan = { ...base, ...withoutUndefined(changes ?? {}) };
  const wrong = outOfOrder(whole);
  if (wrong === undefined) return whole;
  throw Problem.validation([{
    code: 'PLAN_OUT_OF_ORDER', message: { it: `Il termine di ${wrong} precede il suo inizio, o quello del traguardo prima.`, en: `The end of ${wrong} lies before its beginning, or before that of the gate before.` }, path: `${path}.${wrong}`,
  }]);
}

function thresholdOf(wanted: NonNullable<ForecastRequest['threshold']>, territory: Territory, path: string): Threshold {
  const threshold = typeof wanted === 'string' ? presetThreshold(wanted) : wanted;
  if (isReachable(threshold, territory)) return threshold;
  throw Problem.validation([{ code: 'THRESHOLD_UNREACHABLE', message: { it: 'Nemmeno tutti i comuni insieme raggiungono questa soglia.', en: 'Not even all comuni together reach this threshold.' }, path }]);
}

function withoutUndefined<Value>(found: { readonly [One in Gate]?: Value | undefined }): { readonly [One in Gate]?: Value } {
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}
