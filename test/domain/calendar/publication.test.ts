import { describe, expect, test } from 'vitest';
import {
  boardTerm, computePublication, executiveDay, isOutage, type ExecutivityPolicy, type PublicationCount,
} from '../../../domain/calendar/publication.ts';
import type { Trace } from '../../../domain/calendar/steps.ts';
import { addHours, startOfDay } from '../../../domain/shared/civil-date.ts';

describe('publication and executivity', () => {
  const cases: readonly [string, string, PublicationCount, ExecutivityPolicy, { endsOn: string; executiveOn: string }][] = [
    ['E01', '2026-06-25', 'INCLUDE_FIRST', 'START_EXCLUSIVE', { endsOn: '2026-07-09', executiveOn: '2026-07-06' }],
    ['E02 (a Sunday)', '2026-06-25', 'INCLUDE_FIRST', 'START_INCLUSIVE', { endsOn: '2026-07-09', executiveOn: '2026-07-05' }],
    ['E03', '2026-06-25', 'INCLUDE_FIRST', 'END', { endsOn: '2026-07-09', executiveOn: '2026-07-20' }],
    ['E03', '2026-06-25', 'EXCLUDE_FIRST', 'END', { endsOn: '2026-07-10', executiveOn: '2026-07-21' }],
    ['E05 (over 15 August)', '2026-08-05', 'INCLUDE_FIRST', 'START_EXCLUSIVE', { endsOn: '2026-08-19', executiveOn: '2026-08-16' }],
    ['E07 (a holiday)', '2027-09-23', 'INCLUDE_FIRST', 'START_EXCLUSIVE', { endsOn: '2027-10-07', executiveOn: '2027-10-04' }],
    ['E16 (over the year)', '2026-12-21', 'INCLUDE_FIRST', 'START_EXCLUSIVE', { endsOn: '2027-01-04', executiveOn: '2027-01-01' }],
    ['E18', '2026-11-27', 'INCLUDE_FIRST', 'START_EXCLUSIVE', { endsOn: '2026-12-11', executiveOn: '2026-12-08' }],
    ["CMM's own practice of January 2019", '2019-01-09', 'EXCLUDE_FIRST', 'START_EXCLUSIVE', { endsOn: '2019-01-24', executiveOn: '2019-01-20' }],
  ];

  test.each(cases)('%s: first day %s, %s, %s', (_case, firstDay, count, policy, expected) => {
    expect(computePublication(firstDay, count, policy)).toMatchObject(expected);
  });

  test('E01 and E18 in full', () => {
    expect(computePublication('2026-06-25', 'INCLUDE_FIRST', 'START_EXCLUSIVE')).toStrictEqual({
      firstDay: '2026-06-25', endsOn: '2026-07-09', removalOn: '2026-07-10', challengeableUntil: '2026-10-08', executiveOn: '2026-07-06',
      executiveFrom: '2026-07-05T22:00:00Z',
    });
    expect(computePublication('2026-11-27', 'INCLUDE_FIRST', 'START_EXCLUSIVE').challengeableUntil).toBe('2027-02-09');
  });

  test('E16: the membership year is that of the executive day', () => {
    expect(computePublication('2026-12-21', 'INCLUDE_FIRST', 'START_EXCLUSIVE').executiveOn.slice(0, 4)).toBe('2027');
    expect(computePublication('2026-12-20', 'INCLUDE_FIRST', 'START_EXCLUSIVE').executiveOn.slice(0, 4)).toBe('2026');
  });

  test.each([['2026-10-15', '2026-10-25T23:00:00Z', 265], ['2026-10-14', '2026-10-24T22:00:00Z', 264]])('E20: D=%s opens at %s, %i h after its midnight', (firstDay, gate, hours) => {
    expect(computePublication(firstDay, 'INCLUDE_FIRST', 'START_EXCLUSIVE').executiveFrom).toBe(gate);
    expect(addHours(startOfDay(firstDay), hours)).toBe(gate);
  });

  test('an executive day that is a holiday says that it stands', () => {
    const trace: Trace = [];
    executiveDay(boardTerm('2027-09-23', 'INCLUDE_FIRST'), 'START_EXCLUSIVE', true, undefined, trace);
    expect(trace.at(-1)).toEqual({ code: 'HOLIDAY_STANDS', date: '2027-10-04', name: { it: "San Francesco d'Assisi", en: 'Saint Francis of Assisi' } });
  });
});

describe('outages of the notice board', () => {
  // D = 25 June, P = 9 July, executive on 6 July.
  const after = (outages: string[], policy: ExecutivityPolicy = 'START_EXCLUSIVE', interruptionShifts = true) => {
    const { endsOn, executiveOn } = computePublication('2026-06-25', 'INCLUDE_FIRST', policy, '2026.1', { outages, interruptionShifts });
    return [endsOn, executiveOn];
  };

  test.each([
    ['none', [], '2026-07-09', '2026-07-06'],
    ['on the first day', ['2026-06-25'], '2026-07-10', '2026-07-07'],
    ['the day before the first', ['2026-06-24'], '2026-07-09', '2026-07-06'],
    ['on the tenth day', ['2026-07-05'], '2026-07-10', '2026-07-07'],
    ['on the executive day itself', ['2026-07-06'], '2026-07-10', '2026-07-06'],
    ['on the last day', ['2026-07-09'], '2026-07-10', '2026-07-06'],
    ['the day after the last', ['2026-07-10'], '2026-07-09', '2026-07-06'],
    ['on the day that another one added', ['2026-07-09', '2026-07-10'], '2026-07-11', '2026-07-06'],
    ['on the executive day as another one moved it', ['2026-07-05', '2026-07-06'], '2026-07-11', '2026-07-08'],
    ['the same, told in another order and twice', ['2026-07-06', '2026-07-05', '2026-07-06'], '2026-07-11', '2026-07-08'],
    ['on the day after it as it stood', ['2026-07-07', '2026-07-05'], '2026-07-11', '2026-07-07'],
  ])('%s', (_name, outages, endsOn, executiveOn) => {
    expect(after(outages)).toEqual([endsOn, executiveOn]);
  });

  test('by policy they do not move the executive day; the end of publication moves all the same', () => {
    expect(after(['2026-06-26'], 'START_EXCLUSIVE', false)).toEqual(['2026-07-10', '2026-07-06']);
    expect(after(['2026-06-26'], 'START_INCLUSIVE', false)).toEqual(['2026-07-10', '2026-07-05']);
  });

  test('an executivity counted from the end follows the end, once', () => {
    expect(after(['2026-06-26'], 'END')).toEqual(['2026-07-10', '2026-07-21']);
    expect(after(['2026-06-26'], 'END', false)).toEqual(['2026-07-10', '2026-07-21']);
    // After the end of publication nothing is interrupted any more.
    expect(after(['2026-07-15'], 'END')).toEqual(['2026-07-09', '2026-07-20']);
  });

  test('with the first day left out of the 15 an outage on it counts too', () => {
    expect(boardTerm('2026-06-25', 'EXCLUDE_FIRST', ['2026-06-25'])).toEqual({ firstDay: '2026-06-25', endsOn: '2026-07-11', interruptedOn: ['2026-06-25'] });
  });

  test('the tenth day of the inclusive reading is one day earlier', () => {
    expect(after(['2026-07-04'], 'START_INCLUSIVE')).toEqual(['2026-07-10', '2026-07-06']);
    expect(after(['2026-07-05'], 'START_INCLUSIVE')).toEqual(['2026-07-10', '2026-07-05']);
  });

  test('a day counts from 12 hours down', () => {
    expect([isOutage(11.99), isOutage(12), isOutage(24)]).toEqual([false, true, true]);
  });
});
