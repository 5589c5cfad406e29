import { describe, expect, test } from 'vitest';
import { Calendar } from '../../../domain/calendar/calendar.ts';
import { CALENDAR_2026_1 } from '../../../domain/calendar/data/2026.1.ts';
import { easterSunday } from '../../../domain/calendar/easter.ts';
import { CALENDAR_VERSIONS, closureOn, holidayName, holidayOn, isLegalHoliday, isSaturday, isWorkingDay, type CalendarVersion } from '../../../domain/calendar/holidays.ts';
import { computePublication } from '../../../domain/calendar/publication.ts';
import { actTerm, workingDaysAfter } from '../../../domain/calendar/terms.ts';

const MILANO = '015146';
const LEGNANO = '015118';
const ABBIATEGRASSO = '015002';

describe('holidays', () => {
  test('E09: 4 October is a holiday from 2026 on', () => {
    expect(isLegalHoliday('2025-10-04')).toBe(false);
    expect(isLegalHoliday('2026-10-04')).toBe(true);
    expect(holidayName('2026-10-04')).toBe("San Francesco d'Assisi");
    expect(isLegalHoliday('2027-10-04')).toBe(true);
    expect(holidayOn('2027-10-04')).toEqual({ it: "San Francesco d'Assisi", en: 'Saint Francis of Assisi' });
  });

  test.each([
    ['2026-01-01', 'Capodanno'], ['2026-01-06', 'Epifania'], ['2026-04-05', 'Domenica'], ['2026-04-06', "Lunedì dell'Angelo"],
    ['2026-04-25', 'Anniversario della Liberazione'], ['2026-05-01', 'Festa del lavoro'], ['2026-06-02', 'Festa della Repubblica'],
    ['2026-08-15', 'Assunzione di Maria'], ['2026-10-04', "San Francesco d'Assisi"], ['2026-11-01', 'Tutti i Santi'],
    ['2026-12-08', 'Immacolata Concezione'], ['2026-12-25', 'Natale'], ['2026-12-26', 'Santo Stefano'], ['2026-12-27', 'Domenica'],
  ])('%s is %s', (date, name) => {
    expect(holidayName(date)).toBe(name);
  });

  test('a year has its named days and its Sundays, nothing else', () => {
    const days = Array.from({ length: 365 }, (_, index) => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10));
    expect(days.filter((day) => isLegalHoliday(day) && holidayName(day) !== 'Domenica')).toEqual([
      '2026-01-01', '2026-01-06', '2026-04-06', '2026-04-25', '2026-05-01', '2026-06-02', '2026-08-15', '2026-10-04', '2026-11-01', '2026-12-08', '2026-12-25', '2026-12-26',
    ]);
    // 52 Sundays, of which 4 October and 1 November have a name of their own.
    expect(days.filter((day) => holidayName(day) === 'Domenica')).toHaveLength(50);
  });

  test.each(['2026-11-04', '2026-03-19', '2026-06-29', '2026-12-07', '2026-05-14', '2026-06-04'])('%s is none: abolished, or of a patron only', (date) => {
    expect(holidayName(date)).toBeNull();
  });

  test('2 June is a holiday again from 2001 on (L. 336/2000)', () => {
    expect([isLegalHoliday('1999-06-02'), isLegalHoliday('2000-06-02'), isLegalHoliday('2001-06-02')]).toEqual([false, false, true]);
  });

  test('25 April 2011 is also Easter Monday, and keeps its own name', () => {
    expect(holidayName('2011-04-25')).toBe('Anniversario della Liberazione');
  });
});

/** Sundays of Easter as almanacs give them, typed in and computed by nobody here. */
const EASTER = [
  '2020-04-12', '2021-04-04', '2022-04-17', '2023-04-09', '2024-03-31', '2025-04-20', '2026-04-05', '2027-03-28', '2028-04-16', '2029-04-01',
  '2030-04-21', '2031-04-13', '2032-03-28', '2033-04-17', '2034-04-09', '2035-03-25', '2036-04-13', '2037-04-05', '2038-04-25', '2039-04-10', '2040-04-01',
];
/** The ends of its range, and the exceptions of the computus. */
const FAR_EASTER = ['1990-04-15', '1954-04-18', '1981-04-19', '2008-03-23', '2049-04-18', '2076-04-19', '2106-04-18', '2160-03-23'];

test.each([...EASTER, ...FAR_EASTER])('Easter: %s', (sunday) => {
  expect(easterSunday(Number(sunday.slice(0, 4)))).toBe(sunday);
});

describe('working days', () => {
  test('Saturdays, holidays and the patron of the comune are none', () => {
    expect(closureOn('2026-11-21', null)).toBe('SATURDAY');
    expect(isSaturday('2026-11-21')).toBe(true);
    expect(closureOn('2026-12-08', null)).toBe('HOLIDAY');
    expect(closureOn('2026-12-07', MILANO)).toBe('PATRON');
    expect(closureOn('2026-11-05', LEGNANO)).toBe('PATRON');
    expect([isWorkingDay('2026-12-07', LEGNANO), isWorkingDay('2026-12-07', null), isWorkingDay('2026-11-05', MILANO)]).toEqual([true, true, true]);
  });

  test('a patron is never a legal holiday', () => {
    expect([isLegalHoliday('2026-12-07'), isLegalHoliday('2026-11-05')]).toEqual([false, false]);
  });

  test('a comune whose patron nobody verified has no day of its own', () => {
    const year = Array.from({ length: 365 }, (_, index) => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10));
    expect(year.filter((day) => closureOn(day, ABBIATEGRASSO) !== closureOn(day, null))).toEqual([]);
    expect(closureOn('2026-06-24', 'constructor')).toBeNull();
  });
});

describe('E64: a later law', () => {
  /** A holiday law of 2027 that makes 9 July one and abolishes Easter Monday. */
  const later = new Calendar({
    ...CALENDAR_2026_1,
    version: '2027.1',
    holidays: [
      ...CALENDAR_2026_1.holidays.map((rule) => ('afterEaster' in rule.on ? { ...rule, toYear: 2026 } : rule)),
      { on: { day: '07-09' }, name: { it: 'Festa nuova', en: 'New day' }, law: 'L. 1/2027', fromYear: 2027 },
    ],
  });
  const dates = (calendar: CalendarVersion | Calendar) => ({
    holiday: holidayName('2027-07-09', calendar),
    act: actTerm('2027-06-29', 10, { calendarVersion: calendar }),
    working: workingDaysAfter('2027-07-08', 1, MILANO, calendar),
    challenge: computePublication('2027-04-26', 'INCLUDE_FIRST', 'START_EXCLUSIVE', calendar).challengeableUntil,
    easterMonday: [holidayName('2026-04-06', calendar), holidayName('2027-03-29', calendar)],
  });

  test('moves new cases', () => {
    expect(dates(later)).toEqual({
      holiday: 'Festa nuova', act: '2027-07-10', working: '2027-07-12', challenge: '2027-07-12', easterMonday: ["Lunedì dell'Angelo", null],
    });
  });

  test('leaves those pinned to the version they began with', () => {
    expect(dates('2026.1')).toEqual({
      holiday: null, act: '2027-07-09', working: '2027-07-09', challenge: '2027-07-09', easterMonday: ["Lunedì dell'Angelo", "Lunedì dell'Angelo"],
    });
  });

  test('a version that this release does not hold is refused by name', () => {
    expect(CALENDAR_VERSIONS).toEqual(['2026.1']);
    expect(() => isLegalHoliday('2026-01-01', '1999.1' as CalendarVersion)).toThrow('There is no calendar "1999.1" in this release; it holds 2026.1.');
  });
});
