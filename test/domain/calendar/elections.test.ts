import { describe, expect, test } from 'vitest';
import { firstSessionCallDueOn, firstSessionDueOn, freezeBeginsOn, inElectionFreeze, requestedSessionDueOn, runoffDay } from '../../../domain/calendar/elections.ts';

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

  test('the first session of a council is called within ten days of the proclamation, and held within ten of its call', () => {
    expect([firstSessionCallDueOn('2026-06-12'), firstSessionDueOn('2026-06-15')]).toEqual(['2026-06-22', '2026-06-25']);
    // Sunday 28 June.
    expect([firstSessionCallDueOn('2026-06-18'), firstSessionDueOn('2026-06-18')]).toEqual(['2026-06-29', '2026-06-29']);
  });
});
