import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { challengeableUntil } from '../../../domain/calendar/challenge.ts';
import { explainPublication, explainTerm, TERM_KINDS, TERM_LIMITS } from '../../../domain/calendar/calculator.ts';
import { isLegalHoliday, isSaturday, isWorkingDay } from '../../../domain/calendar/holidays.ts';
import { computePublication } from '../../../domain/calendar/publication.ts';
import { actTerm, latestDeliveryDay, earliestSessionDay, workingDaysAfter, workingDaysBefore, workingDaysBetween } from '../../../domain/calendar/terms.ts';
import { checkCutover, nextPreferredWindow } from '../../../domain/calendar/windows.ts';
import { addDays, civilDateOf, daysBetween } from '../../../domain/shared/civil-date.ts';

const DAY_MS = 86_400_000;
const FIRST = Date.UTC(2025, 0, 1);
const DAYS = (Date.UTC(2036, 0, 1) - FIRST) / DAY_MS;
const iso = (millis: number): string => new Date(millis).toISOString().slice(0, 10);
/** Every day from 2025 to 2035, made without the functions under test. */
const CALENDAR = Array.from({ length: DAYS }, (_, index) => iso(FIRST + index * DAY_MS));

/** The law written out a second time, by lists: easter Mondays from almanacs, weekdays from the engine. */
const EASTER_MONDAYS = [
  '2025-04-21', '2026-04-06', '2027-03-29', '2028-04-17', '2029-04-02', '2030-04-22', '2031-04-14', '2032-03-29', '2033-04-18', '2034-04-10', '2035-03-26',
];
const FIXED = ['01-01', '01-06', '04-25', '05-01', '06-02', '08-15', '11-01', '12-08', '12-25', '12-26'];
const naivelyHoliday = (day: string): boolean => new Date(`${day}T00:00:00Z`).getUTCDay() === 0 || FIXED.includes(day.slice(5)) || EASTER_MONDAYS.includes(day)
  || (day.slice(5) === '10-04' && day >= '2026');
const naivelyWorking = (day: string, patron: string | null): boolean => !naivelyHoliday(day) && new Date(`${day}T00:00:00Z`).getUTCDay() !== 6 && day.slice(5) !== patron;

const naivelyBefore = (day: string, patron: string | null): string[] => CALENDAR.slice(0, CALENDAR.indexOf(day)).filter((date) => naivelyWorking(date, patron));

const day = fc.integer({ min: 0, max: DAYS - 1 }).map((index) => CALENDAR[index] ?? '');
const comune = fc.constantFrom(['015146', '12-07'], ['015118', '11-05'], ['015002', null], [null, null]) as fc.Arbitrary<[string | null, string | null]>;
const executivity = fc.constantFrom('START_EXCLUSIVE', 'START_INCLUSIVE', 'END');
const count = fc.constantFrom('INCLUDE_FIRST', 'EXCLUDE_FIRST');

describe('holidays and working days', () => {
  test('agree with the lists on each of the 4,017 days from 2025 to 2035', () => {
    expect(CALENDAR).toHaveLength(4_017);
    expect(CALENDAR.filter((date) => isLegalHoliday(date) !== naivelyHoliday(date))).toEqual([]);
    for (const [istat, patron] of [['015146', '12-07'], ['015118', '11-05'], ['015002', null], [null, null]] as const) {
      expect(CALENDAR.filter((date) => isWorkingDay(date, istat) !== naivelyWorking(date, patron))).toEqual([]);
    }
  });

  test('the n-th working day is that of a naive count, forwards and backwards', () => {
    fc.assert(fc.property(day.filter((date) => date > '2026' && date < '2034'), fc.integer({ min: 1, max: 200 }), comune, (from, n, [istat, patron]) => {
      const after = CALENDAR.slice(CALENDAR.indexOf(from) + 1).filter((date) => naivelyWorking(date, patron));
      const due = workingDaysAfter(from, n, istat);
      expect(due).toBe(after[n - 1]);
      expect(workingDaysBetween(from, due, istat)).toBe(n);
      expect(workingDaysBefore(due, n, istat)).toBe(naivelyBefore(due, patron).at(-n));
    }));
  });
});

describe('terms', () => {
  test('for an act end on the first day from the last on that is no holiday', () => {
    fc.assert(fc.property(day, fc.integer({ min: 0, max: 200 }), fc.boolean(), (from, n, saturdayRolls) => {
      const due = actTerm(from, n, { saturdayRolls });
      const last = addDays(from, n);
      const skipped = Array.from({ length: daysBetween(last, due) }, (_, index) => addDays(last, index));
      expect(isLegalHoliday(due) || (saturdayRolls && isSaturday(due))).toBe(false);
      expect(skipped.every((date) => isLegalHoliday(date) || (saturdayRolls && isSaturday(date)))).toBe(true);
    }));
  });

  test('a notice delivered on the latest day is in time for the session, and its clear days are never fewer', () => {
    fc.assert(fc.property(day, fc.integer({ min: 0, max: 30 }), fc.boolean(), (session, n, saturdayRolls) => {
      const delivered = latestDeliveryDay(session, n, { saturdayRolls });
      expect(earliestSessionDay(delivered, n, true) <= session).toBe(true);
      expect(isLegalHoliday(delivered)).toBe(false);
    }));
  });

  test('the challenge has 60 days outside August, neither more nor fewer, and ends on no holiday, Saturday or day of August', () => {
    fc.assert(fc.property(day.filter((date) => date < '2035-08'), (endsOn) => {
      const until = challengeableUntil(endsOn);
      const counting = (date: string) => date.slice(5, 7) !== '08';
      const days = CALENDAR.slice(CALENDAR.indexOf(endsOn) + 1).filter(counting);
      const sixtieth = CALENDAR.indexOf(days[59] ?? '');
      const naive = CALENDAR.slice(sixtieth).find((date) => counting(date) && !naivelyHoliday(date) && new Date(`${date}T00:00:00Z`).getUTCDay() !== 6);
      expect(until).toBe(naive);
    }));
  });
});

describe('outages of the board', () => {
  test('never move an executive date backwards, nor the end of publication, whatever the policies', () => {
    fc.assert(fc.property(day, fc.array(fc.integer({ min: -5, max: 60 }), { maxLength: 40 }), count, executivity, fc.boolean(), (firstDay, offsets, counted, policy, interruptionShifts) => {
      const at = (outages: string[]) => computePublication(firstDay, counted, policy, '2026.1', { outages, interruptionShifts });
      const outages = offsets.map((offset) => addDays(firstDay, offset));
      const [without, all] = [at([]), at(outages)];
      expect(all.executiveOn >= without.executiveOn && all.endsOn >= without.endsOn && all.challengeableUntil >= without.challengeableUntil).toBe(true);
      // Nor does one more.
      const fewer = at(outages.slice(1));
      expect(all.executiveOn >= fewer.executiveOn && all.endsOn >= fewer.endsOn).toBe(true);
      // Each that counts adds a day, no more.
      const counting = explainPublication({ firstDay, count: counted, outages, interruptionShifts }).interruptedOn;
      expect(daysBetween(without.endsOn, all.endsOn)).toBe(counting.length);
      const stays = !interruptionShifts && policy !== 'END';
      expect(stays ? all.executiveOn : without.executiveOn).toBe(without.executiveOn);
    }));
  });
});

describe('explanations', () => {
  test('of a term for an act are of the date that the plain function gives, and name the day it rolled from', () => {
    fc.assert(fc.property(day, fc.integer({ min: 0, max: 400 }), fc.boolean(), (from, n, saturdayRolls) => {
      const { due, rolledFrom } = explainTerm({ kind: 'ACT_DAYS', from, n, saturdayRolls });
      expect(due).toBe(actTerm(from, n, { saturdayRolls }));
      expect(rolledFrom ?? due).toBe(addDays(from, n));
    }));
  });

  test('of working days name each day between that is none', () => {
    fc.assert(fc.property(day, fc.integer({ min: 0, max: 200 }), comune, (from, n, [istatCode]) => {
      const { due, steps } = explainTerm({ kind: 'WORKING_DAYS', from, n, istatCode });
      const skipped = steps.filter(({ code }) => code.startsWith('SKIPPED_'));
      expect(daysBetween(from, due)).toBe(n + skipped.length);
    }));
  });

  test('of any term are there, whatever its length', () => {
    fc.assert(fc.property(day, fc.constantFrom(...TERM_KINDS), fc.nat(), (date, kind, given) => {
      const { due, steps } = explainTerm({ kind, from: kind === 'HOURS' ? `${date}T12:00:00Z` : date, n: given % (Math.min(TERM_LIMITS[kind], 400) + 1) });
      expect(steps.length).toBeGreaterThan(0);
      expect(due.includes('T')).toBe(kind === 'HOURS');
    }));
  });
});

test('the next preferred window is free, begins on a Friday evening and not before it was asked for', () => {
  const traits = fc.record({ tax: fc.boolean(), council: fc.boolean(), scheduledJobs: fc.boolean() });
  fc.assert(fc.property(day, traits, comune, fc.array(day, { maxLength: 5 }), (date, trait, [istatCode], sessions) => {
    const place = { istatCode, sessions, elections: [{ firstDay: '2027-05-23', runoff: true }], patronStaffed: false };
    const window = nextPreferredWindow(`${date}T12:00:00Z`, trait, place);
    if (window === null) throw new Error('There is none');
    expect(checkCutover(window, trait, place).free).toBe(true);
    expect(new Date(`${civilDateOf(window.from)}T00:00:00Z`).getUTCDay()).toBe(5);
    expect(window.from >= `${date}T12:00:00Z`).toBe(true);
  }), { numRuns: 40 });
});
