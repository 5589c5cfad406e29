import { expect, test } from 'vitest';
import { lockInEndsOn, termFrom, withdrawalFrom } from '../../../../domain/adhesion/membership/dates.ts';
import { resolvePolicies, type PolicyChoices } from '../../../../domain/adhesion/policies.ts';

const policies = (choices: PolicyChoices = {}) => resolvePolicies(choices, 5_000);

test.each([
  ['2026-12-01', '2029-11-30', '2029-05-30'],
  ['2026-09-01', '2029-08-31', '2029-02-28'],
  ['2027-01-01', '2029-12-31', '2029-06-30'],
  // The anniversary of 29 February is 1 March.
  ['2028-02-29', '2031-02-28', '2030-08-28'],
  ['2028-03-01', '2031-02-28', '2030-08-28'],
])('E52: in force on %s for three years it ends on %s, and its renewal opens on %s', (from, endsOn, renewalOpensOn) => {
  expect(termFrom(from, policies())).toMatchObject({ from, endsOn, renewalOpensOn });
});

test('a term ends at the midnight after its last day, whatever the clocks do', () => {
  expect(termFrom('2026-12-01', policies())).toMatchObject({ endedFrom: '2029-11-30T23:00:00Z', renewalOpensFrom: '2029-05-29T22:00:00Z' });
});

test('a renewal is not opened before the first day', () => {
  const short = policies({ conventionYears: 1, exit: { renewalMonthsBefore: 18 } });
  expect(termFrom('2026-12-01', short)).toMatchObject({ endsOn: '2027-11-30', renewalOpensOn: '2026-12-01' });
});

test.each([['2026-12-01', 3, '2029-12-01'], ['2028-02-29', 3, '2031-03-01'], ['2028-02-29', 4, '2032-02-29'], ['2026-12-01', 0, '2026-12-01']])(
  'in force on %s, after %i years of lock-in, a notice may be delivered from %s on', (from, lockInYears, first) => {
    expect(lockInEndsOn(from, policies({ exit: { lockInYears } }))).toBe(first);
  },
);

test.each([
  ['2030-06-30', '2030-12-30', '2030-12-31'],
  ['2030-07-01', '2031-01-01', '2031-12-31'],
  ['2030-08-31', '2031-02-28', '2031-12-31'],
  ['2030-01-02', '2030-07-02', '2030-12-31'],
])('a notice delivered on %s ends on %s and takes effect on %s', (delivered, noticeEndsOn, effectOn) => {
  expect(withdrawalFrom(delivered, policies())).toMatchObject({ noticeEndsOn, effectOn });
});

test('a notice that ends on 31 December takes effect on that day', () => {
  expect(withdrawalFrom('2030-12-31', policies({ exit: { noticeMonths: 12 } }))).toStrictEqual({
    noticeEndsOn: '2031-12-31', effectOn: '2031-12-31', endedFrom: '2031-12-31T23:00:00Z',
  });
});
