import { describe, expect, test } from 'vitest';
import { adhesion } from '../../../../domain/adhesion/index.ts';
import { BASIS, MEMBER, OPERATOR, REGISTERED, does, later, reached, view, when } from '../scenario.ts';

/** In force on 2026-09-01 for ten years: the lock-in ends on 2029-09-01. */
const inForce = reached('RegisterConvention', {}, { conventionYears: 10 });
const NOTICE = { deliveredAt: '2030-06-30T10:00:00+02:00', actNo: '20/2030', actOn: '2030-06-20' } as const;
const JULY = '2030-07-01T08:00:00Z';
const leaving = does(inForce, 'GiveWithdrawalNotice', NOTICE, JULY);

describe('GiveWithdrawalNotice', () => {
  test('six months of notice, effect on the 31 December that follows', () => {
    when(inForce, 'GiveWithdrawalNotice', NOTICE, { now: JULY }).then({
      type: 'WithdrawalNoticeGiven',
      data: {
        ground: 'NOTICE', deliveredAt: '2030-06-30T08:00:00Z', actNo: '20/2030', actOn: '2030-06-20', noticeEndsOn: '2030-12-30', effectOn: '2030-12-31',
        endedFrom: '2030-12-31T23:00:00Z', basis: BASIS, at: JULY,
      },
      effectiveOn: '2030-06-30',
    });
    expect(view(leaving, JULY)).toMatchObject({
      phase: 'EXITING', convention: { state: 'WITHDRAWING', withdrawal: { ground: 'NOTICE', noticeEndsOn: '2030-12-30', effectOn: '2030-12-31' }, termination: null },
    });
    expect(view(leaving).waitingFor).toContainEqual({ who: 'CLOCK', what: 'withdrawal', since: JULY, dueOn: '2030-12-31', reasons: [] });
    when(leaving, 'GiveWithdrawalNotice', NOTICE, { now: JULY }).refused('ALREADY_RECORDED');
  });

  test('the effect comes by itself: bound to the end of 31 December, then closed', () => {
    when(leaving, 'CompleteWithdrawal', { effectOn: '2030-12-31' }, { now: '2030-12-31T22:59:59Z' }).nothing();
    when(leaving, 'CompleteWithdrawal', { effectOn: '2030-12-31' }, { now: '2030-12-31T23:00:00Z' }).then({
      type: 'MemberWithdrawn', data: { effectOn: '2030-12-31', at: '2030-12-31T23:00:00Z' }, effectiveOn: '2031-01-01',
    });
    expect(view(later(leaving, '2030-12-31T22:59:00Z')).convention.state).toBe('WITHDRAWING');
    const left = later(leaving, '2031-01-01T08:00:00Z');
    expect(view(left)).toMatchObject({ phase: 'CLOSED', convention: { state: 'TERMINATED', termination: { code: 'WITHDRAWN', on: '2030-12-31' } }, timers: [], waitingFor: [] });
    expect(adhesion.finished(left)).toBe(true);
    when(left, 'RecordMandateChange', { kind: 'MAYOR_CHANGED', on: '2031-01-01' }, { now: '2031-02-01T08:00:00Z' }).refused('CASE_CLOSED');
  });

  test('nobody withdraws during the lock-in; the refusal names the first possible day', () => {
    const early = when(inForce, 'GiveWithdrawalNotice', { ...NOTICE, deliveredAt: '2029-08-31T21:59:59Z', actOn: '2029-08-01' }, { now: JULY });
    early.refused('LOCK_IN_PERIOD', 'deliveredAt');
    expect(JSON.stringify(early.decision)).toContain('2029-09-01');
    const first = { ...NOTICE, deliveredAt: '2029-08-31T22:00:00Z', actOn: '2029-08-01' };
    expect(view(does(inForce, 'GiveWithdrawalNotice', first, JULY)).convention.withdrawal).toMatchObject({ noticeEndsOn: '2030-03-01', effectOn: '2030-12-31' });
  });

  test('by default the lock-in lasts as long as the convention: it is left by not renewing it', () => {
    const byDefault = reached('RegisterConvention');
    when(byDefault, 'GiveWithdrawalNotice', { ...NOTICE, deliveredAt: '2029-08-31T08:00:00Z', actOn: '2029-08-01' }, { now: '2029-08-31T09:00:00Z' }).refused('LOCK_IN_PERIOD');
  });

  test.each<[string, object, string, string]>([
    ['delivered before the resolution', { actOn: '2030-07-01' }, 'DATE_BEFORE_GROUND', 'deliveredAt'],
    ['to come', { deliveredAt: '2030-07-01T08:00:01Z' }, 'FACT_IN_FUTURE', 'deliveredAt'],
    ['on an act to come', { actOn: '2030-07-02' }, 'FACT_IN_FUTURE', 'actOn'],
    ['on an act before the day in force', { actOn: '2026-08-31' }, 'DATE_BEFORE_GROUND', 'actOn'],
  ])('is refused when %s', (_when, change, code, path) => {
    when(inForce, 'GiveWithdrawalNotice', { ...NOTICE, ...change }, { now: JULY }).refused(code, path);
  });

  test('is the member\'s, of a convention in force; nothing new begins after it', () => {
    when(inForce, 'GiveWithdrawalNotice', NOTICE, { now: JULY, actor: OPERATOR }).refused('FORBIDDEN');
    when(reached('CountersignConvention'), 'GiveWithdrawalNotice', NOTICE, { now: JULY }).refused('CONVENTION_NOT_IN_FORCE');
    when(leaving, 'RequestMigration', { service: 'TRAINING' }, { now: JULY }).refused('MEMBER_LEAVING');
    when(leaving, 'OpenRenewal', {}, { now: JULY }).refused('MEMBER_LEAVING');
    expect(adhesion.timers(leaving).map(({ key }) => key)).toStrictEqual(['expiry', 'withdrawal']);
  });

  test('the term may end before the effect', () => {
    const short = reached('RegisterConvention', {}, { conventionYears: 4, exit: { lockInYears: 0 } });
    const state = does(short, 'GiveWithdrawalNotice', { ...NOTICE, deliveredAt: '2030-03-01T08:00:00Z', actOn: '2030-02-01' }, '2030-03-02T08:00:00Z');
    expect(view(later(state, '2030-09-01T08:00:00Z')).convention).toMatchObject({ state: 'EXPIRED', termination: { code: 'EXPIRED', on: '2030-08-31' } });
  });

  test('of a term that ends with the effect it is the expiry that is waited for, and comes', () => {
    const registered = does(reached('CountersignConvention', {}, { conventionYears: 4, exit: { lockInYears: 0 } }), 'RegisterConvention', { ...REGISTERED, inForceOn: '2027-01-01' });
    const state = does(later(registered, '2027-01-01T08:00:00Z'), 'GiveWithdrawalNotice', NOTICE, JULY);
    expect(view(state).convention).toMatchObject({ endsOn: '2030-12-31', withdrawal: { effectOn: '2030-12-31' } });
    expect(view(state).waitingFor).toMatchObject([{ what: 'AppointReferent' }, { who: 'CLOCK', what: 'expiry', dueOn: '2030-12-31' }]);
    expect(view(later(state, '2031-01-01T08:00:00Z')).convention.termination).toStrictEqual({ code: 'EXPIRED', on: '2030-12-31' });
  });

  test('a mistake in it is corrected, by a timer of its own', () => {
    const { version } = leaving;
    const corrected = does(leaving, 'CorrectFact', { version, data: { ...NOTICE, deliveredAt: '2030-07-01T06:00:00Z' } }, JULY);
    expect(view(corrected).convention.withdrawal).toMatchObject({ noticeEndsOn: '2031-01-01', effectOn: '2031-12-31' });
    expect(adhesion.timers(corrected)).toContainEqual(expect.objectContaining({ key: 'withdrawal-2', at: '2031-12-31T23:00:00Z' }));
    expect(view(later(corrected, '2031-01-01T08:00:00Z')).convention.state).toBe('WITHDRAWING');
    when(leaving, 'CorrectFact', { version, data: { ...NOTICE, deliveredAt: '2028-07-01T06:00:00Z', actOn: '2028-06-01' } }, { now: JULY, actor: MEMBER }).refused('LOCK_IN_PERIOD');
  });
});

describe('a resolution revoked after the conclusion', () => {
  const REVOKED = { actNo: '44/2030', on: '2030-05-10' } as const;

  test('counts as a withdrawal: notice from the day of the revocation', () => {
    when(inForce, 'RevokeResolution', REVOKED, { now: JULY }).then(
      { type: 'ResolutionRevoked', data: { ...REVOKED, effectFrom: '2030-05-10', at: JULY }, effectiveOn: '2030-05-10' },
      {
        type: 'WithdrawalNoticeGiven',
        data: {
          ground: 'REVOCATION', deliveredAt: null, actNo: '44/2030', actOn: '2030-05-10', noticeEndsOn: '2030-11-10', effectOn: '2030-12-31',
          endedFrom: '2030-12-31T23:00:00Z', basis: BASIS, at: JULY,
        },
        effectiveOn: '2030-05-10',
      },
    );
    const revoked = does(inForce, 'RevokeResolution', REVOKED, JULY);
    expect(view(revoked)).toMatchObject({ phase: 'EXITING', convention: { state: 'WITHDRAWING' } });
    when(revoked, 'GiveWithdrawalNotice', NOTICE, { now: JULY }).refused('ALREADY_RECORDED');
    expect(view(later(revoked, '2031-01-01T08:00:00Z'))).toMatchObject({ phase: 'CLOSED', convention: { state: 'TERMINATED', termination: { code: 'WITHDRAWN' } } });
  });

  test('is no way round the lock-in: the notice counts from its end', () => {
    const revoked = does(inForce, 'RevokeResolution', { actNo: '60/2026', on: '2026-10-01' });
    expect(view(revoked).convention.withdrawal).toMatchObject({ actOn: '2026-10-01', noticeEndsOn: '2030-03-01', effectOn: '2030-12-31' });
  });

  test('adds nothing to a notice that was given, and is corrected by no notice', () => {
    const revoked = does(leaving, 'RevokeResolution', { actNo: '44/2030', on: '2030-07-01' }, JULY);
    expect(view(revoked).convention.withdrawal).toMatchObject({ ground: 'NOTICE', effectOn: '2030-12-31' });
    const first = does(inForce, 'RevokeResolution', REVOKED, JULY);
    when(first, 'CorrectFact', { version: first.version, data: NOTICE }, { now: JULY }).refused('CORRECTION_TOO_LATE');
  });

  test('concluded and not in force yet, it still comes into force and is left', () => {
    const revoked = does(reached('CountersignConvention'), 'RevokeResolution', { actNo: '60/2026', on: '2026-08-08' });
    expect(view(revoked)).toMatchObject({ phase: 'DESIGN', convention: { state: 'COUNTERSIGNED' }, waitingFor: [{ what: 'RegisterConvention' }] });
  });
});
