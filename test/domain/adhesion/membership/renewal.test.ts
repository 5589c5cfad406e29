import { describe, expect, test } from 'vitest';
import { adhesion, type PolicyChoices } from '../../../../domain/adhesion/index.ts';
import { BASIS, COUNTERSIGNED, NOW, OPERATOR, REGISTERED, SIGNED, does, later, reached, view, when } from '../scenario.ts';

/** In force from 1 December 2026 for three years. */
function december(policies: PolicyChoices = {}) {
  const registered = does(reached('CountersignConvention', {}, policies), 'RegisterConvention', { ...REGISTERED, inForceOn: '2026-12-01' });
  return later(registered, '2026-12-01T08:00:00Z');
}
const TERM = {
  from: '2026-12-01', endsOn: '2029-11-30', endedFrom: '2029-11-30T23:00:00Z', renewalOpensOn: '2029-05-30', renewalOpensFrom: '2029-05-29T22:00:00Z',
} as const;
const inForce = december();
const opened = later(inForce, '2029-05-30T08:00:00Z');

const SHA256 = 'ef'.repeat(32);
const RESOLVED = { kind: 'ESSENTIAL', actNo: '30/2029', actOn: '2029-09-01', sha256: SHA256 } as const;
const SEPTEMBER = '2029-09-30T08:00:00Z';
const amending = does(opened, 'AmendConvention', RESOLVED, SEPTEMBER);
const signed = does(amending, 'SignConvention', { ...SIGNED, signedAt: '2029-09-10T08:00:00Z', certificateValidTo: undefined, sha256: SHA256 }, SEPTEMBER);
const renewed = does(signed, 'CountersignConvention', { ...COUNTERSIGNED, signedAt: '2029-09-20T08:00:00Z', certificateValidTo: undefined, sha256: SHA256 }, SEPTEMBER);

describe('the renewal', () => {
  test('E52: in force on 2026-12-01 for three years, it opens by itself on 2029-05-30, six months before the end', () => {
    expect(view(inForce).convention).toMatchObject({ endsOn: '2029-11-30', renewal: { opensOn: '2029-05-30', openedAt: null } });
    expect(adhesion.timers(inForce)).toContainEqual({ key: 'renewal', at: '2029-05-29T22:00:00Z', command: { type: 'BeginRenewal', data: { endsOn: '2029-11-30' } } });
    when(inForce, 'BeginRenewal', { endsOn: '2029-11-30' }, { now: '2029-05-29T21:59:59Z' }).nothing();
    when(inForce, 'BeginRenewal', { endsOn: '2029-11-30' }, { now: '2029-05-29T22:00:00Z' }).then({
      type: 'RenewalOpened', data: { term: TERM, basis: BASIS, at: '2029-05-29T22:00:00Z' }, effectiveOn: '2029-05-30',
    });
    when(inForce, 'BeginRenewal', { endsOn: '2029-11-29' }, { now: '2029-05-30T08:00:00Z' }).nothing();
    when(opened, 'BeginRenewal', { endsOn: '2029-11-30' }, { now: '2029-05-30T08:00:00Z' }).nothing();
    expect(view(opened)).toMatchObject({
      convention: { state: 'IN_FORCE', renewal: { openedAt: '2029-05-29T22:00:00Z' } }, phase: 'IMPLEMENTATION',
    });
    expect(view(opened).waitingFor).toContainEqual(expect.objectContaining({ who: 'MEMBER', what: 'AmendConvention', dueOn: '2029-11-30' }));
  });

  test('of a member that leaves it does not open, also by a clock that had been set before', () => {
    const leaving = does(inForce, 'RevokeResolution', { actNo: '60/2026', on: '2026-12-02' }, '2026-12-03T08:00:00Z');
    expect(adhesion.timers(leaving).map(({ key }) => key)).toStrictEqual(['expiry', 'withdrawal']);
    when(leaving, 'BeginRenewal', { endsOn: '2029-11-30' }, { now: '2029-05-30T08:00:00Z' }).nothing();
    const annulled = does(inForce, 'AnnulResolution', { actNo: '61/2026', on: '2026-12-02', by: 'COURT' }, '2026-12-03T08:00:00Z');
    when(annulled, 'BeginRenewal', { endsOn: '2029-11-30' }, { now: '2029-05-30T08:00:00Z' }).nothing();
    when(annulled, 'ExpireConvention', { endsOn: '2029-11-30' }, { now: '2029-12-01T08:00:00Z' }).nothing();
  });

  test('mayor and operator are told, and the mayor again two months before the end', () => {
    expect(opened.reminded).toMatchObject([{ to: 'MAYOR', what: 'AmendConvention', dueOn: '2029-11-30' }, { to: 'OPERATOR' }]);
    expect(later(opened, '2029-10-01T08:00:00Z').reminded.at(-1)).toMatchObject({
      key: 'end-2029-11-30', level: 'ESCALATION', to: 'MAYOR', dueOn: '2029-11-30', at: '2029-09-30T22:00:00Z',
    });
  });

  test('may be opened by hand before, once', () => {
    const byHand = when(inForce, 'OpenRenewal', {}, { actor: OPERATOR }).then({ type: 'RenewalOpened', data: { term: TERM, basis: BASIS, at: NOW } });
    when(byHand, 'OpenRenewal', {}).refused('ALREADY_RECORDED');
    expect(adhesion.timers(byHand).map(({ key }) => key)).not.toContain('renewal');
    when(reached('CountersignConvention'), 'OpenRenewal', {}).refused('CONVENTION_NOT_IN_FORCE');
  });

  test('the council resolves it and both sign it: the same case goes on for another term', () => {
    expect(view(amending).convention).toMatchObject({ state: 'AMENDING', amendments: [{ renews: true }] });
    expect(view(renewed, SEPTEMBER)).toMatchObject({
      convention: {
        state: 'RENEWED', inForceOn: '2026-12-01', endsOn: '2032-11-30', renewal: { opensOn: '2032-05-30', openedAt: null }, amendments: [{ concludedOn: '2029-09-20' }],
      },
    });
    expect(adhesion.timers(renewed).map(({ key }) => key)).toEqual(expect.arrayContaining(['renewal-2', 'expiry-2']));
    expect(view(later(renewed, '2029-12-01T08:00:00Z')).convention.state).toBe('RENEWED');
    const again = later(renewed, '2032-05-30T08:00:00Z');
    expect(view(again).convention).toMatchObject({ renewal: { opensOn: '2032-05-30', openedAt: '2032-05-29T22:00:00Z' } });
    expect(view(later(again, '2032-12-01T08:00:00Z'))).toMatchObject({ phase: 'CLOSED', convention: { state: 'EXPIRED', termination: { code: 'EXPIRED', on: '2032-11-30' } } });
  });

  test('an addendum before the renewal is open renews nothing', () => {
    const early = does(inForce, 'AmendConvention', { ...RESOLVED, actOn: '2026-12-01' }, '2026-12-02T08:00:00Z');
    expect(view(early).convention.amendments).toMatchObject([{ renews: false }]);
  });

  test('a convention registered by policies of 2026.1 has no term until its renewal is opened by hand', () => {
    const old = december({ policyVersion: '2026.1' });
    expect(adhesion.timers(old)).toStrictEqual([]);
    expect(view(old).convention).toMatchObject({ endsOn: '2029-11-30', renewal: null });
    const byHand = does(old, 'OpenRenewal', {}, '2029-06-01T08:00:00Z');
    expect(adhesion.timers(byHand)).toMatchObject([{ key: 'expiry', at: '2029-11-30T23:00:00Z' }]);
  });
});

describe('the end of the term', () => {
  test('no tacit renewal: E52 expired on 2029-11-30, renewal under way or not', () => {
    when(inForce, 'ExpireConvention', { endsOn: '2029-11-30' }, { now: '2029-11-30T22:59:59Z' }).nothing();
    when(inForce, 'ExpireConvention', { endsOn: '2029-11-30' }, { now: '2029-11-30T23:00:00Z' }).then({
      type: 'ConventionExpired', data: { endsOn: '2029-11-30', at: '2029-11-30T23:00:00Z' }, effectiveOn: '2029-12-01',
    });
    for (const state of [inForce, opened, amending, signed]) {
      expect(view(later(state, '2029-12-01T00:00:00Z'))).toMatchObject({ phase: 'CLOSED', convention: { state: 'EXPIRED', termination: { code: 'EXPIRED', on: '2029-11-30' } } });
    }
  });

  test('services are closed first: EXITING until then, and no new one begins', () => {
    const running = does(inForce, 'RequestMigration', { service: 'TRAINING' }, '2026-12-02T08:00:00Z');
    const expired = later(running, '2029-12-01T00:00:00Z');
    expect(view(expired)).toMatchObject({ phase: 'EXITING', convention: { state: 'EXPIRED' } });
    expect(view(expired).waitingFor).toStrictEqual([{
      who: 'OPERATOR', what: 'Cancel', since: '2029-11-30T23:00:00Z', dueOn: null,
      reasons: [{ code: 'SERVICE_OPEN', message: { it: "c_a010-1.TRAINING è ancora aperta (richiesta); l'uscita la chiude.", en: 'c_a010-1.TRAINING is still open (requested); the exit closes it.' } }],
    }]);
    expect(adhesion.finished({ ...expired, owed: [] })).toBe(false);
    when(expired, 'RequestMigration', { service: 'RTD_COMMUNITY' }).refused('CONVENTION_ENDED');
    when(expired, 'OpenRenewal', {}).refused('CONVENTION_ENDED');
    when(expired, 'GiveWithdrawalNotice', { deliveredAt: '2029-12-02T08:00:00Z', actNo: '1', actOn: '2029-12-01' }).refused('CONVENTION_ENDED');
    when(expired, 'CloseAdhesion', { reasons: { textId: 't', digest: 'd' } }).refused('CONVENTION_CONCLUDED');
  });
});

test('a resolution of a day before the renewal was opened does not renew, whenever it is recorded', () => {
  const early = does(opened, 'AmendConvention', { ...RESOLVED, actOn: '2029-05-29' }, SEPTEMBER);
  expect(view(early).convention).toMatchObject({ amendments: [{ renews: false }] });
  expect(view(does(opened, 'AmendConvention', { ...RESOLVED, actOn: '2029-05-30' }, SEPTEMBER)).convention).toMatchObject({ amendments: [{ renews: true }] });
  const byHand = does(inForce, 'OpenRenewal', {}, '2029-02-01T08:00:00Z');
  expect(view(does(byHand, 'AmendConvention', { ...RESOLVED, actOn: '2029-02-01' }, SEPTEMBER)).convention).toMatchObject({ amendments: [{ renews: true }] });
});
