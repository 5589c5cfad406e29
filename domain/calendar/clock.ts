import { addDays, addHours, instantOfMillis, millisOf, startOfDay, type CivilDate, type Instant } from '../shared/civil-date.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const MINUTES_A_DAY = 24 * 60;
/** Clocks in Rome change between 02:00 and 03:00. */
const BEFORE_ANY_CHANGE = 2 * 60;

/** Which way the clocks in Rome go in the first hours of that date, or null; read from the zone's data, not from a rule of ours. */
export function clockChangeOn(date: CivilDate): 'FORWARD' | 'BACK' | null {
  const hours = hoursBetween(startOfDay(date), startOfDay(addDays(date, 1)));
  if (hours === 24) return null;
  return hours < 24 ? 'FORWARD' : 'BACK';
}

/** The instant of the change, on a date that has one: 02:00 when going forward, 03:00 when going back. */
export function clockChangeAt(date: CivilDate): Instant {
  return addHours(startOfDay(date), clockChangeOn(date) === 'FORWARD' ? 2 : 3);
}

/**
 * The instant at which clocks in Rome show so many minutes after midnight. From the small hours on it is counted back from
 * the day's end, since a change of clocks lies before it; not for the hour that a change takes or gives (02:00 to 03:00).
 */
export function atWallTime(date: CivilDate, minutes: number): Instant {
  return minutes < BEFORE_ANY_CHANGE
    ? instantOfMillis(millisOf(startOfDay(date)) + minutes * MINUTE_MS)
    : instantOfMillis(millisOf(startOfDay(addDays(date, 1))) - (MINUTES_A_DAY - minutes) * MINUTE_MS);
}

/** Hours from one instant to another, as they elapse. */
export function hoursBetween(from: Instant, to: Instant): number {
  return (millisOf(to) - millisOf(from)) / HOUR_MS;
}
