import { addDays, civilDateOf, laterDate } from '../../shared/civil-date.ts';
import { isInForce } from '../membership/standing.ts';
import type { OpenedCase } from '../state.ts';
import type { NisSlice } from './state.ts';
import { NIS_DUTIES, type NisDuty } from './terms.ts';
import { nisWindow, yearOf, type NisWindow } from './windows.ts';

/** True when the duty of a year is recorded. */
export function isDone({ nisDuties }: NisSlice, duty: NisDuty, year: number): boolean {
  return nisDuties.some((done) => done.duty === duty && done.year === year);
}

/** Key of the escalation of a yearly duty: once it was said of a year, the next year's is the one to come. */
export function nisOverdueKey(duty: NisDuty, year: number): string {
  return `nis-${duty}-${year}-last-days`;
}

export interface NisTerm extends NisWindow {
  readonly duty: NisDuty;
  readonly year: number;
}

/**
 * The next window of each duty of a subject of NIS that is bound by the convention: of the first year that is neither recorded nor was
 * escalated. A year whose last `days` had begun when the convention came into force, or was recorded, is not asked for.
 */
export function nisTerms(state: OpenedCase, days: number): readonly NisTerm[] {
  const { registration } = state.convention;
  if (state.opening.policies.nisSubject !== true || registration === null || !isInForce(state)) return [];
  const from = laterDate(civilDateOf(registration.at), registration.inForceOn);
  const told = new Set(state.reminded.map(({ key }) => key));
  return NIS_DUTIES.map((duty) => {
    let year = yearOf(from);
    while (addDays(nisWindow(duty, year).to, -days) <= from || isDone(state, duty, year) || told.has(nisOverdueKey(duty, year))) year += 1;
    return { duty, year, ...nisWindow(duty, year) };
  });
}
