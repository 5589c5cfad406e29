import { isClosed, type AdhesionState } from '../../domain/adhesion/index.ts';
import { executiveOn, executivity, isStanding } from '../../domain/adhesion/deliberation/standing.ts';
import { addDays, civilDateOf, daysBetween, startOfDay, type CivilDate } from '../../domain/shared/civil-date.ts';
import { drawsOf } from '../draws.ts';
import type { Comune } from '../offices.ts';
import { continueCase, type LiveCase, type Pacing } from '../run-case.ts';
import { OPENING } from './priors.ts';

/** A comune of the territory with its last adhesion, as it stands on record; null: it has none. */
export interface ForecastBody {
  readonly comune: Comune;
  readonly live: LiveCase | null;
}

/** The dates of a comune in one run that gates ask for; null: not by the horizon. */
export interface Arrival {
  readonly receivedOn: CivilDate | null;
  /** Of the resolution that became executive. */
  readonly adoptedOn: CivilDate | null;
  readonly executiveOn: CivilDate | null;
}

/**
 * Where a comune stands: its resolution is executive and stands (`IN`); its case is closed, or its resolution was suspended, revoked or annulled, so that
 * the forecast counts on nothing (`OUT`); or it is on its way, whether it has a case yet or not.
 */
export type Standing = 'IN' | 'OUT' | 'ON_ITS_WAY';

export function standingOf({ live }: ForecastBody): Standing {
  if (live === null) return 'ON_ITS_WAY';
  const { deliberation } = stateOf(live);
  if (isClosed(stateOf(live))) return 'OUT';
  if (deliberation.adoption === null) return 'ON_ITS_WAY';
  if (!isStanding(deliberation)) return 'OUT';
  return ['EXECUTIVE', 'IMMEDIATE'].includes(executivity(deliberation)) ? 'IN' : 'ON_ITS_WAY';
}

export function stateOf({ state }: LiveCase): AdhesionState {
  // Live cases are those of the adhesion's own process.
  return state as AdhesionState;
}

export interface Span {
  readonly from: CivilDate;
  readonly days: number;
}

/** What is known of a comune that is in, or out, whatever else happens. */
export function knownArrival(body: ForecastBody): Arrival {
  const { live } = body;
  const receivedOn = live === null ? null : stateOf(live).deliberation.receipt?.receivedOn ?? null;
  if (live === null || standingOf(body) !== 'IN') return { receivedOn, adoptedOn: null, executiveOn: null };
  const { deliberation } = stateOf(live);
  return { receivedOn, adoptedOn: deliberation.adoption?.heldOn ?? null, executiveOn: executiveOn(deliberation) };
}

/** How a comune that is on its way fares in one run; for `delay` days nobody does anything there, while the terms of the law run. */
export async function arrivalIn({ comune, live }: ForecastBody, seed: number, pacing: Pacing, { from, days }: Span, delay: number): Promise<Arrival> {
  const draws = drawsOf(seed, comune.ipaCode);
  const opening = live === null ? draws.days(OPENING.days) : 0;
  const begins = addDays(from, opening);
  const still = delay === 0 ? pacing : stillUntil(addDays(begins, delay), pacing);
  const { receivedOn, adoptedOn, executiveOn: on } = await continueCase({ comune, live, draws, pacing: still, from: begins, until: startOfDay(addDays(from, days)) });
  return { receivedOn, adoptedOn: on === null ? null : adoptedOn, executiveOn: on };
}

/** What is taken up before a day is begun on that day. */
function stillUntil(day: CivilDate, pacing: Pacing): Pacing {
  return { ...pacing, days: (step, awaited) => pacing.days(step, awaited) + Math.max(0, daysBetween(civilDateOf(awaited.now), day)) };
}
