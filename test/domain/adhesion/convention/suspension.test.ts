import { describe, expect, test } from 'vitest';
import { adhesion } from '../../../../domain/adhesion/index.ts';
import { COUNTERSIGNED, REGISTERED, SIGNED, does, later, reached, view, when } from '../scenario.ts';

const SUSPENDED = { by: 'COURT', orderNo: '1201/2026', from: '2026-08-20' } as const;
const LIFTED = { on: '2026-10-20', orderNo: '1500/2026' } as const;

const suspended = (last: 'AcceptResolution' | 'SignConvention' | 'CountersignConvention') => does(reached(last), 'SuspendResolution', SUSPENDED);

describe('E48: while the resolution is suspended', () => {
  test('nothing is signed nor registered, and only the lift is waited for; after it it goes on where it was', () => {
    when(suspended('AcceptResolution'), 'SignConvention', SIGNED).refused('RESOLUTION_SUSPENDED');
    when(suspended('SignConvention'), 'CountersignConvention', { ...COUNTERSIGNED, signedAt: '2026-08-21T08:00:00Z' }).refused('RESOLUTION_SUSPENDED');
    when(suspended('CountersignConvention'), 'RegisterConvention', REGISTERED).refused('RESOLUTION_SUSPENDED');
    for (const state of [suspended('SignConvention'), suspended('CountersignConvention')]) {
      expect(view(state).waitingFor.map(({ who, what }) => `${who} ${what}`)).toStrictEqual(['MEMBER LiftSuspension']);
    }
    const signed = does(does(suspended('AcceptResolution'), 'LiftSuspension', LIFTED), 'SignConvention', SIGNED);
    expect(view(signed).waitingFor).toMatchObject([{ what: 'CountersignConvention' }]);
  });

  test('a convention does not come into force on its day, and does at the lift', () => {
    const registered = does(reached('CountersignConvention'), 'RegisterConvention', { ...REGISTERED, inForceOn: '2026-12-01' });
    const held = does(registered, 'SuspendResolution', { ...SUSPENDED, from: '2026-11-20' });
    expect(adhesion.timers(held)).toStrictEqual([]);
    when(held, 'BringIntoForce', { inForceOn: '2026-12-01' }, { now: '2026-12-01T08:00:00Z' }).nothing();
    expect(view(later(held, '2026-12-10T08:00:00Z')).convention.state).toBe('REGISTERED');
    const lifted = does(held, 'LiftSuspension', { on: '2026-12-15', orderNo: '1' }, '2026-12-16T08:00:00Z');
    expect(view(lifted)).toMatchObject({ phase: 'IMPLEMENTATION', convention: { state: 'IN_FORCE', inForceOn: '2026-12-01', endsOn: '2029-11-30' } });
  });

  test('what runs goes on, nothing new begins', () => {
    const running = does(reached('AcceptAppointment'), 'RequestMigration', { service: 'TRAINING' });
    const state = does(running, 'SuspendResolution', { ...SUSPENDED, from: '2026-10-01' });
    expect(view(state)).toMatchObject({ phase: 'MANAGEMENT', convention: { state: 'IN_FORCE' }, migrations: [{ state: 'REQUESTED' }] });
    when(state, 'RequestMigration', { service: 'RTD_COMMUNITY' }).refused('RESOLUTION_SUSPENDED');
    when(state, 'AmendConvention', { kind: 'SERVICES', actNo: '1', actOn: '2026-10-02', sha256: 'ef'.repeat(32) }).refused('RESOLUTION_SUSPENDED');
    when(state, 'OpenRenewal', {}).refused('RESOLUTION_SUSPENDED');
    const lifted = does(state, 'LiftSuspension', LIFTED);
    expect(view(does(lifted, 'RequestMigration', { service: 'RTD_COMMUNITY' })).migrations).toHaveLength(2);
  });

  test('an addendum and an open renewal are not waited for, and nobody signs on', () => {
    const sha256 = 'ef'.repeat(32);
    const act = { ...SIGNED, signedAt: '2026-10-02T08:00:00Z', sha256 };
    const amending = does(reached('AcceptAppointment'), 'AmendConvention', { kind: 'ESSENTIAL', actNo: '70/2026', actOn: '2026-09-20', sha256 });
    const held = does(amending, 'SuspendResolution', { ...SUSPENDED, from: '2026-10-01' });
    const renewing = does(does(reached('AcceptAppointment'), 'OpenRenewal', {}), 'SuspendResolution', SUSPENDED);
    const signed = does(does(amending, 'SignConvention', act), 'SuspendResolution', { ...SUSPENDED, from: '2026-10-03' });
    when(held, 'SignConvention', act).refused('RESOLUTION_SUSPENDED');
    when(signed, 'CountersignConvention', { ...COUNTERSIGNED, signedAt: '2026-10-04T08:00:00Z', sha256 }).refused('RESOLUTION_SUSPENDED');
    for (const state of [held, renewing, signed]) expect(view(state).waitingFor.map(({ who, what }) => `${who} ${what}`)).toStrictEqual(['MEMBER LiftSuspension']);
    const lifted = [held, renewing, signed].map((state) => view(does(state, 'LiftSuspension', LIFTED)).waitingFor.map(({ who, what }) => `${who} ${what}`));
    expect(lifted).toStrictEqual([['MEMBER SignConvention'], ['MEMBER AmendConvention'], ['OPERATOR CountersignConvention']]);
  });

  test('terms ripen all the same: a suspended convention expires on its last day', () => {
    const state = does(reached('AcceptAppointment'), 'SuspendResolution', SUSPENDED);
    expect(view(later(state, '2029-09-01T00:00:00Z')).convention.state).toBe('EXPIRED');
  });
});

describe('a resolution that does not stand any more', () => {
  test('is not signed upon: revoked or annulled before the conclusion', () => {
    const revoked = does(reached('SignConvention'), 'RevokeResolution', { actNo: '60/2026', on: '2026-08-06' });
    when(revoked, 'CountersignConvention', COUNTERSIGNED).refused('NO_MANDATE');
    expect(view(revoked)).toMatchObject({ phase: 'DESIGN', convention: { state: 'SIGNED_BY_MEMBER', withdrawal: null, termination: null }, waitingFor: [{ who: 'OPERATOR', what: 'CloseAdhesion' }] });
    const annulled = does(reached('AcceptResolution'), 'AnnulResolution', { actNo: '2400/2026', on: '2026-11-02', by: 'COURT' });
    when(annulled, 'SignConvention', SIGNED).refused('NO_MANDATE');
    expect(view(annulled)).toMatchObject({ phase: 'DESIGN', convention: { termination: null } });
  });
});
