import { describe, expect, test } from 'vitest';
import { challengeableUntil } from '../../../domain/calendar/challenge.ts';
import type { StepCode, Trace } from '../../../domain/calendar/steps.ts';
import {
  actMonths, actTerm, earliestSessionDay, earliestUrgentSession, effectMonths, effectTerm, hoursAfter, lastDayOfYears, latestDeliveryDay, rollBack,
  workingDaysAfter, workingDaysBefore, workingDaysBetween,
} from '../../../domain/calendar/terms.ts';
import { addHours, civilDateOf } from '../../../domain/shared/civil-date.ts';

const MILANO = '015146';
const LEGNANO = '015118';

/** Runs a rule and says what it noted, as `date CODE`. */
function noted(rule: (trace: Trace) => string): { due: string; steps: string[] } {
  const trace: Trace = [];
  const due = rule(trace);
  return { due, steps: trace.map(({ date, code }) => `${date} ${code}`) };
}

describe('terms for doing an act', () => {
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

  test('holidays in a row roll one after the other, each with its reason', () => {
    // Christmas Friday, Saint Stephen's Saturday, Sunday.
    expect(noted((trace) => actTerm('2026-12-15', 10, {}, trace))).toEqual({
      due: '2026-12-28',
      steps: [
        '2026-12-15 START_EXCLUDED', '2026-12-25 LAST_DAY', '2026-12-25 ROLLED_HOLIDAY', '2026-12-26 ROLLED_HOLIDAY', '2026-12-27 ROLLED_HOLIDAY',
      ],
    });
  });

  test('a holiday that rolls onto a Saturday stays there, unless policy rolls it too', () => {
    // All Saints 2030 is a Friday.
    expect(actTerm('2030-10-22', 10)).toBe('2030-11-02');
    expect(actTerm('2030-10-22', 10, { saturdayRolls: true })).toBe('2030-11-04');
  });

  test('no days: the day itself, rolled', () => {
    expect(actTerm('2026-12-08', 0)).toBe('2026-12-09');
  });
});

describe('terms on which an effect ripens', () => {
  test('never roll, and say so on a holiday', () => {
    expect(noted((trace) => effectTerm('2026-11-28', 10, undefined, trace))).toEqual({
      due: '2026-12-08', steps: ['2026-11-28 START_EXCLUDED', '2026-12-08 LAST_DAY', '2026-12-08 HOLIDAY_STANDS'],
    });
  });
});

describe('months and years', () => {
  test.each([
    ['2026-01-31', 1, '2026-02-28', true], ['2028-01-31', 1, '2028-02-29', true], ['2026-08-31', 6, '2027-02-28', true], ['2026-02-28', 1, '2026-03-28', false],
    ['2028-02-29', 12, '2029-02-28', true], ['2028-02-29', 48, '2032-02-29', false], ['2026-11-30', 12, '2027-11-30', false],
  ])('%s and %i months: %s, clamped %s', (from, months, due, clamped) => {
    const { due: found, steps } = noted((trace) => effectMonths(from, months, undefined, trace));
    expect(found).toBe(due);
    expect(steps.includes(`${due} MONTH_CLAMPED`)).toBe(clamped);
  });

  test('for an act roll off a holiday, also a clamped one', () => {
    // Sunday 28 February 2027.
    expect(actMonths('2026-08-31', 6)).toBe('2027-03-01');
    expect(effectMonths('2026-08-31', 6)).toBe('2027-02-28');
    // Saturday 31 October, then Sunday and All Saints on one day.
    expect(actMonths('2026-07-31', 3)).toBe('2026-10-31');
    expect(actMonths('2026-07-31', 3, { saturdayRolls: true })).toBe('2026-11-02');
  });

  test('E52: a convention of 3 years ends the day before its anniversary; that of 29 February is 1 March', () => {
    expect(lastDayOfYears('2026-12-01', 3)).toBe('2029-11-30');
    expect(lastDayOfYears('2028-02-29', 3)).toBe('2031-02-28');
    expect(lastDayOfYears('2028-02-29', 4)).toBe('2032-02-28');
    expect(lastDayOfYears('2027-01-01', 1)).toBe('2027-12-31');
  });
});

describe('working days', () => {
  test('skip week-ends, holidays and the patron', () => {
    expect(workingDaysAfter('2026-12-04', 2, null)).toBe('2026-12-09');
    expect(workingDaysAfter('2026-12-04', 2, LEGNANO)).toBe('2026-12-09');
    expect(workingDaysAfter('2026-12-04', 2, MILANO)).toBe('2026-12-10');
    expect(workingDaysAfter('2026-12-04', 0, MILANO)).toBe('2026-12-04');
  });

  test('say which day was skipped and why', () => {
    expect(noted((trace) => workingDaysAfter('2026-12-04', 2, MILANO, undefined, trace)).steps).toEqual([
      '2026-12-04 START_EXCLUDED', '2026-12-05 SKIPPED_SATURDAY', '2026-12-06 SKIPPED_HOLIDAY', '2026-12-07 SKIPPED_PATRON', '2026-12-08 SKIPPED_HOLIDAY',
      '2026-12-10 LAST_WORKING_DAY',
    ]);
  });

  test('say that the patron is not known, or that no comune was given', () => {
    expect(noted((trace) => workingDaysAfter('2026-12-09', 1, '015002', undefined, trace)).steps).toContain('2026-12-09 PATRON_UNKNOWN');
    expect(noted((trace) => workingDaysAfter('2026-12-09', 1, null, undefined, trace)).steps).toContain('2026-12-09 NO_COMUNE');
    expect(noted((trace) => workingDaysAfter('2026-12-09', 1, MILANO, undefined, trace)).steps).toEqual(['2026-12-09 START_EXCLUDED', '2026-12-10 LAST_WORKING_DAY']);
  });

  test('are counted backwards and between', () => {
    expect(workingDaysBefore('2026-12-01', 2, null)).toBe('2026-11-27');
    expect(workingDaysBefore('2026-12-09', 1, MILANO)).toBe('2026-12-04');
    expect(workingDaysBetween('2026-12-04', '2026-12-10', MILANO)).toBe(2);
    expect(workingDaysBetween('2026-12-09', '2026-12-10', MILANO)).toBe(1);
    expect(workingDaysBetween('2026-12-09', '2026-12-09', MILANO)).toBe(0);
    expect(workingDaysBetween('2026-12-10', '2026-12-04', MILANO)).toBe(0);
  });
});

describe('notice of a session', () => {
  test('E24: five clear days, and five days that are not clear', () => {
    expect(earliestSessionDay('2026-06-24', 5, true)).toBe('2026-06-30');
    expect(earliestSessionDay('2026-06-24', 5, false)).toBe('2026-06-29');
    expect(noted((trace) => earliestSessionDay('2026-06-24', 5, true, trace)).steps).toEqual(['2026-06-24 DELIVERY_EXCLUDED', '2026-06-25 CLEAR_DAYS', '2026-06-30 EARLIEST_SESSION']);
    expect(noted((trace) => earliestSessionDay('2026-06-24', 5, false, trace)).steps).toEqual(['2026-06-24 DELIVERY_EXCLUDED', '2026-06-29 EARLIEST_SESSION']);
  });

  test('E24 backwards: the notice of a session on 30 June is delivered on 24 June at the latest', () => {
    expect(noted((trace) => latestDeliveryDay('2026-06-30', 5, {}, trace))).toEqual({
      due: '2026-06-24', steps: ['2026-06-30 SESSION_EXCLUDED', '2026-06-25 CLEAR_DAYS', '2026-06-24 LATEST_DELIVERY'],
    });
  });

  test('a latest delivery on a holiday rolls back, never on; a local regulation may let it stand', () => {
    // Session on Monday 14 December: the Immacolata is six days before.
    expect(latestDeliveryDay('2026-12-14', 5)).toBe('2026-12-07');
    expect(latestDeliveryDay('2026-12-14', 5, { rolls: false })).toBe('2026-12-08');
    // Session on Saturday 12 December: Sunday the 6th rolls to Saturday the 5th, and with Saturdays to Friday.
    expect(latestDeliveryDay('2026-12-12', 5)).toBe('2026-12-05');
    expect(latestDeliveryDay('2026-12-12', 5, { saturdayRolls: true })).toBe('2026-12-04');
    expect(noted((trace) => rollBack('2026-12-06', { saturdayRolls: true }, trace)).steps).toEqual(['2026-12-06 ROLLED_BACK_HOLIDAY', '2026-12-05 ROLLED_BACK_SATURDAY']);
  });

  test('no clear days leave no days between', () => {
    expect(noted((trace) => earliestSessionDay('2026-06-24', 0, true, trace)).steps).toEqual(['2026-06-24 DELIVERY_EXCLUDED', '2026-06-25 EARLIEST_SESSION']);
    expect(noted((trace) => latestDeliveryDay('2026-06-25', 0, {}, trace)).steps).toEqual(['2026-06-25 SESSION_EXCLUDED', '2026-06-24 LATEST_DELIVERY']);
  });
});

test('E43: a delivery at 23:58 counts on that day, whenever it enters the register', () => {
  expect(civilDateOf('2026-07-31T23:58:00+02:00')).toBe('2026-07-31');
  expect(civilDateOf('2026-07-31T21:58:00Z')).toBe('2026-07-31');
  expect(civilDateOf(addHours('2026-07-31T23:58:00+02:00', 1))).toBe('2026-08-01');
});

describe('hours', () => {
  test('elapse over the change of clocks', () => {
    expect(earliestUrgentSession('2026-10-24T20:00:00+02:00', 24)).toBe('2026-10-25T18:00:00Z');
  });

  const CHANGE = '2026-10-25 CLOCK_BACK' satisfies `${string} ${StepCode}`;
  test.each([
    ['over the end of summer time', '2026-10-24T20:00:00+02:00', 24, '2026-10-25T18:00:00Z', [CHANGE]],
    // The clocks go back at 01:00 UTC.
    ['up to the change', '2026-10-25T00:00:00Z', 1, '2026-10-25T01:00:00Z', [CHANGE]],
    ['up to just before it', '2026-10-24T23:59:00Z', 1, '2026-10-25T00:59:00Z', []],
    ['from the change on', '2026-10-25T01:00:00Z', 24, '2026-10-26T01:00:00Z', []],
    ['over the beginning of summer time', '2027-03-27T20:00:00+01:00', 24, '2027-03-28T19:00:00Z', ['2027-03-28 CLOCK_FORWARD']],
    ['over none', '2026-07-01T00:00:00Z', 72, '2026-07-04T00:00:00Z', []],
  ])('%s', (_name, from, hours, due, changes) => {
    const found = noted((trace) => hoursAfter(from, hours, trace));
    expect(found.due).toBe(due);
    expect(found.steps.filter((step) => step.includes('CLOCK'))).toEqual(changes);
  });
});

describe('the challenge before the court', () => {
  test.each([
    ['E18', '2026-12-11', '2027-02-09'],
    ['August lies inside', '2026-07-27', '2026-10-26'],
    ['it begins in August', '2026-08-14', '2026-10-30'],
    ['it begins with August', '2026-07-31', '2026-10-30'],
    ['one day of August is left', '2026-08-30', '2026-10-30'],
    ['the publication ends with August', '2026-08-31', '2026-10-30'],
    // 60 days are Saturday 2026-09-05 without August; with it Tuesday 2026-10-06.
    ['a Saturday that August moves away', '2026-07-07', '2026-10-06'],
    // Saturday 2027-01-09 rolls over Sunday to Monday.
    ['a Saturday', '2026-11-10', '2027-01-11'],
    ['the last day of July', '2026-06-01', '2026-07-31'],
    ['a day more, which August takes', '2026-06-02', '2026-09-01'],
    // Saturday 31 July 2027 would roll to Monday 2 August, a day that does not count.
    ['a Saturday at the end of July', '2027-06-01', '2027-09-01'],
    // Sunday 31 July 2033.
    ['a Sunday at the end of July', '2033-06-01', '2033-09-01'],
  ])('%s: published until %s, challenge until %s', (_name, endsOn, until) => {
    expect(challengeableUntil(endsOn)).toBe(until);
  });

  test('says what was left out and what was rolled', () => {
    expect(noted((trace) => challengeableUntil('2027-06-01', undefined, trace)).steps).toEqual([
      '2027-06-01 CHALLENGE_DAYS', '2027-07-31 ROLLED_SATURDAY', '2027-08-01 ROLLED_HOLIDAY', '2027-08-02 AUGUST_LEFT_OUT', '2027-09-01 CHALLENGE_ENDS',
    ]);
  });
});
