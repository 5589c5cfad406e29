import { describe, expect, test } from 'vitest';
import { freezeBeginsOn, inElectionFreeze, requestedSessionDueOn, runoffDay } from '../../../domain/calendar/elections.ts';
import { confirmBy, DEFAULT_WITHDRAWAL, reminders, renewalOpensOn, staleOn, withdrawalEffectOn } from '../../../domain/calendar/membership.ts';
import type { Trace } from '../../../domain/calendar/steps.ts';
import { lastDayOfYears } from '../../../domain/calendar/terms.ts';

describe('elections', () => {
  test('E27: a vote on 24 and 25 May 2026 freezes the council from Thursday 9 April', () => {
    expect(freezeBeginsOn('2026-05-24')).toBe('2026-04-09');
    expect(inElectionFreeze('2026-05-07', '2026-05-24', null)).toBe(true);
    expect([inElectionFreeze('2026-04-08', '2026-05-24', null), inElectionFreeze('2026-04-09', '2026-05-24', null)]).toEqual([false, true]);
  });

  test('E29: a vote on 23 May 2027 freezes it from Thursday 8 April', () => {
    expect(freezeBeginsOn('2027-05-23')).toBe('2027-04-08');
  });

  test('the freeze ends with the new council, not with the vote', () => {
    expect(inElectionFreeze('2026-06-10', '2026-05-24', null)).toBe(true);
    expect([inElectionFreeze('2026-06-11', '2026-05-24', '2026-06-12'), inElectionFreeze('2026-06-12', '2026-05-24', '2026-06-12')]).toEqual([true, false]);
  });

  test('a runoff is held on the second Sunday after', () => {
    expect(runoffDay('2026-05-24')).toBe('2026-06-07');
  });

  test('E26: a session that a fifth of the councillors asked for on 1 July 2026 is held by 21 July', () => {
    expect(requestedSessionDueOn('2026-07-01')).toBe('2026-07-21');
    // Sunday 26 July.
    expect(requestedSessionDueOn('2026-07-06')).toBe('2026-07-27');
  });
});

describe('membership', () => {
  test('E52: in force on 2026-12-01 for 3 years, ends on 2029-11-30, renewal opens on 2029-05-30', () => {
    const endsOn = lastDayOfYears('2026-12-01', 3);
    expect(endsOn).toBe('2029-11-30');
    expect(renewalOpensOn(endsOn)).toBe('2029-05-30');
    expect(renewalOpensOn('2030-08-31')).toBe('2030-02-28');
  });

  test.each([
    ['the end of notice is in December', '2030-06-30', '2026-12-01', '2030-12-31'],
    ['the end of notice is the first of January', '2030-07-01', '2026-12-01', '2031-12-31'],
    ['the end of notice is the last of a short February', '2030-08-31', '2026-12-01', '2031-12-31'],
    ['nobody leaves before three years', '2027-01-15', '2026-12-01', '2029-12-31'],
    ['three years that end on 31 December', '2027-01-15', '2027-01-01', '2029-12-31'],
    ['three years that end the day after', '2027-01-15', '2027-01-02', '2030-12-31'],
  ])('withdrawal: %s', (_name, delivered, inForce, effect) => {
    expect(withdrawalEffectOn(delivered, inForce)).toBe(effect);
  });

  test('a notice that ends on 31 December itself takes effect on that day', () => {
    expect(withdrawalEffectOn('2030-07-31', '2026-12-01', { ...DEFAULT_WITHDRAWAL, noticeMonths: 5 })).toBe('2030-12-31');
  });

  test('withdrawal says what held it back', () => {
    const trace: Trace = [];
    withdrawalEffectOn('2027-01-15', '2026-12-01', DEFAULT_WITHDRAWAL, trace);
    expect(trace).toEqual([{ code: 'NOTICE_ENDS', date: '2027-07-15', n: 6 }, { code: 'LOCKED_IN', date: '2029-11-30', n: 3 }, { code: 'YEAR_ENDS', date: '2029-12-31' }]);
    const free: Trace = [];
    withdrawalEffectOn('2030-01-15', '2026-12-01', DEFAULT_WITHDRAWAL, free);
    expect(free.map(({ code }) => code)).toEqual(['NOTICE_ENDS', 'YEAR_ENDS']);
  });

  test('reminders come 30, 15, 7 and 1 days before the window ends', () => {
    expect(reminders('2026-07-31')).toEqual([
      { daysBefore: 30, on: '2026-07-01' }, { daysBefore: 15, on: '2026-07-16' }, { daysBefore: 7, on: '2026-07-24' }, { daysBefore: 1, on: '2026-07-30' },
    ]);
  });

  test('a recognition is stale after twelve months', () => {
    expect([staleOn('2026-03-10'), staleOn('2028-02-29')]).toEqual(['2027-03-10', '2029-02-28']);
  });

  test('a new mayor has 60 days to confirm the referents, and one more where the last is a holiday', () => {
    expect(confirmBy('2026-06-10')).toBe('2026-08-10');
    expect(confirmBy('2026-06-12')).toBe('2026-08-11');
  });
});
