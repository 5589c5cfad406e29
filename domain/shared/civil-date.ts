import { Temporal } from 'temporal-polyfill';

/** A civil date in Europe/Rome, `YYYY-MM-DD`. */
export type CivilDate = string;
/** An instant, RFC 3339 in UTC with milliseconds at most (`2026-07-05T22:00:00Z`). */
export type Instant = string;

const ROME = 'Europe/Rome';

/** The civil date in Rome at an instant. Throws RangeError on a malformed instant. */
export function civilDateOf(instant: Instant): CivilDate {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(ROME).toPlainDate().toString();
}

/** 00:00 in Rome of a civil date, as an instant in UTC (the change of clock is the library's care). */
export function startOfDay(date: CivilDate): Instant {
  return Temporal.PlainDate.from(date).toZonedDateTime(ROME).toInstant().toString();
}

export function addDays(date: CivilDate, days: number): CivilDate {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** Months are added with the day clamped to the month's end (art. 2963 c.4-5 c.c.). */
export function addMonths(date: CivilDate, months: number): CivilDate {
  return Temporal.PlainDate.from(date).add({ months }, { overflow: 'constrain' }).toString();
}

/** Elapsed days from `from` to `to`; negative when `to` is before. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;
}

/** 1 Monday … 7 Sunday. */
export function dayOfWeek(date: CivilDate): number {
  return Temporal.PlainDate.from(date).dayOfWeek;
}

export function isCivilDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}

/** Negative, zero or positive as `a` is before, at or after `b`; offsets may differ. */
export function compareInstants(a: Instant, b: Instant): number {
  // Texts in UTC of one length sort as their instants do; most are, and this is asked often.
  if (a.length === b.length && a.endsWith('Z') && b.endsWith('Z')) return a < b ? -1 : Number(a > b);
  return Temporal.Instant.compare(Temporal.Instant.from(a), Temporal.Instant.from(b));
}

/** The same instant written in UTC, so that texts of instants can be compared and hashed. */
export function normalInstant(instant: string): Instant {
  return Temporal.Instant.from(instant).toString();
}

export function addHours(instant: Instant, hours: number): Instant {
  return Temporal.Instant.from(instant).add({ hours }).toString();
}

export function instantOfMillis(epochMilliseconds: number): Instant {
  return Temporal.Instant.fromEpochMilliseconds(epochMilliseconds).toString();
}

export function millisOf(instant: Instant): number {
  return Temporal.Instant.from(instant).epochMilliseconds;
}

/** The later of two civil dates (their texts sort as they do). */
export function laterDate(a: CivilDate, b: CivilDate): CivilDate {
  return a >= b ? a : b;
}
