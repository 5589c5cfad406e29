import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { migration, type MigrationState } from '../../../../domain/migration/index.ts';
import type { PlanEvent } from '../../../../domain/migration/plan/events.ts';
import { restoreMigration } from '../../../../domain/migration/state.ts';
import { drained } from '../../../support/spec.ts';
import { committed, does, missing, NOW, PLAN, planned, requested, told, turns, view, when } from '../full.ts';
import { ENGINE, TEXT } from '../scenario.ts';

/** Proposed on 22 November, to begin on the 24th and to be cut over on 12 December 2026. */
const drafted = planned(requested('FIBRE'));
const studied = does(requested('FIBRE'), 'ApproveFeasibility', {});
/** The first moment after the day on which it was to begin, in Rome. */
const OVER = '2026-11-24T23:00:00Z';
const LAPSED = { type: 'PlanLapsed', data: { provisioningOn: '2026-11-24', at: OVER } } as const;
const approve = (actOn: string) => ({ actNo: '80/2026', actOn });
const back = (state: MigrationState, now: string) => does(state, 'RollBack', { reasons: TEXT }, now);

describe('ProposePlan', () => {
  test('takes no day that is past: today in Rome is the first', () => {
    when(studied, 'ProposePlan', { ...PLAN, provisioningOn: '2026-11-21' }).refused('PLAN_IN_PAST', 'provisioningOn');
    when(studied, 'ProposePlan', { ...PLAN, provisioningOn: '2020-01-01', cutoverOn: '2020-02-01' }).refused('PLAN_IN_PAST', 'provisioningOn');
    when(studied, 'ProposePlan', { ...PLAN, provisioningOn: '2026-11-22' }, { now: '2026-11-22T23:00:00Z' }).refused('PLAN_IN_PAST', 'provisioningOn');
    expect(view(does(studied, 'ProposePlan', { ...PLAN, provisioningOn: '2026-11-22' }, '2026-11-22T22:59:59Z')).state).toBe('PLAN_DRAFTED');
  });

  test('takes no cutover more than ten years ahead', () => {
    when(studied, 'ProposePlan', { ...PLAN, cutoverOn: '2036-11-23' }).refused('PLAN_TOO_FAR', 'cutoverOn');
    expect(view(does(studied, 'ProposePlan', { ...PLAN, cutoverOn: '2036-11-22' })).state).toBe('PLAN_DRAFTED');
  });

  test('says which day is the first', () => {
    const { decision } = when(studied, 'ProposePlan', { ...PLAN, provisioningOn: '2026-11-21' });
    expect(decision).toMatchObject({ reasons: [{ message: {
      it: 'Il piano inizia il 2026-11-21, già passato: si propongono date dal 2026-11-22 in poi (ProposePlan).',
      en: 'The plan begins on 2026-11-21, which is past: dates from 2026-11-22 on are proposed (ProposePlan).',
    } }] });
  });
});

describe('ApprovePlan', () => {
  test('takes an act of the day of the proposal or a later one', () => {
    when(drafted, 'ApprovePlan', approve('2026-11-21')).refused('DATE_BEFORE_GROUND', 'actOn');
    when(drafted, 'ApprovePlan', approve('2026-11-22')).then({ type: 'PlanApproved', data: { ...approve('2026-11-22'), at: NOW }, effectiveOn: '2026-11-22' });
  });

  test('takes an act that knows the last proposal, where there were several', () => {
    const again = does(drafted, 'ProposePlan', PLAN, '2026-11-23T10:00:00Z');
    when(again, 'ApprovePlan', approve('2026-11-22'), { now: '2026-11-23T11:00:00Z' }).refused('DATE_BEFORE_GROUND', 'actOn');
  });

  test('takes an act up to the first day of the plan, also when it is recorded after it; then none', () => {
    const now = '2026-11-26T10:00:00Z';
    for (const state of [drafted, drained(migration, drafted, now)]) {
      when(state, 'ApprovePlan', approve('2026-11-24'), { now }).then({ type: 'PlanApproved', data: { ...approve('2026-11-24'), at: now }, effectiveOn: '2026-11-24' });
      when(state, 'ApprovePlan', approve('2026-11-25'), { now }).refused('PLAN_IN_PAST', 'actOn');
      expect(missing(does(state, 'ApprovePlan', approve('2026-11-24'), now), 'PLAN_APPROVED')).toEqual([]);
    }
  });
});

describe('a plan that is not approved in time', () => {
  const lapsed = drained(migration, drafted, OVER);

  test('lapses by its timer, at the end of its first day', () => {
    expect(migration.timers(drafted)).toEqual([{ key: 'plan-lapse-2026-11-24', at: OVER, command: { type: 'LapsePlan', data: { provisioningOn: '2026-11-24' } } }]);
    when(drafted, 'LapsePlan', { provisioningOn: '2026-11-24' }, { actor: ENGINE, now: OVER }).then(LAPSED);
    when(drafted, 'LapsePlan', { provisioningOn: '2026-11-24' }, { actor: ENGINE, now: '2026-11-24T22:59:59Z' }).nothing();
    expect(migration.timers(lapsed)).toEqual([]);
  });

  test('waits for the operator to propose other dates, which the comune approves', () => {
    expect([turns(drafted), turns(lapsed), missing(lapsed, 'PLAN_APPROVED')]).toEqual([['MEMBER ApprovePlan'], ['OPERATOR ProposePlan'], ['PLAN_IN_PAST']]);
    const again = does(lapsed, 'ProposePlan', { ...PLAN, provisioningOn: '2026-12-01' }, '2026-11-26T10:00:00Z');
    expect([turns(again), missing(again, 'PLAN_APPROVED')]).toEqual([['MEMBER ApprovePlan'], []]);
    expect(view(does(again, 'ApprovePlan', approve('2026-11-27'), '2026-11-27T10:00:00Z')).state).toBe('PLAN_APPROVED');
  });

  test('has nothing to lapse once it is approved, or another took its place', () => {
    when(committed(requested('FIBRE')), 'LapsePlan', { provisioningOn: '2026-11-24' }, { actor: ENGINE, now: OVER }).nothing();
    const again = does(drafted, 'ProposePlan', { ...PLAN, provisioningOn: '2026-12-01' });
    when(again, 'LapsePlan', { provisioningOn: '2026-11-24' }, { actor: ENGINE, now: OVER }).nothing();
  });

  test('waits for no other dates while the resolution is suspended, when none can be proposed', () => {
    expect(turns(told(lapsed, { convention: 'SUSPENDED' }, OVER))).toEqual(['OPERATOR LiftSuspension']);
  });

  test('stands still while it is suspended, and lapses when it resumes', () => {
    const held = does(drafted, 'Suspend', { reasons: TEXT });
    expect(migration.timers(held)).toEqual([]);
    expect(turns(does(held, 'Resume', {}, '2026-12-01T10:00:00Z'))).toEqual(['OPERATOR ProposePlan']);
  });
});

describe('a plan that came back by a roll-back', () => {
  const working = committed(requested('FIBRE'));

  test('is approved by an act that is not older than the roll-back', () => {
    const again = back(working, '2026-11-23T10:00:00Z');
    when(again, 'ApprovePlan', approve('2026-11-22'), { now: '2026-11-23T11:00:00Z' }).refused('DATE_BEFORE_GROUND', 'actOn');
    expect(view(does(again, 'ApprovePlan', approve('2026-11-23'), '2026-11-23T11:00:00Z')).attempt).toBe(2);
  });

  test('months later is out of date: other dates are proposed, and an act of then approves them', () => {
    const now = '2027-05-03T10:00:00Z';
    const again = back(working, now);
    expect([view(again).state, turns(again)]).toEqual(['PLAN_DRAFTED', ['OPERATOR ProposePlan']]);
    when(again, 'ApprovePlan', approve('2026-11-22'), { now }).refused('DATE_BEFORE_GROUND', 'actOn');
    when(again, 'ApprovePlan', approve('2027-05-03'), { now }).refused('PLAN_IN_PAST', 'actOn');
    const proposed = does(again, 'ProposePlan', { ...PLAN, provisioningOn: '2027-05-10', cutoverOn: '2027-06-12' }, now);
    when(proposed, 'ApprovePlan', approve('2026-11-22'), { now }).refused('DATE_BEFORE_GROUND', 'actOn');
    expect(view(does(proposed, 'ApprovePlan', approve('2027-05-04'), '2027-05-04T10:00:00Z')).state).toBe('PLAN_APPROVED');
  });
});

test('a state that was kept before plans lapsed goes on', () => {
  const kept = restoreMigration(JSON.parse(JSON.stringify(drafted)) as object, migration.stateSchema) ?? migration.initial();
  expect(turns(drained(migration, kept, OVER))).toEqual(['OPERATOR ProposePlan']);
});

test('a stored PlanLapsed is taken', () => {
  const stored: { readonly PlanLapsed: Extract<PlanEvent, { type: 'PlanLapsed' }> } = JSON.parse(readFileSync(new URL('../../../golden/events/migration-plan-lapsed.v1.json', import.meta.url), 'utf8'));
  expect(migration.evolve(drafted, stored.PlanLapsed).planning.lapsedAt).toBe(OVER);
});
