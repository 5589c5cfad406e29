import { describe, expect, test } from 'vitest';
import { migration } from '../../../../domain/migration/index.ts';
import { MEMBER, OPERATOR, TEXT } from '../scenario.ts';
import { operating } from '../changes/operating.ts';
import { answered, approved, BOUND, committed, DONE, does, NOW, provisioned, requested, told, turns, view, when } from '../full.ts';

const LATER = '2026-12-20T09:00:00Z';
const FIBRE_OPERATES = { services: { FIBRE: 'OPERATING' } };
const voip = provisioned(requested('VOIP_TELEPHONY', FIBRE_OPERATES));
const vpn = committed(requested('VPN_MFA', { services: { FIBRE: 'OPERATING', IDENTITY: 'OPERATING' } }));

describe('a migration that a party suspends', () => {
  test.each([OPERATOR, MEMBER])('stands still and resumes where it was, for a $role', (actor) => {
    const held = when(voip, 'Suspend', { reasons: TEXT }, { actor }).then({ type: 'MigrationSuspended', data: { by: 'PARTY', reasons: TEXT, services: [], at: NOW } });
    expect(view(held)).toMatchObject({ state: 'SUSPENDED', suspension: { from: 'PROVISIONING', since: NOW, holds: ['PARTY'] }, timers: [] });
    expect(turns(held)).toEqual(['OPERATOR Resume']);
    const resumed = when(held, 'Resume', {}, { actor }).then({ type: 'MigrationResumed', data: { by: 'PARTY', terms: {}, at: NOW } });
    expect(view(resumed)).toMatchObject({ state: 'PROVISIONING', suspension: null });
  });

  test('is not suspended twice, nor resumed where it is not', () => {
    const held = does(voip, 'Suspend', { reasons: TEXT });
    when(held, 'Suspend', { reasons: TEXT }).refused('ALREADY_SUSPENDED');
    when(voip, 'Resume', {}).refused('NOT_SUSPENDED');
    when(does(requested('FIBRE'), 'Cancel', { reasons: TEXT }), 'Suspend', { reasons: TEXT }).refused('OUT_OF_TURN');
  });

  test('goes on with nothing by itself, until it resumes', () => {
    const held = does(committed(requested('PEC_PROTOCOL', { dpo: false })), 'Suspend', { reasons: TEXT });
    const open = told(held, { dpo: true });
    expect(view(open).state).toBe('SUSPENDED');
    expect(view(does(open, 'Resume', {})).state).toBe('PROVISIONING');
  });

  test('hears the broker meanwhile, and goes on from there', () => {
    const held = does(committed(requested('IDENTITY')), 'Suspend', { reasons: TEXT });
    const heard = answered(held, DONE);
    expect(view(heard)).toMatchObject({ state: 'SUSPENDED', undo: ['provisioned'] });
    expect(view(answered(does(heard, 'Resume', {}), BOUND)).state).toBe('ACCEPTANCE');
  });

  test('can be rolled back and given up', () => {
    const held = does(approved(requested('FIBRE')), 'Suspend', { reasons: TEXT });
    expect(view(does(held, 'RollBack', { reasons: TEXT }))).toMatchObject({ state: 'PLAN_DRAFTED', suspension: null });
    const cancelled = does(held, 'Cancel', { reasons: TEXT });
    expect(view(cancelled)).toMatchObject({ state: 'CANCELLED', suspension: null });
    when(cancelled, 'Resume', {}).refused('NOT_SUSPENDED');
  });
});

describe('a migration whose dependency falls', () => {
  test.each([
    ['ROLLING_BACK', 'CLOCK NoteGrounds'], ['SUSPENDED', 'CLOCK NoteGrounds'], ['PLAN_DRAFTED', 'CLOCK NoteGrounds'], ['RETIRING', 'CLOCK NoteGrounds'],
    // What has gone does not come by itself.
    ['CANCELLED', 'OPERATOR RequestMigration'], ['REJECTED', 'OPERATOR RequestMigration'], ['RETIRED', 'OPERATOR RequestMigration'],
  ])('E55: fibre %s, so telephony is suspended, waits for %s, and resumes by itself', (stage, turn) => {
    const held = told(voip, { services: { FIBRE: stage } });
    expect(view(held)).toMatchObject({ state: 'SUSPENDED', suspension: { from: 'PROVISIONING', holds: ['DEPENDENCY'] }, dependencies: [{ service: 'FIBRE', state: stage }] });
    expect(turns(held)).toEqual([turn]);
    when(held, 'Resume', {}).refused('NOT_SUSPENDED');
    expect(turns(told(held, { services: { FIBRE: 'REQUESTED' } }))).toEqual(['CLOCK NoteGrounds']);
    expect(view(told(held, FIBRE_OPERATES)).state).toBe('PROVISIONING');
  });

  test('and whose service people use may be given up meanwhile, where its dependency does not come back', () => {
    const held = told(operating(), { services: { CLOUD_MIGRATION: 'RETIRED' } });
    expect(view(held)).toMatchObject({ state: 'SUSPENDED', suspension: { from: 'OPERATING' } });
    expect(view(does(held, 'RetireService', { decidedOn: '2026-12-20', reasons: TEXT }, LATER))).toMatchObject({ state: 'RETIRING', suspension: null });
    when(told(voip, { services: { FIBRE: 'RETIRED' } }), 'RetireService', { decidedOn: '2026-10-05', reasons: TEXT }).refused('OUT_OF_TURN');
  });

  test('while it is provisioned: a plan of the dependency is enough where data move later, elsewhere it must operate', () => {
    expect(view(told(voip, { services: { FIBRE: 'PROVISIONING' } })).state).toBe('PROVISIONING');
    expect(view(vpn).state).toBe('PROVISIONING');
    expect(view(told(vpn, { services: { FIBRE: 'PROVISIONING', IDENTITY: 'OPERATING' } }))).toMatchObject({ state: 'SUSPENDED', suspension: { holds: ['DEPENDENCY'] } });
  });

  test('with one dependency gone and another fallen waits for both', () => {
    expect(turns(told(vpn, { services: { FIBRE: 'CANCELLED', IDENTITY: 'ROLLING_BACK' } }))).toEqual(['OPERATOR RequestMigration', 'CLOCK NoteGrounds']);
  });

  test('stays cancelled, whatever becomes of its dependency', () => {
    const cancelled = does(told(approved(requested('VOIP_TELEPHONY', FIBRE_OPERATES)), { services: { FIBRE: 'CANCELLED' } }), 'Cancel', { reasons: TEXT });
    expect(view(cancelled)).toMatchObject({ state: 'CANCELLED', suspension: null });
    expect(view(told(cancelled, FIBRE_OPERATES)).state).toBe('CANCELLED');
  });

  test('and that a party has suspended too resumes when both are over, in either order', () => {
    const both = does(told(voip, { services: { FIBRE: 'SUSPENDED' } }), 'Suspend', { reasons: TEXT });
    expect(turns(both)).toEqual(['OPERATOR Resume', 'CLOCK NoteGrounds']);
    expect(view(told(does(both, 'Resume', {}), FIBRE_OPERATES)).state).toBe('PROVISIONING');
    const party = told(both, FIBRE_OPERATES);
    expect(view(party)).toMatchObject({ state: 'SUSPENDED', suspension: { holds: ['PARTY'] } });
    expect(view(does(party, 'Resume', {})).state).toBe('PROVISIONING');
  });

  test('before its plan is approved is not suspended: its gate says what is missing', () => {
    expect(view(told(requested('VOIP_TELEPHONY', FIBRE_OPERATES), { services: { FIBRE: 'ROLLING_BACK' } })).state).toBe('FEASIBILITY');
  });
});

describe('what the adhesion tells', () => {
  test('an older word than the last is not heard, nor the same again', () => {
    const grounds = { ...voip.grounds.known, dpo: false } as NonNullable<typeof voip.grounds.known>;
    const after = told(voip, { dpo: false });
    when(after, 'NoteGrounds', { grounds: { ...grounds, dpo: true }, asOf: after.grounds.asOf }).nothing();
    when(after, 'NoteGrounds', { grounds, asOf: after.grounds.asOf + 1 }).nothing();
    when(after, 'NoteGrounds', { grounds, asOf: 99 }, { actor: OPERATOR }).refused('FORBIDDEN');
  });
});

describe('a migration whose member has left', () => {
  test.each([
    ['requested', requested('VOIP_TELEPHONY', FIBRE_OPERATES)], ['committed', committed(requested('PEC_PROTOCOL', { dpo: false }))], ['being provisioned', voip],
    ['suspended by a party', does(voip, 'Suspend', { reasons: TEXT })], ['suspended for its dependency', told(voip, { services: { FIBRE: 'CANCELLED' } })],
  ])('waits for nothing but that it is cancelled, when it was %s', (_name, state) => {
    const left = told(state, { convention: 'ENDED' });
    expect(turns(left)).toEqual(['OPERATOR Cancel']);
    expect(migration.waiting(left, NOW)[0]?.reasons.map(({ code }) => code)).toEqual(['CONVENTION_NOT_IN_FORCE']);
    const cancelled = does(left, 'Cancel', { reasons: TEXT });
    expect(['CANCELLED', 'ROLLING_BACK']).toContain(view(cancelled).state);
    expect(turns(cancelled)).not.toContain('OPERATOR Cancel');
  });
});
