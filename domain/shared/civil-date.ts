import { Temporal } from 'temporal-polyfill';
import { remembered } from './remembered.ts';

/** A civil date in Europe/Rome, `YYYY-MM-DD`. */
export type CivilDate = string;
/** An instant, RFC 3339 in UTC with milliseconds at most (`2026-07-05T22:00:00Z`). */
export type Instant = string;

const ROME = 'Europe/Rome';
const MILLIS_PER_DAY = 86_400_000;
const MILLIS_PER_HOUR = 3_600_000;

/** The civil date in Rome at an instant. Throws RangeError on a malformed instant. */
export function civilDateOf(instant: Instant): CivilDate {
  return dateOfHour(Math.floor(millisOf(instant) / MILLIS_PER_HOUR));
}

/** Rome has been whole hours from UTC since 1893, and changes its clock on the hour: all of an hour of UTC lies in one civil day. */
const dateOfHour = remembered((hour: number): CivilDate =>
  Temporal.Instant.fromEpochMilliseconds(hour * MILLIS_PER_HOUR).toZonedDateTimeISO(ROME).toPlainDate().toString());

/** 00:00 in Rome of a civil date, as an instant in UTC (the change of clock is the library's care). */
export const startOfDay: (date: CivilDate) => Instant = remembered((date) =>
  Temporal.PlainDate.from(date).toZonedDateTime(ROME).toInstant().toString());

/** 00:00 in Rome of the day after: when a day, or a term that ends with it, is over. */
export function startOfNextDay(date: CivilDate): Instant {
  return startOfDay(addDays(date, 1));
}

export function addDays(date: CivilDate, days: number): CivilDate {
  return dateOfMillis(startInUtc(date) + days * MILLIS_PER_DAY);
}

/** Months are added with the day clamped to the month's end (art. 2963 c.4-5 c.c.). */
export function addMonths(date: CivilDate, months: number): CivilDate {
  return Temporal.PlainDate.from(date).add({ months }, { overflow: 'constrain' }).toString();
}

/** Elapsed days from `from` to `to`; negative when `to` is before. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return (startInUtc(to) - startInUtc(from)) / MILLIS_PER_DAY;
}

/** 1 Monday … 7 Sunday. */
export function dayOfWeek(date: CivilDate): number {
  return new Date(startInUtc(date)).getUTCDay() || 7;
}

export function isCivilDate(text: string): boolean {
  return !Number.isNaN(millisOfDate(text));
}

/**
 * Days are counted by the language's own Date in UTC, which has no zone to err in and costs a tenth of Temporal.PlainDate
 * (ADR 7); NaN for a text that is no date of the calendar.
 */
const millisOfDate = remembered((text: string): number => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return Number.NaN;
  const millis = Date.parse(text);
  // Date.parse carries 30 February over into March.
  return !Number.isNaN(millis) && dateOfMillis(millis) === text ? millis : Number.NaN;
});

function startInUtc(date: CivilDate): number {
  const millis = millisOfDate(date);
  if (Number.isNaN(millis)) throw new RangeError(`Not a civil date: ${date}`);
  return millis;
}

const dateOfMillis = remembered((epochMilliseconds: number): CivilDate => new Date(epochMilliseconds).toISOString().slice(0, 10));

/** Negative, zero or positive as `a` is before, at or after `b`; offsets may differ. */
export function compareInstants(a: Instant, b: Instant): number {
  // Texts in UTC of one length sort as their instants do; most are, and this is asked often.
  if (a.length === b.length && a.endsWith('Z') && b.endsWith('Z')) return a < b ? -1 : Number(a > b);
  return millisOf(a) - millisOf(b);
}

/** The same instant written in UTC, so that texts of instants can be compared and hashed. */
export function normalInstant(instant: string): Instant {
  if (NORMAL_INSTANT.test(instant) && isCivilDate(instant.slice(0, 10))) return instant;
  return instantOfMillis(millisOf(instant));
}

export function addHours(instant: Instant, hours: number): Instant {
  return instantOfMillis(millisOf(instant) + hours * MILLIS_PER_HOUR);
}

export function instantOfMillis(epochMilliseconds: number): Instant {
  return new Date(epochMilliseconds).toISOString().replace(/\.?0*Z$/, 'Z');
}

const NORMAL_INSTANT = /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;
const USUAL_INSTANT = /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?(?:Z|[+-]\d{2}:\d{2})$/;

/** Milliseconds of the epoch. Throws RangeError on what is no instant by RFC 3339. */
export function millisOf(instant: Instant): number {
  const usual = USUAL_INSTANT.test(instant) && isCivilDate(instant.slice(0, 10)) ? Date.parse(instant) : Number.NaN;
  // What is unusual (a leap second) or wrong is for the library to take or to refuse.
  return Number.isNaN(usual) ? Temporal.Instant.from(instant).epochMilliseconds : usual;
}

/** The later of two civil dates (their texts sort as they do). */
export function laterDate(a: CivilDate, b: CivilDate): CivilDate {
  return a >= b ? a : b;
}
