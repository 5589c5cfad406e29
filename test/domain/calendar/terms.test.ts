import { describe, expect, test } from 'vitest';
import { holidayName, isLegalHoliday, isWorkingDay } from '../../../domain/calendar/holidays.ts';
import { absoluteMajority, councillorsOf, membersOf, quorumFloor, votesNeeded } from '../../../domain/calendar/majority.ts';
import { computePublication, type ExecutivityPolicy, type PublicationCount } from '../../../domain/calendar/publication.ts';
import {
  actTerm, challengeableUntil, earliestSessionDay, earliestUrgentSession, lastDayOfYears, workingDaysAfter,
} from '../../../domain/calendar/terms.ts';

const MILANO = '015146';
const LEGNANO = '015118';

describe('holidays', () => {
  test('E09: 4 October is a holiday from 2026 on', () => {
    expect(isLegalHoliday('2025-10-04')).toBe(false);
    expect(holidayName('2026-10-04')).toBe("San Francesco d'Assisi");
    expect(isLegalHoliday('2027-10-04')).toBe(true);
  });

  test.each([
    ['2024-04-01', true], ['2025-04-21', true], ['2026-04-06', true], ['2027-03-29', true], ['2038-04-26', true], ['2026-04-05', true],
    ['2026-04-07', false],
  ])('Easter Monday and its neighbours: %s', (date, holiday) => {
    expect(isLegalHoliday(date)).toBe(holiday);
  });

  test.each(['2026-11-04', '2026-03-19', '2026-06-29', '2026-12-07'])('%s is none: abolished, or of a patron only', (date) => {
    expect(holidayName(date)).toBeNull();
  });

  test('Saturdays, holidays and the patron of the comune are no working days', () => {
    expect(isWorkingDay('2026-11-21', null)).toBe(false);
    expect(isWorkingDay('2026-12-08', null)).toBe(false);
    expect(isWorkingDay('2026-12-07', MILANO)).toBe(false);
    expect(isWorkingDay('2026-12-07', LEGNANO)).toBe(true);
    expect(isWorkingDay('2026-11-05', LEGNANO)).toBe(false);
  });
});

describe('terms', () => {
  test('E10, E11: the patron does not roll a term, a holiday does', () => {
    expect(actTerm('2026-11-27', 10)).toBe('2026-12-07');
    expect(actTerm('2026-11-28', 10)).toBe('2026-12-09');
  });

  test('E13: Easter Monday rolls to Tuesday', () => {
    expect(actTerm('2027-03-19', 10)).toBe('2027-03-30');
    expect(actTerm('2026-03-27', 10)).toBe('2026-04-07');
  });

  test('E14: a Saturday stands unless policy rolls it', () => {
    expect(actTerm('2026-11-11', 10)).toBe('2026-11-21');
    expect(actTerm('2026-11-11', 10, { saturdayRolls: true })).toBe('2026-11-23');
  });

  test('working days skip week-ends, holidays and the patron', () => {
    expect(workingDaysAfter('2026-12-04', 2, null)).toBe('2026-12-09');
    expect(workingDaysAfter('2026-12-04', 2, MILANO)).toBe('2026-12-10');
    expect(workingDaysAfter('2026-12-04', 0, MILANO)).toBe('2026-12-04');
  });

  test('E24: five clear days, and five days that are not clear', () => {
    expect(earliestSessionDay('2026-06-24', 5, true)).toBe('2026-06-30');
    expect(earliestSessionDay('2026-06-24', 5, false)).toBe('2026-06-29');
  });

  test('hours elapse over the change of clocks', () => {
    expect(earliestUrgentSession('2026-10-24T20:00:00+02:00', 24)).toBe('2026-10-25T18:00:00Z');
  });

  test('a challenge: August does not count, holidays and Saturdays roll', () => {
    expect(challengeableUntil('2026-12-11')).toBe('2027-02-09');
    expect(challengeableUntil('2026-07-27')).toBe('2026-10-26');
    expect(challengeableUntil('2026-08-14')).toBe('2026-10-30');
    // 60 days are Saturday 2026-09-05 without August; with it Tuesday 2026-10-06.
    expect(challengeableUntil('2026-07-07')).toBe('2026-10-06');
    // Saturday 2027-01-09 rolls over Sunday to Monday.
    expect(challengeableUntil('2026-11-10')).toBe('2027-01-11');
  });

  test('E52: a duration ends the day before its anniversary; that of 29 February is 1 March', () => {
    expect(lastDayOfYears('2026-12-01', 3)).toBe('2029-11-30');
    expect(lastDayOfYears('2028-02-29', 3)).toBe('2031-02-28');
    expect(lastDayOfYears('2028-02-29', 4)).toBe('2032-02-28');
    expect(lastDayOfYears('2027-01-01', 1)).toBe('2027-12-31');
  });
});

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

  test('E20: 00:00 in Rome, whichever clock', () => {
    expect(computePublication('2026-10-15', 'INCLUDE_FIRST', 'START_EXCLUSIVE').executiveFrom).toBe('2026-10-25T23:00:00Z');
    expect(computePublication('2026-10-14', 'INCLUDE_FIRST', 'START_EXCLUSIVE').executiveFrom).toBe('2026-10-24T22:00:00Z');
  });
});

describe('majorities', () => {
  test.each([[11, 6, 4], [13, 7, 4], [17, 9, 6], [25, 13, 8], [33, 17, 11], [49, 25, 16]])('%i members: majority %i, floor %i', (members, majority, floor) => {
    expect(membersOf(members - 1)).toBe(members);
    expect(absoluteMajority(members - 1)).toBe(majority);
    expect(quorumFloor(members - 1)).toBe(floor);
  });

  test.each([[3_000, 10], [3_001, 12], [10_000, 12], [30_000, 16], [100_000, 24], [100_001, 32], [1_000_000, 32], [1_350_000, 48]])(
    'a comune of %i has %i councillors', (population, councillors) => { expect(councillorsOf(population)).toBe(councillors); },
  );

  test('a simple majority of voters: a tie is not enough, abstentions by policy', () => {
    const votes = { for: 5, against: 4, abstained: 2 };
    expect(votesNeeded('SIMPLE_OF_VOTERS', 'NOT_VOTERS', 12, votes)).toBe(5);
    expect(votesNeeded('SIMPLE_OF_VOTERS', 'VOTERS', 12, votes)).toBe(6);
    expect(votesNeeded('SIMPLE_OF_VOTERS', 'NOT_VOTERS', 12, { for: 4, against: 4, abstained: 0 })).toBe(5);
    expect(votesNeeded('ABSOLUTE_OF_MEMBERS', 'VOTERS', 12, votes)).toBe(7);
  });
});
