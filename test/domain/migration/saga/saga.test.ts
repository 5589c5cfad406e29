import { describe, expect, test } from 'vitest';
import { migration, type MigrationState } from '../../../../domain/migration/index.ts';
import { MEMBER, TEXT } from '../scenario.ts';
import { answered, approved, BOUND, callOf, committed, completion, DONE, does, FAILED, missing, nextItem, planned, provisioned, requested, turns, view, when, worked } from '../full.ts';

const rollBack = (state: MigrationState) => does(state, 'RollBack', { reasons: TEXT });
const cancel = (state: MigrationState) => does(state, 'Cancel', { reasons: TEXT });
const operation = (state: MigrationState) => migration.effects(state).flatMap((effect) => (effect.kind === 'broker' ? [effect.input.operation] : []));
const hosted = provisioned(requested('IDENTITY'));

describe('a roll-back', () => {
  test('undoes the last step first, each when the one before it is undone, and leads back to the plan', () => {
    const unbinding = rollBack(hosted);
    expect([view(unbinding).state, operation(unbinding), view(unbinding).rollback?.undoing, turns(unbinding)]).toEqual(['ROLLING_BACK', ['UNBIND'], 'bound', ['PROVIDER ConcludeBrokerCall']]);
    const deprovisioning = answered(unbinding, BOUND);
    expect([operation(deprovisioning), view(deprovisioning).undo]).toEqual([['DEPROVISION'], ['provisioned']]);
    const back = answered(deprovisioning, DONE);
    expect(view(back)).toMatchObject({ state: 'PLAN_DRAFTED', attempt: 2, undo: [], rollback: null, effects: [], schedule: { cutoverOn: '2026-12-12', approvedOn: null, committedCents: null } });
    expect(view(back)).not.toHaveProperty('instance');
    expect(turns(back)).toEqual(['MEMBER ApprovePlan']);
  });

  test('is followed by an attempt with an instance of its own', () => {
    const back = answered(answered(rollBack(hosted), BOUND), DONE);
    const again = does(does(back, 'ApprovePlan', { actNo: '90/2026', actOn: '2026-11-22' }), 'CommitSpending', { actNo: '91/2026', actOn: '2026-11-22', cents: 1_250_000 });
    expect(migration.effects(again).find(({ kind }) => kind === 'broker')?.input).toMatchObject({ operation: 'PROVISION', attempt: 2 });
  });

  test('of an approved plan has nothing to undo', () => {
    expect(view(rollBack(approved(requested('FIBRE'))))).toMatchObject({ state: 'PLAN_DRAFTED', attempt: 2 });
  });

  test('of what people did is done by people, the last work first', () => {
    const fibre = rollBack(worked(committed(requested('FIBRE'))));
    const undone: string[] = [];
    let current = fibre;
    while (view(current).state === 'ROLLING_BACK') {
      const undo = nextItem(current);
      expect(turns(current)).toHaveLength(1);
      undone.push(view(current).rollback?.undoing ?? '');
      current = undo === undefined ? current : does(current, 'CompleteWorkItem', completion(undo, '2026-11-22'));
    }
    expect(undone).toEqual(view(worked(committed(requested('FIBRE')))).undo);
    expect(view(current)).toMatchObject({ state: 'PLAN_DRAFTED', workItems: [] });
  });

  test('waits for a call that is under way: what it made is undone too', () => {
    const called = committed(requested('IDENTITY'));
    const waits = rollBack(called);
    expect([operation(waits), turns(waits)]).toEqual([['PROVISION'], ['PROVIDER ConcludeBrokerCall']]);
    expect(operation(answered(waits, DONE))).toEqual(['DEPROVISION']);
    expect(view(answered(waits, FAILED)).state).toBe('PLAN_DRAFTED');
    expect(operation(answered(waits, { ...FAILED, mayBeLeft: true }))).toEqual(['DEPROVISION']);
  });

  test('whose step cannot be undone waits for the operator, who tries again or accepts what is left', () => {
    const stuck = answered(rollBack(hosted), FAILED);
    const [failed] = view(stuck).effects;
    expect([turns(stuck), failed?.operation]).toEqual([['OPERATOR RetryEffect'], 'UNBIND']);
    expect(operation(does(stuck, 'RetryEffect', { key: failed?.key ?? '' }))).toEqual(['UNBIND']);
    expect(operation(does(stuck, 'SkipEffect', { key: failed?.key ?? '', reasons: TEXT }))).toEqual(['DEPROVISION']);
  });

  test('is refused before there is a plan that was approved, and while one is under way', () => {
    for (const state of [requested('FIBRE'), planned(requested('FIBRE')), rollBack(hosted)]) when(state, 'RollBack', { reasons: TEXT }).refused('OUT_OF_TURN');
    when(hosted, 'RollBack', { reasons: TEXT }, { actor: MEMBER }).refused('FORBIDDEN');
    when(hosted, 'RollBack', { reasons: TEXT, act: { no: '1', on: '2026-11-23', office: 'MAYOR' } }).refused('FACT_IN_FUTURE', 'act.on');
  });
});

describe('for every step of a provisioning', () => {
  const called = committed(requested('IDENTITY'));
  test.each<[string, MigrationState, readonly string[]]>([
    ['the plan', approved(requested('IDENTITY')), []],
    ['the instance', answered(called, FAILED), []],
    ['the binding', answered(answered(called, DONE), FAILED), ['DEPROVISION']],
    ['what follows the binding', hosted, ['UNBIND', 'DEPROVISION']],
  ])('a failure at %s undoes exactly the steps before', (_what, state, expected) => {
    const undone: string[] = [];
    let current = rollBack(state);
    while (view(current).state === 'ROLLING_BACK') {
      undone.push(...operation(current));
      current = answered(current, DONE);
    }
    expect([undone, view(current).state, view(current).undo]).toEqual([expected, 'PLAN_DRAFTED', []]);
  });
});

describe('a migration that is given up', () => {
  test('with nothing done ends at once', () => {
    for (const state of [requested('FIBRE', { recognitionValid: false }), requested('FIBRE'), planned(requested('FIBRE')), approved(requested('FIBRE'))]) {
      expect(view(cancel(state)).state).toBe('CANCELLED');
      expect(migration.waiting(cancel(state), '2026-11-22T10:00:00Z')).toEqual([]);
    }
    when(requested('FIBRE'), 'Cancel', { reasons: TEXT }, { actor: MEMBER }).then({ type: 'MigrationCancelled', data: { reasons: TEXT, at: '2026-11-22T10:00:00Z' } });
  });

  test('undoes first what was done', () => {
    const undoing = cancel(hosted);
    expect([view(undoing).state, operation(undoing)]).toEqual(['ROLLING_BACK', ['UNBIND']]);
    const gone = answered(answered(undoing, BOUND), DONE);
    expect([view(gone).state, gone.migration?.cancelReasons]).toEqual(['CANCELLED', TEXT]);
    when(undoing, 'Cancel', { reasons: TEXT }).refused('OUT_OF_TURN');
  });

  test('has no call left at the broker', () => {
    expect(callOf(cancel(committed(requested('IDENTITY'))))).toMatch(/^provision@/);
  });
});

test('what is missing is said of a plan that came back too', () => {
  expect(missing(answered(answered(rollBack(hosted), BOUND), DONE), 'PROVISIONING')).toEqual(['PLAN_NOT_APPROVED', 'SPENDING_NOT_COMMITTED']);
});
