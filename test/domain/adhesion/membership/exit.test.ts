import { describe, expect, test } from 'vitest';
import { REGISTERED, TEXT_SHA256, does, later, reached, timersOf, view, when } from '../scenario.ts';

const ORDER = { by: 'COURT', orderNo: '1201/2026', from: '2026-10-20' } as const;
const ANNULLED = { actNo: '2400/2026', on: '2026-11-02', by: 'COURT' } as const;
const running = does(reached('AcceptAppointment'), 'RequestMigration', { service: 'TRAINING' });
const drafted = does(running, 'DraftDpa', { sha256: TEXT_SHA256 });

describe('a convention that has ended', () => {
  const ended = does(running, 'AnnulResolution', ANNULLED);
  const expired = later(does(drafted, 'SuspendResolution', ORDER), '2029-09-01T08:00:00Z');

  test('waits for no end of a suspension, and reminds of nothing but the exit', () => {
    expect(view(expired)).toMatchObject({ phase: 'EXITING', convention: { state: 'EXPIRED' }, waitingFor: [{ what: 'Cancel' }] });
  });

  test('takes no act of the resolution that would change nothing any more', () => {
    const now = '2029-09-02T08:00:00Z';
    const unsuspended = later(running, '2029-09-01T08:00:00Z');
    when(unsuspended, 'SuspendResolution', { ...ORDER, from: '2029-09-01' }, { now }).refused('CONVENTION_ENDED');
    when(unsuspended, 'RectifyResolution', { actNo: '1', on: '2026-10-01', substantial: false }, { now }).refused('CONVENTION_ENDED');
    when(unsuspended, 'RecordBoardOutage', { day: '2026-07-15', hoursDown: 14 }, { now }).refused('CONVENTION_ENDED');
    when(ended, 'SuspendResolution', ORDER).refused('RESOLUTION_ANNULLED');
  });
});

test('a withdrawal that takes effect after the last day of the convention is overtaken by its expiry, which is waited for', () => {
  const revoked = does(reached('AcceptAppointment'), 'RevokeResolution', { actNo: '60/2026', on: '2026-10-01' });
  // By default the lock-in lasts as long as the convention, up to 31 August 2029.
  expect(view(revoked)).toMatchObject({ convention: { endsOn: '2029-08-31', withdrawal: { effectOn: '2030-12-31' } } });
  expect(view(revoked).waitingFor).toMatchObject([{ who: 'CLOCK', what: 'expiry', dueOn: '2029-08-31' }]);
});

test('a withdrawal that was overtaken by an annulment takes effect no more, while services are still open', () => {
  const leaving = does(running, 'RevokeResolution', { actNo: '60/2026', on: '2026-10-01' });
  expect(timersOf(leaving)).toMatchObject([{ key: 'withdrawal', at: '2030-12-31T23:00:00Z' }]);
  const annulled = does(leaving, 'AnnulResolution', ANNULLED);
  expect(view(annulled)).toMatchObject({ phase: 'EXITING', convention: { state: 'TERMINATED', termination: { code: 'NO_MANDATE', on: '2026-11-02' } }, timers: [] });
  when(annulled, 'CompleteWithdrawal', { effectOn: '2030-12-31' }, { now: '2031-01-01T08:00:00Z' }).nothing();
});

describe('an agreement in force under a convention that is not yet', () => {
  const registered = does(reached('CountersignConvention'), 'RegisterConvention', { ...REGISTERED, inForceOn: '2026-12-01' });
  const dpo = does(registered, 'AppointReferent', { role: 'DPO', subject: 's_dpo', actNo: '14/2026', actOn: '2026-09-01' });
  const sent = does(dpo, 'DraftDpa', { sha256: TEXT_SHA256 });
  const agreed = does(does(sent, 'SignDpa', { signedAt: '2026-09-03T08:00:00Z', sha256: TEXT_SHA256 }), 'CountersignDpa', {
    signedAt: '2026-09-04T08:00:00Z', sha256: TEXT_SHA256, inForceOn: '2026-10-01',
  });

  test('goes back when the resolution is annulled: the convention never comes into force', () => {
    expect(timersOf(agreed)).toMatchObject([{ key: 'in-force', at: '2026-11-30T23:00:00Z' }]);
    const annulled = does(agreed, 'AnnulResolution', ANNULLED);
    expect(view(annulled)).toMatchObject({ phase: 'EXITING', dpa: { state: 'ENDING' }, waitingFor: [{ who: 'MEMBER', what: 'ConfirmDataReturn' }] });
    expect(timersOf(annulled).map(({ key }) => key)).toStrictEqual(['remind-data-return-2026-11-02']);
    when(annulled, 'BringIntoForce', { inForceOn: '2026-12-01' }, { now: '2026-12-01T08:00:00Z' }).nothing();
  });

  test('of a member that was leaving too, it is the end that is said', () => {
    const left = does(does(agreed, 'RevokeResolution', { actNo: '60/2026', on: '2026-10-01' }), 'AnnulResolution', ANNULLED);
    when(left, 'InviteRecognition', {}).refused('CONVENTION_ENDED');
    when(left, 'RecordBudgetCover', { covered: true }).refused('CONVENTION_ENDED');
  });
});

test('a convention registered by policies of 2026.1 has no term that a clock could renew or end', () => {
  const old = reached('RegisterConvention', {}, { policyVersion: '2026.1' });
  when(old, 'BeginRenewal', { endsOn: '2029-08-31' }, { now: '2029-09-01T08:00:00Z' }).nothing();
  when(old, 'ExpireConvention', { endsOn: '2029-08-31' }, { now: '2029-09-01T08:00:00Z' }).nothing();
});
