import { workingDaysAfter } from '../domain/calendar/terms.ts';
import type { Votes } from '../domain/calendar/majority.ts';
import { addDays, dayOfWeek, daysBetween, type CivilDate } from '../domain/shared/civil-date.ts';
import type { Draws } from './draws.ts';
import { COUNCIL, COUNCIL_PAUSES } from './durations.ts';

/** The habit of a council: a weekday, every so many weeks, but for the pauses. */
export interface Sittings {
  /** A day on which it meets; the others are whole periods away. */
  readonly anchor: CivilDate;
  readonly weeks: number;
}

/** Councils meet in the evening from Monday to Friday; where in its period a council stands is drawn. */
export function sittingsOf(draws: Draws, from: CivilDate, weeks: number): Sittings {
  const monday = addDays(from, 1 - dayOfWeek(from));
  return { anchor: addDays(monday, draws.whole(0, 4) + 7 * draws.whole(0, weeks - 1)), weeks };
}

/** The first ordinary sitting on or after a day; one that would fall on a holiday is held on the next working day. */
export function nextSitting({ anchor, weeks }: Sittings, notBefore: CivilDate): CivilDate {
  const period = 7 * weeks;
  const index = Math.ceil(daysBetween(anchor, notBefore) / period);
  for (let day = addDays(anchor, index * period); ; day = addDays(day, period)) {
    const sitting = workingDaysAfter(addDays(day, -1), 1, null);
    if (!isPause(sitting)) return sitting;
  }
}

function isPause(day: CivilDate): boolean {
  return COUNCIL_PAUSES.some(({ from, to }) => day.slice(5) >= from && day.slice(5) <= to);
}

export interface Ballot {
  readonly councillorsPresent: number;
  readonly mayorPresent: boolean;
  readonly votes: Votes;
}

/** Who is there and how they vote, by COUNCIL; whether it is enough is the process's word. */
export function ballot(draws: Draws, councillors: number): Ballot {
  const majority = Math.round(councillors * COUNCIL.majoritySeats);
  const ours = draws.of(majority, COUNCIL.majorityPresent);
  const others = draws.of(councillors - majority, COUNCIL.minorityPresent);
  const oursFor = draws.chance(COUNCIL.split) ? draws.of(ours, COUNCIL.splitInFavour) : ours;
  const othersFor = draws.of(others, COUNCIL.minorityInFavour);
  const against = draws.of(others - othersFor, 0.5) + ours - oursFor;
  return {
    councillorsPresent: ours + others,
    mayorPresent: true,
    votes: { for: oursFor + othersFor + 1, against, abstained: ours + others - oursFor - othersFor - against },
  };
}
