import { describe, expect, test } from 'vitest';
import { clockChangeAt, clockChangeOn } from '../../../domain/calendar/clock.ts';
import {
  boardOutages, checkCutover, nextPreferredWindow, wholeDay, windowsAhead, type CutoverPlace, type CutoverTraits, type TimeWindow,
} from '../../../domain/calendar/windows.ts';
import { forbiddenInWords } from '../../../domain/calendar/window-words.ts';

const MILANO = '015146';
const PLAIN: CutoverTraits = { tax: false, council: false, scheduledJobs: false };
const PLACE: CutoverPlace = { istatCode: '015002', elections: [], sessions: [], patronStaffed: false };

const reasonsOn = (date: string, traits: Partial<CutoverTraits> = {}, place: Partial<CutoverPlace> = {}) =>
  checkCutover(wholeDay(date), { ...PLAIN, ...traits }, { ...PLACE, ...place }).reasons.map(({ code }) => code);

describe('E56: when a service may be cut over', () => {
  test('Saturday 2026-11-28 lies in the month-end, from 27 November 00:00 to 1 December 24:00; the next week-end is free', () => {
    expect(checkCutover(wholeDay('2026-11-28'), PLAIN, PLACE)).toEqual({
      free: false,
      reasons: [{ code: 'MONTH_END', from: '2026-11-26T23:00:00Z', to: '2026-12-01T23:00:00Z' }],
      nextPreferred: { from: '2026-12-04T19:00:00Z', to: '2026-12-06T19:00:00Z' },
      patronUnknown: true,
    });
  });

  test('the reason in words names the whole of the forbidden window', () => {
    const [monthEnd] = checkCutover(wholeDay('2026-11-28'), PLAIN, PLACE).reasons;
    const [night] = checkCutover(wholeDay('2026-10-25'), { ...PLAIN, scheduledJobs: true }, PLACE).reasons;
    expect([monthEnd, night].flatMap((reason) => (reason === undefined ? [] : [forbiddenInWords(reason)]))).toEqual([
      { it: 'Chiusura del mese: da venerdì 27 novembre 2026 a martedì 1º dicembre 2026 compreso', en: 'Month-end: from Friday 27 November 2026 to Tuesday 1 December 2026, included' },
      { it: "Notte del cambio dell'ora: domenica 25 ottobre 2026", en: 'Night in which the clocks change: Sunday 25 October 2026' },
    ]);
  });

  test('Saturday 2026-12-05 is free', () => {
    expect(checkCutover(wholeDay('2026-12-05'), PLAIN, PLACE)).toMatchObject({ free: true, reasons: [], nextPreferred: null });
  });

  test('Tuesday 2026-12-15 is refused to tax services only', () => {
    expect(reasonsOn('2026-12-15', { tax: true })).toEqual(['TAX_DAYS']);
    expect(reasonsOn('2026-12-15')).toEqual([]);
  });

  test('Monday 2026-12-28 is refused for the budget', () => {
    expect(reasonsOn('2026-12-28')).toEqual(['BUDGET_DAYS']);
  });
});

describe('forbidden days, at their edges', () => {
  test.each([
    // November 2026 ends on a Monday; 2 and 3 of the next month are free again.
    ['month-end', {}, {}, ['2026-11-26', '2026-12-02'], ['2026-11-27', '2026-11-30', '2026-12-01'], 'MONTH_END'],
    // May 2027 ends on a Monday; 2 June, a holiday, lies after the first working day.
    ['month-end before a holiday', {}, {}, ['2027-05-27', '2027-06-02'], ['2027-05-28', '2027-06-01'], 'MONTH_END'],
    // 31 October 2026 is a Saturday and All Saints a Sunday.
    ['month-end over a week-end', {}, {}, ['2026-10-28', '2026-11-03'], ['2026-10-29', '2026-10-31', '2026-11-01', '2026-11-02'], 'MONTH_END'],
    ['budget', {}, {}, ['2026-12-19', '2027-01-07'], ['2026-12-20', '2027-01-01', '2027-01-06'], 'BUDGET_DAYS'],
    ['tax in June', { tax: true }, {}, ['2027-06-13', '2027-06-17'], ['2027-06-14', '2027-06-16'], 'TAX_DAYS'],
    ['tax in December', { tax: true }, {}, ['2026-12-13', '2026-12-17'], ['2026-12-14', '2026-12-16'], 'TAX_DAYS'],
    ['vote', {}, { elections: [{ firstDay: '2027-05-16', runoff: false }] }, ['2027-05-14', '2027-05-19'], ['2027-05-15', '2027-05-16', '2027-05-18'], 'ELECTION_DAYS'],
    ['runoff', {}, { elections: [{ firstDay: '2027-05-02', runoff: true }] }, ['2027-05-14', '2027-05-19'], ['2027-05-15', '2027-05-18'], 'ELECTION_DAYS'],
    ['session', { council: true }, { sessions: ['2026-09-10'] }, ['2026-09-09', '2026-09-11'], ['2026-09-10'], 'COUNCIL_SESSION'],
    ['eve of the patron', {}, { istatCode: MILANO }, ['2026-12-05', '2026-12-07'], ['2026-12-06'], 'PATRON_EVE'],
  ] as const)('%s', (_name, traits, place, free, forbidden, code) => {
    expect(free.filter((day) => reasonsOn(day, traits, place).includes(code))).toEqual([]);
    expect(forbidden.filter((day) => !reasonsOn(day, traits, place).includes(code))).toEqual([]);
  });

  test('a vote without a runoff leaves its fortnight free', () => {
    expect(reasonsOn('2027-05-16', {}, { elections: [{ firstDay: '2027-05-02', runoff: false }] })).toEqual([]);
  });

  test('sessions stand in the way of council services only, the eve of the patron unless somebody is there', () => {
    expect(reasonsOn('2026-09-10', {}, { sessions: ['2026-09-10'] })).toEqual([]);
    expect(reasonsOn('2026-12-06', {}, { istatCode: MILANO, patronStaffed: true })).toEqual([]);
  });

  test('all reasons are given, first to last', () => {
    const place = { istatCode: MILANO, sessions: ['2026-12-21'], elections: [{ firstDay: '2026-12-13', runoff: false }] };
    const window = { from: '2026-12-01T00:00:00Z', to: '2026-12-31T00:00:00Z' };
    expect(checkCutover(window, { tax: true, council: true, scheduledJobs: true }, { ...PLACE, ...place }).reasons.map(({ code }) => code)).toEqual([
      'MONTH_END', 'PATRON_EVE', 'ELECTION_DAYS', 'TAX_DAYS', 'BUDGET_DAYS', 'COUNCIL_SESSION', 'MONTH_END',
    ]);
  });

  test('whether the patron is known is said', () => {
    expect(checkCutover(wholeDay('2026-12-05'), PLAIN, { ...PLACE, istatCode: MILANO }).patronUnknown).toBe(false);
    expect(checkCutover(wholeDay('2026-12-05'), PLAIN, { ...PLACE, istatCode: null }).patronUnknown).toBe(true);
    expect(checkCutover(wholeDay('2026-12-05'), PLAIN, { ...PLACE, patronStaffed: true }).patronUnknown).toBe(false);
  });

  test('a window that ends when another begins does not touch it, one that begins before it ends does', () => {
    const check = (from: string, to: string) => checkCutover({ from, to }, PLAIN, PLACE).free;
    expect(check('2026-11-26T20:00:00+01:00', '2026-11-27T00:00:00+01:00')).toBe(true);
    expect(check('2026-11-26T20:00:00+01:00', '2026-11-27T00:00:01+01:00')).toBe(false);
    expect(check('2026-12-02T00:00:00+01:00', '2026-12-02T06:00:00+01:00')).toBe(true);
    expect(check('2026-12-01T23:59:59+01:00', '2026-12-02T06:00:00+01:00')).toBe(false);
    expect(() => check('2026-12-02T06:00:00Z', '2026-12-02T06:00:00Z')).toThrow('ends before it begins');
  });
});

describe('nights of clock change, for scheduled jobs', () => {
  const free = (from: string, to: string, scheduledJobs = true) => checkCutover({ from, to }, { ...PLAIN, scheduledJobs }, PLACE).free;

  test.each([
    // The clocks go back at 03:00 summer time: 01:30 is 23:30Z, 03:30 is 02:30Z.
    ['2026-10-24T22:00:00Z', '2026-10-24T23:30:00Z', true], ['2026-10-24T23:00:00Z', '2026-10-24T23:31:00Z', false],
    ['2026-10-25T02:29:00Z', '2026-10-25T04:00:00Z', false], ['2026-10-25T02:30:00Z', '2026-10-25T04:00:00Z', true],
    // They go forward at 02:00 winter time: 01:30 is 00:30Z, 03:30 is 01:30Z.
    ['2027-03-27T23:00:00Z', '2027-03-28T00:30:00Z', true], ['2027-03-28T00:00:00Z', '2027-03-28T00:31:00Z', false],
    ['2027-03-28T01:29:00Z', '2027-03-28T04:00:00Z', false], ['2027-03-28T01:30:00Z', '2027-03-28T04:00:00Z', true],
  ])('from %s to %s: %s', (from, to, expected) => {
    expect(free(from, to)).toBe(expected);
    expect(free(from, to, false)).toBe(true);
  });

  test('are met by a window of several days, whichever of them it is', () => {
    expect([free('2026-10-24T10:00:00Z', '2026-10-25T10:00:00Z'), free('2026-10-23T10:00:00Z', '2026-10-25T10:00:00Z')]).toEqual([false, false]);
  });

  test('have their change at one o\'clock UTC, in either direction', () => {
    expect([clockChangeAt('2027-03-28'), clockChangeAt('2026-10-25')]).toEqual(['2027-03-28T01:00:00Z', '2026-10-25T01:00:00Z']);
  });

  test('are the last Sundays of March and October', () => {
    const year = Array.from({ length: 365 }, (_, index) => new Date(Date.UTC(2027, 0, 1 + index)).toISOString().slice(0, 10));
    expect(year.flatMap((day) => (clockChangeOn(day) === null ? [] : [[day, clockChangeOn(day)]]))).toEqual([['2027-03-28', 'FORWARD'], ['2027-10-31', 'BACK']]);
  });
});

describe('the preferred window: Friday 20:00 to Sunday 20:00 in Rome', () => {
  const next = (after: string, traits: Partial<CutoverTraits> = {}, place: Partial<CutoverPlace> = {}) => nextPreferredWindow(after, { ...PLAIN, ...traits }, { ...PLACE, ...place });

  test.each([
    ['a Wednesday', '2026-09-02T09:00:00Z', {}, {}, '2026-09-04T18:00:00Z'],
    ['a Thursday, the day before', '2026-09-03T09:00:00Z', {}, {}, '2026-09-04T18:00:00Z'],
    ['a Sunday', '2026-09-06T19:00:00Z', {}, {}, '2026-09-11T18:00:00Z'],
    ['Friday 20:00 itself', '2026-09-04T18:00:00Z', {}, {}, '2026-09-04T18:00:00Z'],
    ['Friday 20:01', '2026-09-04T18:01:00Z', {}, {}, '2026-09-11T18:00:00Z'],
    ['Milano skips the eve of Sant Ambrogio', '2026-11-30T09:00:00Z', {}, { istatCode: MILANO }, '2026-12-11T19:00:00Z'],
    ['over Christmas and Epiphany', '2026-12-18T19:00:01Z', {}, {}, '2027-01-08T19:00:00Z'],
    ['scheduled jobs skip the change of clocks, and then the month-end', '2026-10-19T09:00:00Z', { scheduledJobs: true }, {}, '2026-11-06T19:00:00Z'],
  ])('%s', (_name, after, traits, place, from) => {
    expect(next(after, traits, place)?.from).toBe(from);
  });

  test('keeps its hours in Rome when the clocks change inside it', () => {
    expect(next('2026-10-19T09:00:00Z')).toEqual({ from: '2026-10-23T18:00:00Z', to: '2026-10-25T19:00:00Z' });
  });

  test('is looked for over sixty week-ends, each of them', () => {
    const taken = (last: string): string[] => Array.from({ length: 500 }, (_, index) => new Date(Date.UTC(2026, 8, 1 + index)).toISOString().slice(0, 10)).filter((day) => day <= last);
    const free = (after: string, last: string) => next(after, { council: true }, { sessions: taken(last) })?.from ?? null;
    expect([free('2026-09-02T09:00:00Z', '2026-09-06'), free('2026-09-02T09:00:00Z', '2027-10-17')]).toEqual(['2026-09-11T18:00:00Z', '2027-10-22T18:00:00Z']);
    // The sixtieth from 11 September 2026 lies in a month-end; the one after, of 5 November 2027, would be free.
    expect([free('2026-09-09T09:00:00Z', '2027-10-31'), free('2026-09-16T09:00:00Z', '2027-10-31')]).toEqual([null, '2027-11-05T19:00:00Z']);
  });

  test('is nowhere when every week-end of a year is taken', () => {
    const sessions = Array.from({ length: 500 }, (_, index) => new Date(Date.UTC(2026, 8, 1 + index)).toISOString().slice(0, 10));
    expect(next('2026-09-02T09:00:00Z', { council: true }, { sessions })).toBeNull();
  });
});

describe('days on which a window takes the notice board down', () => {
  test.each<[string, TimeWindow, string[]]>([
    ['12 hours of a day', { from: '2026-09-01T12:00:00+02:00', to: '2026-09-02T00:00:00+02:00' }, ['2026-09-01']],
    ['a minute less', { from: '2026-09-01T12:01:00+02:00', to: '2026-09-02T00:00:00+02:00' }, []],
    ['a night that is shared by two days', { from: '2026-09-01T18:00:00+02:00', to: '2026-09-02T08:00:00+02:00' }, []],
    ['the preferred window takes Saturday and Sunday', { from: '2026-09-04T20:00:00+02:00', to: '2026-09-06T20:00:00+02:00' }, ['2026-09-05', '2026-09-06']],
  ])('%s', (_name, window, days) => {
    expect(boardOutages(window)).toEqual(days);
  });
});

describe('services of the notice board while acts are on it', () => {
  const BOARD: CutoverTraits = { ...PLAIN, board: true };
  const publications = [{ from: '2026-09-03', to: '2026-09-17' }, { from: '2026-09-10', to: '2026-09-24' }];
  const place: CutoverPlace = { ...PLACE, publications };
  const weekend = { from: '2026-09-04T20:00:00+02:00', to: '2026-09-06T20:00:00+02:00' };

  test('are not cut over in a week-end that keeps the board down: the days that are interrupted are named, and the first week-end after the last act', () => {
    expect(checkCutover(weekend, BOARD, place)).toMatchObject({
      free: false,
      reasons: [{ code: 'BOARD_PUBLICATIONS', from: '2026-09-04T22:00:00Z', to: '2026-09-06T22:00:00Z' }],
      nextPreferred: { from: '2026-09-25T18:00:00Z', to: '2026-09-27T18:00:00Z' },
    });
    expect(checkCutover(weekend, PLAIN, place).free).toBe(true);
    expect(checkCutover(weekend, BOARD, PLACE).free).toBe(true);
  });

  test('are cut over in a window that leaves the board up for more than 12 hours of each day', () => {
    expect(checkCutover({ from: '2026-09-04T18:00:00+02:00', to: '2026-09-05T08:00:00+02:00' }, BOARD, place).free).toBe(true);
    expect(checkCutover({ from: '2026-09-04T12:00:00+02:00', to: '2026-09-05T08:00:00+02:00' }, BOARD, place).reasons).toEqual([
      { code: 'BOARD_PUBLICATIONS', from: '2026-09-03T22:00:00Z', to: '2026-09-04T22:00:00Z' },
    ]);
  });

  test('have each run of interrupted days named, and days without acts left out', () => {
    const gaps = { ...PLACE, publications: [{ from: '2026-09-05', to: '2026-09-05' }, { from: '2026-09-07', to: '2026-09-08' }] };
    expect(checkCutover({ from: '2026-09-05T00:00:00+02:00', to: '2026-09-09T00:00:00+02:00' }, BOARD, gaps).reasons.map(({ from, to }) => [from, to])).toEqual([
      ['2026-09-04T22:00:00Z', '2026-09-05T22:00:00Z'], ['2026-09-06T22:00:00Z', '2026-09-08T22:00:00Z'],
    ]);
  });

  test('have the interruption told in words', () => {
    expect(checkCutover(weekend, BOARD, place).reasons.map(forbiddenInWords)).toEqual([{
      it: 'Albo pretorio fermo 12 ore o più, con atti in pubblicazione: da sabato 5 settembre 2026 a domenica 6 settembre 2026 compreso',
      en: 'Notice board down for 12 hours or more, with acts on it: from Saturday 5 September 2026 to Sunday 6 September 2026, included',
    }]);
  });

  test('see the whole time of the publications ahead, others see nothing of it', () => {
    const stretch = { from: '2026-09-01T00:00:00Z', to: '2026-09-12T00:00:00Z' };
    expect(windowsAhead(stretch, BOARD, place)).toEqual([
      { code: 'MONTH_END', from: '2026-08-27T22:00:00Z', to: '2026-09-01T22:00:00Z' },
      { code: 'BOARD_PUBLICATIONS', from: '2026-09-02T22:00:00Z', to: '2026-09-17T22:00:00Z' },
      { code: 'BOARD_PUBLICATIONS', from: '2026-09-09T22:00:00Z', to: '2026-09-24T22:00:00Z' },
    ]);
    expect(windowsAhead(stretch, PLAIN, place).map(({ code }) => code)).toEqual(['MONTH_END']);
  });
});
