import { describe, expect, test } from 'vitest';
import { withConflicts, type BookedCutover } from '../../../domain/portfolio/conflicts.ts';
import { cutoverOf } from '../../../domain/portfolio/cutover.ts';
import { comune, planned } from './support.ts';

const PLENTY = { perWeek: 10, perWeekOfService: 5 };
const SATURDAY = { from: '2027-01-09T08:00:00Z', to: '2027-01-09T16:00:00Z' };

function booked(name: string, service: string, other: Partial<BookedCutover> = {}): BookedCutover {
  const { body, place } = comune(name);
  return { migration: `${body}-1.${service}`, body, service, kind: 'SCHEDULED', window: SATURDAY, patronStaffed: false, traits: planned(service).traits, place, ...other };
}
const conflicts = (cutovers: readonly BookedCutover[], policy = PLENTY) => withConflicts(cutovers, policy).map((one) => [one.migration, one.conflicts.map(({ code }) => code)]);

describe('when a service is cut over', () => {
  const schedule = { ...SATURDAY, patronStaffed: true };
  const done = { startedAt: '2027-01-09T08:30:00Z', endedAt: '2027-01-09T11:00:00Z', outcome: 'SUCCEEDED' };

  test('is the day of the approved plan, then the window that was set, then when it was done', () => {
    expect(cutoverOf({ schedule: null, done: null, plannedOn: null })).toBeNull();
    expect(cutoverOf({ schedule: null, done: null, plannedOn: '2027-01-09' })).toEqual({ kind: 'PLANNED', window: { from: '2027-01-08T23:00:00Z', to: '2027-01-09T23:00:00Z' }, patronStaffed: false });
    expect(cutoverOf({ schedule, done: null, plannedOn: '2027-01-07' })).toEqual({ kind: 'SCHEDULED', window: SATURDAY, patronStaffed: true });
    expect(cutoverOf({ schedule, done, plannedOn: '2027-01-07' })).toEqual({ kind: 'DONE', window: { from: done.startedAt, to: done.endedAt }, patronStaffed: false });
  });

  test('is the window again when the cutover failed', () => {
    expect(cutoverOf({ schedule, done: { ...done, outcome: 'FAILED' }, plannedOn: null })).toMatchObject({ kind: 'SCHEDULED' });
  });
});

describe('conflicts of the calendar', () => {
  test('are none for cutovers that have their windows to themselves; the order is that of the windows', () => {
    const later = booked('Nosate', 'FIBRE', { window: { from: '2027-01-16T08:00:00Z', to: '2027-01-16T16:00:00Z' } });
    expect(withConflicts([later, booked('Rho', 'FIBRE')], PLENTY).map(({ migration, week, conflicts: found }) => [migration, week, found])).toEqual([
      ['c_h264-1.FIBRE', '2027-01-04', []], ['c_f939-1.FIBRE', '2027-01-11', []],
    ]);
  });

  test('are every forbidden window that is touched now, by what the service and the comune are', () => {
    const voting = { ...comune('Rho').place, elections: [{ firstDay: '2027-01-10', runoff: true }] };
    const [first] = withConflicts([booked('Rho', 'FIBRE', { place: voting })], PLENTY);
    expect(first?.conflicts).toEqual([{ code: 'ELECTION_DAYS', message: {
      it: 'Giorni di voto: da sabato 9 gennaio 2027 a martedì 12 gennaio 2027 compreso.', en: 'Days of a vote: from Saturday 9 January 2027 to Tuesday 12 January 2027, included.',
    } }]);
  });

  test('are not the eve of the patron where somebody is in the office', () => {
    const eve = { from: '2026-12-06T08:00:00Z', to: '2026-12-06T16:00:00Z' };
    expect(conflicts([booked('Milano', 'FIBRE', { window: eve }), booked('Milano', 'PAGOPA', { window: eve, patronStaffed: true })])).toEqual([
      ['c_f205-1.FIBRE', ['PATRON_EVE', 'COMUNE_BUSY']], ['c_f205-1.PAGOPA', ['COMUNE_BUSY']],
    ]);
  });

  test('are a week with more cutovers than it carries, told to each of them, planned ones too', () => {
    const three = [booked('Rho', 'FIBRE'), booked('Nosate', 'FIBRE', { kind: 'PLANNED' }), booked('Milano', 'PAGOPA')];
    expect(conflicts(three, { perWeek: 3, perWeekOfService: 1 })).toEqual([['c_f205-1.PAGOPA', []], ['c_f939-1.FIBRE', ['SERVICE_CAPACITY']], ['c_h264-1.FIBRE', ['SERVICE_CAPACITY']]]);
    expect(conflicts(three, { perWeek: 2, perWeekOfService: 2 }).map(([, found]) => found)).toEqual([['WEEK_CAPACITY'], ['WEEK_CAPACITY'], ['WEEK_CAPACITY']]);
    expect(withConflicts(three, { perWeek: 2, perWeekOfService: 2 })[0]?.conflicts[0]?.message.en).toBe('3 cutovers in the week, which carries 2.');
  });

  test('are another service of the same comune at the same time, and not of another comune or after it', () => {
    const after = { from: SATURDAY.to, to: '2027-01-09T20:00:00Z' };
    expect(conflicts([booked('Rho', 'FIBRE'), booked('Rho', 'PAGOPA'), booked('Nosate', 'PAGOPA'), booked('Rho', 'IDENTITY', { window: after })])).toEqual([
      ['c_f939-1.PAGOPA', []], ['c_h264-1.FIBRE', ['COMUNE_BUSY']], ['c_h264-1.PAGOPA', ['COMUNE_BUSY']], ['c_h264-1.IDENTITY', []],
    ]);
  });

  test('what is done has none, but counts in its week', () => {
    expect(conflicts([booked('Rho', 'FIBRE', { kind: 'DONE' }), booked('Nosate', 'FIBRE')], { perWeek: 10, perWeekOfService: 1 })).toEqual([['c_f939-1.FIBRE', ['SERVICE_CAPACITY']], ['c_h264-1.FIBRE', []]]);
  });
});
