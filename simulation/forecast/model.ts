import type { AdhesionState } from '../../domain/adhesion/index.ts';
import { civilDateOf, daysBetween, laterDate, type CivilDate } from '../../domain/shared/civil-date.ts';
import type { Bilingual } from '../../domain/shared/bilingual.ts';
import type { Draws } from '../draws.ts';
import { isOfAgency, spreadOf, type Step } from '../durations.ts';
import type { Awaited, Pacing } from '../run-case.ts';
import { STEP_SOURCES } from './priors.ts';
import { groundOf, MEASURED, readingsOf, type MeasuredStep } from './readings.ts';

/** From so many on, what is recorded of a step is believed instead of the prior. */
export const ENOUGH_RECORDS = 10;
/** A prior that is drawn again for what has waited already. */
const MOST_DRAWS = 50;

/** What is known of how long a step takes, and from where. */
export interface StepModel {
  readonly step: MeasuredStep;
  readonly by: 'RECORDS' | 'PRIOR';
  /** What is recorded, in days, in order; with `PRIOR` they are too few. */
  readonly records: readonly number[];
  /** On what ground the prior stands; said also where records take its place. */
  readonly prior: { readonly least: number; readonly usual: number; readonly most: number; readonly source: Bilingual };
}

export type Model = Readonly<Record<MeasuredStep, StepModel>>;

/** Learns from finished steps of all cases on record. */
export function modelOf(states: readonly AdhesionState[]): Model {
  const readings = states.flatMap(readingsOf);
  return Object.fromEntries(MEASURED.map((step): [MeasuredStep, StepModel] => {
    const records = readings.flatMap(([of, days]) => (of === step ? [days] : [])).toSorted((a, b) => a - b);
    return [step, { step, by: records.length >= ENOUGH_RECORDS ? 'RECORDS' : 'PRIOR', records, prior: { ...spreadOf(step), source: STEP_SOURCES[step] } }];
  })) as Model;
}

/** How long steps take by a model: a step that has waited already takes as long as those did that waited at least so long. */
export function pacingBy(model: Model): Pacing {
  return { days: (step, awaited) => daysLeft(model, step, awaited), bySittings: model.agenda.by === 'PRIOR' };
}

function daysLeft(model: Model, step: Step, { state, since, now, draws, pace }: Awaited): number {
  const known = measuredAs(step);
  const today = civilDateOf(now);
  const ground = known === null ? null : groundOf(known, state);
  if (known !== null && model[known].by === 'RECORDS') return leftOfRecords(model[known].records, waited(ground, today), draws);
  const awaitedSince = ground === null ? civilDateOf(since) : laterDate(ground, civilDateOf(since));
  const { most } = spreadOf(step);
  const stretch = isOfAgency(step) ? 1 : pace;
  return leftOfPrior(() => draws.days(spreadOf(step), stretch), Math.round(most * stretch), waited(awaitedSince, today));
}

/** A lost receipt is among those recorded. */
function measuredAs(step: Step): MeasuredStep | null {
  if (step === 'receiptLost') return 'receipt';
  return MEASURED.find((one) => one === step) ?? null;
}

function waited(since: CivilDate | null, today: CivilDate): number {
  return since === null ? 0 : Math.max(0, daysBetween(since, today));
}

/** What waits longer than anything on record says nothing of when it ends: it is as if it began today. */
function leftOfRecords(records: readonly number[], already: number, draws: Draws): number {
  const first = records.findIndex((days) => days >= already);
  const [from, gone] = first < 0 ? [0, 0] : [first, already];
  return (records[draws.whole(from, records.length - 1)] ?? 0) - gone;
}

function leftOfPrior(draw: () => number, most: number, already: number): number {
  if (already === 0 || already > most) return draw();
  for (let left = MOST_DRAWS; left > 0; left -= 1) {
    const days = draw();
    if (days >= already) return days - already;
  }
  return 0;
}
