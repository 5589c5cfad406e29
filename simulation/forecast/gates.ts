import { GATES, type Gate, type Plan } from '../../domain/constitution/plan.ts';
import { requiredIn, type Required, type Threshold } from '../../domain/constitution/threshold.ts';
import { addDays, laterDate, type CivilDate } from '../../domain/shared/civil-date.ts';
import { dayOfBoth, dayOfCount } from '../distribution.ts';
import type { Draws } from '../draws.ts';
import type { Arrival } from './arrivals.ts';
import { GATE_PRIORS } from './priors.ts';

/** What the Agency's path goes by. */
export interface Path {
  readonly plan: Plan;
  readonly threshold: Threshold;
  /** Gates that were reached already, each with its day. */
  readonly reached: { readonly [One in Gate]?: CivilDate };
}

/** A comune's inhabitants beside its dates in a run. */
export interface Counted extends Arrival {
  readonly body: string;
  readonly population: number;
}

/** The day of each gate in one run; null: not reached. */
export type GateDays = Readonly<Record<Gate, CivilDate | null>>;

export interface GateRun {
  readonly days: GateDays;
  readonly onTime: Readonly<Record<Gate, boolean>>;
}

export function requiredOf({ threshold }: Pick<Path, 'threshold'>, asOf: CivilDate, arrivals: readonly Counted[]): Required {
  return requiredIn(threshold, { asOf, bodies: arrivals.map(({ body, population }) => ({ body, population })) });
}

/** The days of the gates in a run: those of the comuni by their cases, those of the Agency one after the other, none before its period begins. */
export function gatesIn(path: Path, arrivals: readonly Counted[], asOf: CivilDate, draws: Draws): GateRun {
  const { plan, reached } = path;
  const required = requiredOf(path, asOf, arrivals);
  // Drawn in this order and whether needed or not, so that one gate more on record leaves the others' draws as they are.
  const drawn = Object.fromEntries(Object.entries(GATE_PRIORS).map(([gate, { days }]) => [gate, draws.days(days)])) as Record<keyof typeof GATE_PRIORS, number>;
  const after = (gate: keyof typeof GATE_PRIORS, before: CivilDate | null): CivilDate | null => (
    reached[gate] ?? (before === null ? null : addDays(latest(before, plan[gate].from, asOf), drawn[gate])));
  const shown = after('PROJECT_SHOWN', plan.PROJECT_SHOWN.from);
  const sent = reached.TEMPLATES_SENT ?? arrivals.reduce<CivilDate | null>((last, { receivedOn }) => (last === null || receivedOn === null ? null : laterDate(last, receivedOn)), plan.TEMPLATES_SENT.from);
  const municipal = reached.MUNICIPAL_RESOLUTIONS ?? thresholdOn(arrivals.map(({ population, executiveOn }) => ({ population, on: executiveOn })), required);
  const metropolitan = after('CMM_RESOLUTION', municipal);
  const constituted = after('CONSTITUTED', metropolitan);
  const board = after('BOARD_APPOINTED', constituted);
  const days: GateDays = {
    PROJECT_SHOWN: shown, TEMPLATES_SENT: sent, MUNICIPAL_RESOLUTIONS: municipal, CMM_RESOLUTION: metropolitan, CONSTITUTED: constituted, BOARD_APPOINTED: board,
    FIRST_BUDGET_PREPARED: after('FIRST_BUDGET_PREPARED', board),
  };
  // Resolutions of the comuni are in time when they are adopted by the day, and become executive later.
  const adopted = thresholdOn(arrivals.map(({ population, adoptedOn }) => ({ population, on: adoptedOn })), required);
  const judged: GateDays = { ...days, MUNICIPAL_RESOLUTIONS: reached.MUNICIPAL_RESOLUTIONS === undefined ? adopted : municipal };
  const onTime = Object.fromEntries(GATES.map((gate) => [gate, isBy(judged[gate], plan[gate].to)])) as Record<Gate, boolean>;
  return { days, onTime };
}

/** First day on which those there are enough by number and by inhabitants; null: they never are. */
export function thresholdOn(arrivals: readonly { readonly population: number; readonly on: CivilDate | null }[], { members, population: wanted }: Required): CivilDate | null {
  const inOrder = arrivals.filter((one): one is { readonly population: number; readonly on: CivilDate } => one.on !== null).toSorted((a, b) => (a.on < b.on ? -1 : 1));
  let there = 0;
  const populous = wanted <= 0 ? inOrder[0] : inOrder.find(({ population }) => { there += population; return there >= wanted; });
  return populous === undefined ? null : dayOfBoth(dayOfCount(arrivals, Math.max(1, members)), populous.on);
}

export function isBy(day: CivilDate | null, by: CivilDate): boolean {
  return day !== null && day <= by;
}

function latest(...days: readonly CivilDate[]): CivilDate {
  return days.reduce(laterDate);
}
