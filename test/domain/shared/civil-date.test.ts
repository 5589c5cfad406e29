import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  addDays, addHours, addMonths, civilDateOf, compareInstants, dayOfWeek, daysBetween, instantOfMillis, isCivilDate, laterDate, millisOf,
  normalInstant, startOfDay,
} from '../../../domain/shared/civil-date.ts';
import { isInstant } from '../../../domain/shared/instant.ts';

describe('the day in Rome', () => {
  test.each([
    // Summer time, two hours ahead of UTC.
    ['2026-07-05T21:59:59.999Z', '2026-07-05'],
    ['2026-07-05T22:00:00Z', '2026-07-06'],
    // Winter time, one hour ahead.
    ['2026-12-31T22:59:59Z', '2026-12-31'],
    ['2026-12-31T23:00:00Z', '2027-01-01'],
    // Both midnights of the day on which the clock goes back, 2026-10-25, which lasts 25 hours.
    ['2026-10-24T21:59:59Z', '2026-10-24'],
    ['2026-10-24T22:00:00Z', '2026-10-25'],
    ['2026-10-25T22:59:59Z', '2026-10-25'],
    ['2026-10-25T23:00:00Z', '2026-10-26'],
    // And of the day on which it goes forward, 2027-03-28, which lasts 23 hours.
    ['2027-03-27T22:59:59Z', '2027-03-27'],
    ['2027-03-27T23:00:00Z', '2027-03-28'],
    ['2027-03-28T21:59:59Z', '2027-03-28'],
    ['2027-03-28T22:00:00Z', '2027-03-29'],
    // The offset is the writer's, the day is Rome's.
    ['2026-07-06T00:30:00+05:00', '2026-07-05'],
    ['2026-07-05T20:00:00-03:00', '2026-07-06'],
  ])('at %s is %s', (instant, date) => {
    expect(civilDateOf(instant)).toBe(date);
  });

  test.each([
    ['2026-07-06', '2026-07-05T22:00:00Z'],
    ['2026-10-25', '2026-10-24T22:00:00Z'],
    ['2026-10-26', '2026-10-25T23:00:00Z'],
    ['2027-03-28', '2027-03-27T23:00:00Z'],
    ['2027-03-29', '2027-03-28T22:00:00Z'],
  ])('%s begins at %s', (date, instant) => {
    expect(startOfDay(date)).toBe(instant);
    expect(civilDateOf(instant)).toBe(date);
    expect(civilDateOf(addHours(instant, -1))).toBe(addDays(date, -1));
  });

  test('hours are elapsed ones: the gate of an act published on 2026-10-15 opens 265 h after its midnight', () => {
    expect(addHours(startOfDay('2026-10-15'), 265)).toBe(startOfDay('2026-10-26'));
    expect(addHours(startOfDay('2026-10-14'), 264)).toBe(startOfDay('2026-10-25'));
  });
});

describe('terms in days and months', () => {
  test.each([
    ['2026-06-25', 11, '2026-07-06'],
    ['2026-12-21', 11, '2027-01-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2027-02-28', 1, '2027-03-01'],
    ['2026-10-24', 2, '2026-10-26'],
    ['2026-03-01', -1, '2026-02-28'],
  ])('%s and %i days is %s', (from, days, to) => {
    expect(addDays(from, days)).toBe(to);
    expect(daysBetween(from, to)).toBe(days);
  });

  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-10-31', 1, '2026-11-30'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2026-12-01', 36, '2029-12-01'],
    ['2029-11-30', -6, '2029-05-30'],
    ['2026-08-31', -6, '2026-02-28'],
  ])('%s and %i months is %s, clamped to the end of the month', (from, months, to) => {
    expect(addMonths(from, months)).toBe(to);
  });

  test('days between, backwards and over years', () => {
    expect(daysBetween('2026-07-10', '2026-07-01')).toBe(-9);
    expect(daysBetween('2024-01-01', '2025-01-01')).toBe(366);
  });

  test('day of the week: 1 is Monday, 7 is Sunday', () => {
    expect(['2026-07-06', '2026-07-05', '2026-10-24'].map(dayOfWeek)).toStrictEqual([1, 7, 6]);
  });

  test('the later of two days', () => {
    expect(laterDate('2026-07-06', '2026-07-05')).toBe('2026-07-06');
    expect(laterDate('2026-12-31', '2027-01-01')).toBe('2027-01-01');
  });
});

describe('what is a civil date', () => {
  test.each(['2026-07-05', '2028-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('%s is', (text) => {
    expect(isCivilDate(text)).toBe(true);
  });

  test.each([
    '2026-02-29', '1900-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '2026-01-00', '2026-1-1', '20260101', '05-07-2026', '2026-07-05T00:00',
    '2026-07-05Z', ' 2026-07-05', '2026-07-05\n', '+002026-07-05', '+010000-01-01', '', 'today', '٢٠٢٦-٠٧-٠٥',
  ])('%j is not', (text) => {
    expect(isCivilDate(text)).toBe(false);
  });

  test.each(['2026-02-30', 'today', ''])('%j cannot be computed with', (text) => {
    expect(() => addDays(text, 1)).toThrow(RangeError);
    expect(() => startOfDay(text)).toThrow(RangeError);
  });

  test.each(['2026-07-05', '2026-07-05T10:00:00', '2026-07-05T25:00:00Z', 'now'])('%j is no instant', (text) => {
    expect(() => civilDateOf(text)).toThrow(RangeError);
    expect(() => normalInstant(text)).toThrow(RangeError);
  });
});

describe('instants', () => {
  test('are compared as moments, not as texts', () => {
    expect(compareInstants('2026-07-05T22:00:00Z', '2026-07-06T00:00:00+02:00')).toBe(0);
    expect(compareInstants('2026-07-05T23:00:00+02:00', '2026-07-05T22:00:00Z')).toBeLessThan(0);
    expect(compareInstants('2026-07-05T22:00:00.5Z', '2026-07-05T22:00:00Z')).toBeGreaterThan(0);
  });

  test('are written in UTC', () => {
    expect(normalInstant('2026-07-06T00:00:00+02:00')).toBe('2026-07-05T22:00:00Z');
    expect(normalInstant('2026-07-05T22:00:00.000Z')).toBe('2026-07-05T22:00:00Z');
  });

  test('go to milliseconds and back', () => {
    expect(instantOfMillis(0)).toBe('1970-01-01T00:00:00Z');
    expect(millisOf(instantOfMillis(1_783_288_800_123))).toBe(1_783_288_800_123);
  });
});

describe('the same as the Temporal API', () => {
  const day = fc.integer({ min: 0, max: 146_097 }).map((days) => Temporal.PlainDate.from('1900-01-01').add({ days }));
  const offset = fc.constantFrom('Z', '+00:00', '+01:00', '+02:00', '-03:30', '+14:00', '-12:00');
  const moment = fc.tuple(day, fc.integer({ min: 0, max: 86_399_999 }), offset)
    .map(([date, millis, zone]) => `${date.toPlainDateTime().add({ milliseconds: millis }).toString()}${zone}`);

  test('in days, weekdays and distances', () => {
    fc.assert(fc.property(day, day, fc.integer({ min: -1_000, max: 1_000 }), (date, other, days) => {
      expect(addDays(date.toString(), days)).toBe(date.add({ days }).toString());
      expect(daysBetween(date.toString(), other.toString())).toBe(date.until(other, { largestUnit: 'days' }).days);
      expect(dayOfWeek(date.toString())).toBe(date.dayOfWeek);
    }));
  });

  test('in instants and the days of Rome', () => {
    fc.assert(fc.property(moment, moment, fc.integer({ min: -100, max: 100 }), (text, other, hours) => {
      const instant = Temporal.Instant.from(text);
      expect(normalInstant(text)).toBe(instant.toString());
      expect(millisOf(text)).toBe(instant.epochMilliseconds);
      expect(addHours(text, hours)).toBe(instant.add({ hours }).toString());
      expect(civilDateOf(text)).toBe(instant.toZonedDateTimeISO('Europe/Rome').toPlainDate().toString());
      expect(Math.sign(compareInstants(text, other))).toBe(Temporal.Instant.compare(instant, Temporal.Instant.from(other)));
    }));
  });

  test('in what it refuses', () => {
    fc.assert(fc.property(fc.tuple(fc.integer({ min: 0, max: 9_999 }), fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 })), ([year, month, date]) => {
      const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
      expect(isCivilDate(text)).toBe(isTemporalDate(text));
      expect(isInstant(`${text}T10:00:00Z`)).toBe(isTemporalDate(text));
    }), { numRuns: 1_000 });
  });
});

function isTemporalDate(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}
