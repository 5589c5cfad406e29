import { describe, expect, test } from 'vitest';
import type { BrokerCall } from '../../../../domain/migration/broker-call.ts';
import { migration, type MigrationState } from '../../../../domain/migration/index.ts';
import { fold } from '../../../../domain/shared/process.ts';
import { answered, BOUND, callOf, DONE, does, FAILED, NOW, provisioned, requested, told, turns, view, when } from '../full.ts';
import { OPERATOR, TEXT } from '../scenario.ts';
import { OFFERED, operating, REBOUND } from './operating.ts';

const LARGE = { plan: 'large', parameters: { environment: 'PRODUCTION' }, ...OFFERED } as const;
const BEFORE = { plan: 'small', parameters: {} } as const;
const at = NOW;

/** What the broker is asked for now. */
function asked(state: MigrationState): Partial<BrokerCall> | undefined {
  const effect = migration.effects(state).find(({ kind }) => kind === 'broker');
  return effect?.kind === 'broker' ? effect.input : undefined;
}

/** Whether the operator may do something now, and the codes of what stands in the way. */
function allowedOf(state: MigrationState, command: string): readonly [boolean | undefined, readonly string[] | undefined] {
  const item = migration.allowed(state, { actor: OPERATOR, now: NOW, commandId: 'cmd-1' }).find((one) => one.command === command);
  return [item?.allowed, item?.reasons.map(({ code }) => code)];
}

const standing = operating();
const updating = does(standing, 'UpdateService', LARGE);
const failed = answered(updating, FAILED);
const key = callOf(updating);
const rotating = does(standing, 'RotateCredentials', {});
const rotated = answered(rotating, REBOUND);

describe('an update of a service in operation', () => {
  test('asks the broker for plan and parameters, with the plan from before, and is one request however often it is made', () => {
    when(standing, 'UpdateService', LARGE).then({ type: 'ServiceUpdateStarted', data: { no: 1, plan: 'large', parameters: { environment: 'PRODUCTION' }, at } });
    expect(asked(updating)).toMatchObject({ operation: 'UPDATE', plan: 'large', parameters: { environment: 'PRODUCTION' }, attempt: 1, update: 1, previousPlan: 'small' });
    expect([view(updating).plan, view(updating).change, turns(updating)]).toEqual([
      'small', { kind: 'UPDATE', since: NOW, to: { plan: 'large', parameters: { environment: 'PRODUCTION' } }, before: BEFORE, reverting: false, instance: 'CHANGING' },
      ['PROVIDER ConcludeBrokerCall', 'OPERATOR Decommission'],
    ]);
    const again = does(failed, 'RetryEffect', { key });
    expect(asked(again)).toStrictEqual(asked(updating));
    expect(callOf(again)).not.toBe(key);
  });

  test('counts once the broker has done it; what was not named stays', () => {
    when(updating, 'ConcludeBrokerCall', { key, outcome: DONE }).then(
      { type: 'BrokerCallSucceeded', data: { key, broker: 'local', instanceId: '5d7c', bindingId: null, at } },
      { type: 'ServiceUpdated', data: { plan: 'large', parameters: { environment: 'PRODUCTION' }, at } },
    );
    const updated = answered(updating, DONE);
    expect(view(updated)).toMatchObject({ plan: 'large', state: 'OPERATING', effects: [], instance: { id: '5d7c', state: 'BOUND' }, undo: ['cut-over', 'bound', 'provisioned'] });
    expect(view(updated)).not.toHaveProperty('change');
    expect(asked(does(updated, 'UpdateService', { plan: 'small', ...OFFERED }))).toMatchObject({ plan: 'small', parameters: { environment: 'PRODUCTION' }, update: 2, previousPlan: 'large' });
    expect(asked(does(updated, 'UpdateService', { parameters: {} }))).toMatchObject({ plan: 'large', parameters: {}, update: 2, previousPlan: 'large' });
  });

  test('is refused for a plan that there is not or that may not be changed, for what it has already, and while it does not operate', () => {
    when(standing, 'UpdateService', { plan: 'huge', ...OFFERED }).refused('UNKNOWN_PLAN', 'plan');
    when(operating(false), 'UpdateService', LARGE).refused('PLAN_NOT_UPDATEABLE', 'plan');
    expect(asked(does(operating(false), 'UpdateService', { parameters: { environment: 'TEST' } }))).toMatchObject({ plan: 'small' });
    when(standing, 'UpdateService', { plan: 'small', parameters: {}, ...OFFERED }).refused('NOTHING_CHANGES');
    when(provisioned(requested('IDENTITY')), 'UpdateService', LARGE).refused('OUT_OF_TURN');
    when(does(standing, 'Suspend', { reasons: TEXT }), 'UpdateService', LARGE).refused('OUT_OF_TURN');
  });

  test('is one at a time: neither another change nor the close of the migration comes between', () => {
    for (const state of [updating, failed, rotating, rotated]) {
      when(state, 'UpdateService', { plan: 'large' }).refused('CHANGE_UNDER_WAY');
      when(state, 'RotateCredentials', {}).refused('CHANGE_UNDER_WAY');
    }
    const over = does(updating, 'Decommission', { oldContractEndedOn: '2026-11-22', oldData: { fate: 'DELETED', on: '2026-12-19', certificateSha256: 'ab'.repeat(32) }, records: { preservedOn: '2026-11-22', reportSha256: 'ab'.repeat(32) } }, '2026-12-20T10:00:00Z');
    when(over, 'CloseMigration', { closedOn: '2026-12-20' }, { now: '2026-12-20T10:00:00Z' }).refused('CHANGE_UNDER_WAY');
    expect(turns(over)).toEqual(['PROVIDER ConcludeBrokerCall']);
  });

  test('is for what stands at a broker only', () => {
    const byHand = { ...standing, provisioning: { ...standing.provisioning, instance: null } };
    when(byHand, 'UpdateService', LARGE).refused('NOTHING_AT_BROKER');
    when(byHand, 'RotateCredentials', {}).refused('NOTHING_AT_BROKER');
  });
});

describe('an update that failed', () => {
  test.each([
    ['BROKER_ERROR', 'UNKNOWN'], ['BROKER_TIMEOUT', 'UNKNOWN'], ['BROKER_OPERATION_FAILED', 'UNKNOWN'], ['BROKER_REFUSED', 'AS_BEFORE'], ['BROKER_PLAN_NOT_UPDATEABLE', 'AS_BEFORE'], ['BROKER_INSTANCE_UNUSABLE', 'UNUSABLE'],
    ['BROKER_UNUSABLE_NOT_REPEATABLE', 'UNUSABLE'], ['BROKER_UPDATE_UNCERTAIN', 'UNKNOWN'],
  ])('by %s leaves an instance that is %s, and waits for the operator', (code, instance) => {
    const state = answered(updating, { ...FAILED, code });
    const turn = code.endsWith('NOT_REPEATABLE') ? 'OPERATOR SkipEffect' : 'OPERATOR RetryEffect';
    expect([view(state).plan, view(state).change, turns(state)[0]]).toEqual(['small', expect.objectContaining({ instance, reverting: false }), turn]);
    expect(asked(state)).toBeUndefined();
  });

  test('and is refused when it is tried again is as before only where each try was refused', () => {
    const again = (state: MigrationState) => does(state, 'RetryEffect', { key: view(state).effects[0]?.key ?? '' });
    const REFUSED = { ...FAILED, code: 'BROKER_REFUSED', status: 400 } as const;
    expect(view(answered(again(failed), REFUSED)).change).toMatchObject({ instance: 'UNKNOWN' });
    expect(view(answered(again(answered(again(failed), REFUSED)), REFUSED)).change).toMatchObject({ instance: 'UNKNOWN' });
    expect(view(answered(again(answered(updating, REFUSED)), REFUSED)).change).toMatchObject({ instance: 'AS_BEFORE' });
  });

  test('is taken back: the broker is asked for what was before, and that counts', () => {
    when(updating, 'RevertUpdate', { reasons: TEXT }).refused('NO_FAILED_UPDATE');
    when(failed, 'RevertUpdate', { reasons: TEXT }).then({ type: 'UpdateReversalStarted', data: { no: 2, reasons: TEXT, at } });
    const reverting = does(failed, 'RevertUpdate', { reasons: TEXT });
    expect(asked(reverting)).toMatchObject({ operation: 'UPDATE', plan: 'small', parameters: {}, update: 2, previousPlan: 'large' });
    expect(view(reverting).effects).toMatchObject([{ operation: 'UPDATE', state: 'PENDING' }]);
    const back = answered(reverting, DONE);
    expect(view(back)).toMatchObject({ plan: 'small', effects: [] });
    expect(view(back)).not.toHaveProperty('change');
    // A reversal that is refused leaves what nobody knows.
    const stuck = answered(reverting, { ...FAILED, code: 'BROKER_REFUSED', status: 400 });
    expect(view(stuck).change).toMatchObject({ instance: 'UNKNOWN', reverting: true });
    when(stuck, 'RevertUpdate', { reasons: TEXT }).refused('NO_FAILED_UPDATE');
    expect(view(does(stuck, 'SkipEffect', { key: callOf(reverting), reasons: TEXT }))).toMatchObject({ plan: 'small', effects: [] });
  });

  test('is taken back from what the instance is by now: the plan that was asked for, or the one before where each try was refused', () => {
    const refused = answered(updating, { ...FAILED, code: 'BROKER_REFUSED', status: 400 });
    expect(asked(does(refused, 'RevertUpdate', { reasons: TEXT }))).toMatchObject({ plan: 'small', previousPlan: 'small' });
    const again = does(failed, 'RetryEffect', { key });
    const uncertain = answered(again, { ...FAILED, code: 'BROKER_REFUSED', status: 400 });
    expect(asked(does(uncertain, 'RevertUpdate', { reasons: TEXT }))).toMatchObject({ plan: 'small', previousPlan: 'large' });
  });

  test('is given up with reasons: plan and parameters count as before', () => {
    const skipped = does(failed, 'SkipEffect', { key, reasons: TEXT });
    expect(view(skipped)).toMatchObject({ plan: 'small', effects: [], undo: ['cut-over', 'bound', 'provisioned'] });
    expect(view(skipped)).not.toHaveProperty('change');
  });

  test.each(['BROKER_UPDATE_NOT_REPEATABLE', 'BROKER_UNUSABLE_NOT_REPEATABLE'])('is not tried again where the broker says that the same would fail (%s)', (code) => {
    const state = answered(updating, { ...FAILED, code });
    expect(turns(state)[0]).toBe('OPERATOR SkipEffect');
    when(state, 'RetryEffect', { key }).refused('UPDATE_NOT_REPEATABLE');
    expect(asked(does(state, 'RevertUpdate', { reasons: TEXT }))).toMatchObject({ plan: 'small' });
  });

  test.each(['BROKER_INSTANCE_UNUSABLE', 'BROKER_UNUSABLE_NOT_REPEATABLE'])('by %s and was given up leaves an instance that gives no new credentials until an update repairs it', (code) => {
    const broken = does(answered(updating, { ...FAILED, code }), 'SkipEffect', { key, reasons: TEXT });
    expect(view(broken).instance).toEqual({ id: '5d7c', state: 'BOUND', unusable: true });
    when(broken, 'RotateCredentials', {}).refused('INSTANCE_UNUSABLE');
    expect(allowedOf(broken, 'RotateCredentials')).toEqual([false, ['INSTANCE_UNUSABLE']]);
    // A refused update repairs nothing, one that succeeds does.
    const repairing = does(broken, 'UpdateService', LARGE);
    const refused = does(answered(repairing, { ...FAILED, code: 'BROKER_REFUSED', status: 400 }), 'SkipEffect', { key: callOf(repairing), reasons: TEXT });
    when(refused, 'RotateCredentials', {}).refused('INSTANCE_UNUSABLE');
    const repaired = answered(repairing, DONE);
    expect(view(repaired).instance).toEqual({ id: '5d7c', state: 'BOUND' });
    expect(asked(does(repaired, 'RotateCredentials', {}))).toMatchObject({ operation: 'BIND', binding: 2 });
  });

  test('and left the instance unusable is repaired by going back', () => {
    const reverting = does(answered(updating, { ...FAILED, code: 'BROKER_INSTANCE_UNUSABLE' }), 'RevertUpdate', { reasons: TEXT });
    expect(view(reverting).instance).toMatchObject({ unusable: true });
    expect(view(answered(reverting, DONE)).instance).toEqual({ id: '5d7c', state: 'BOUND' });
  });

  test('and left the instance unusable does not hold of another attempt', () => {
    const act = { no: '44/2026', on: '2026-11-22', office: 'MAYOR' } as const;
    const broken = does(answered(updating, { ...FAILED, code: 'BROKER_INSTANCE_UNUSABLE' }), 'SkipEffect', { key, reasons: TEXT });
    const back = does(broken, 'RollBack', { reasons: TEXT, act });
    let state = does(back, 'CompleteWorkItem', { workItemId: view(back).workItems[0]?.id ?? '', completedOn: '2026-11-22' });
    while (asked(state) !== undefined) state = answered(state, DONE);
    expect([view(state).attempt, state.provisioning]).toEqual([2, migration.initial().provisioning]);
  });

  test('was kept by a version that did not know of unusable instances: nothing is said of it', () => {
    const { isUnusable: _isUnusable, ...provisioning } = does(answered(updating, { ...FAILED, code: 'BROKER_INSTANCE_UNUSABLE' }), 'SkipEffect', { key, reasons: TEXT }).provisioning;
    const restored = migration.restore({ ...standing, provisioning }, 2) ?? migration.initial();
    expect(view(restored).instance).toEqual({ id: '5d7c', state: 'BOUND' });
    expect(asked(does(restored, 'RotateCredentials', {}))).toMatchObject({ operation: 'BIND', binding: 2 });
  });

  test('does not matter any more once all is rolled back, or the service retires', () => {
    const act = { no: '44/2026', on: '2026-11-22', office: 'MAYOR' } as const;
    const back = does(failed, 'RollBack', { reasons: TEXT, act });
    expect([turns(back), view(back).rollback]).toEqual([['OPERATOR CompleteWorkItem'], expect.objectContaining({ undoing: 'cut-over' })]);
    const retiring = does(failed, 'RetireService', { decidedOn: '2026-11-22', reasons: TEXT });
    expect(turns(retiring)).toEqual(['OPERATOR ReturnData']);
  });
});

describe('a rotation of credentials', () => {
  test('binds anew, then waits until the former credentials are revoked', () => {
    when(standing, 'RotateCredentials', {}).then({ type: 'CredentialsRotationStarted', data: { binding: 2, former: 1, at } });
    expect(asked(rotating)).toMatchObject({ operation: 'BIND', binding: 2, attempt: 1 });
    when(rotating, 'RevokeFormerCredentials', {}).refused('NO_FORMER_CREDENTIALS');
    expect([turns(rotated)[0], view(rotated).change, view(rotated).undo]).toEqual([
      'MEMBER RevokeFormerCredentials', { kind: 'ROTATION', since: NOW, binding: 2, former: 1, revocable: true }, ['cut-over', 'bound-2', 'bound', 'provisioned'],
    ]);
    const revoking = does(rotated, 'RevokeFormerCredentials', {});
    expect(asked(revoking)).toMatchObject({ operation: 'UNBIND', binding: 1 });
    when(revoking, 'RevokeFormerCredentials', {}).refused('NO_FORMER_CREDENTIALS');
    when(revoking, 'ConcludeBrokerCall', { key: callOf(revoking), outcome: BOUND }).then(
      { type: 'BrokerCallSucceeded', data: { key: callOf(revoking), broker: 'local', instanceId: '5d7c', bindingId: '77aa', at } }, { type: 'CredentialsRotated', data: { binding: 2, former: 1, at } },
    );
    const over = answered(revoking, BOUND);
    expect(view(over)).toMatchObject({ instance: { state: 'BOUND' }, effects: [], undo: ['cut-over', 'bound-2', 'provisioned'] });
    expect(view(over)).not.toHaveProperty('change');
    expect(asked(does(over, 'RotateCredentials', {}))).toMatchObject({ operation: 'BIND', binding: 3 });
  });

  test('keeps no more in its state after a hundred times than after one', () => {
    const once = (state: MigrationState): MigrationState => answered(does(answered(does(state, 'RotateCredentials', {}), REBOUND), 'RevokeFormerCredentials', {}), BOUND);
    const first = once(standing);
    let state = first;
    for (let n = 0; n < 99; n += 1) state = once(state);
    expect(state.provisioning.calls).toHaveLength(first.provisioning.calls.length);
    expect(view(state).undo).toEqual(['cut-over', 'bound-101', 'provisioned']);
  });

  test('goes on after the migration was closed: also one that failed waits for the operator', () => {
    const closed = fold(migration, standing, [{ type: 'MigrationClosed', data: { closedOn: '2027-02-28', at } }]);
    expect([turns(closed), migration.finished(does(closed, 'RotateCredentials', {}))]).toEqual([[], false]);
    const stuck = answered(does(closed, 'RotateCredentials', {}), FAILED);
    expect(turns(stuck)[0]).toBe('OPERATOR RetryEffect');
    const again = answered(does(stuck, 'RetryEffect', { key: `bind@${closed.version + 1}` }), REBOUND);
    expect(turns(again)).toEqual(['MEMBER RevokeFormerCredentials']);
    const over = answered(does(again, 'RevokeFormerCredentials', {}), BOUND);
    // There is no going back any more; what is at the broker goes when the service retires.
    expect([view(over).state, turns(over), view(over).undo]).toEqual(['CLOSED', [], []]);
    expect(over.saga.done.map(({ step }) => step)).toEqual(['provisioned', 'bound-2', 'cut-over']);
  });

  test('that failed is tried again, or given up: what may be left of it is unbound, and the former credentials stay', () => {
    const stuck = answered(rotating, { ...FAILED, mayBeLeft: true });
    expect(turns(stuck)[0]).toBe('OPERATOR RetryEffect');
    expect(view(answered(does(stuck, 'RetryEffect', { key: callOf(rotating) }), REBOUND)).change).toMatchObject({ revocable: true });
    const giving = does(stuck, 'SkipEffect', { key: callOf(rotating), reasons: TEXT });
    expect(asked(giving)).toMatchObject({ operation: 'UNBIND', binding: 2 });
    const over = answered(giving, REBOUND);
    expect(view(over)).toMatchObject({ instance: { id: '5d7c', state: 'BOUND' }, effects: [], undo: ['cut-over', 'bound', 'provisioned'] });
    expect(view(over)).not.toHaveProperty('change');
    // Of one that left nothing nothing is unbound.
    const plain = does(answered(rotating, FAILED), 'SkipEffect', { key: callOf(rotating), reasons: TEXT });
    expect([asked(plain), view(plain).undo]).toEqual([undefined, ['cut-over', 'bound', 'provisioned']]);
  });

  test('whose former binding can not be removed goes on without, and a later end tries again', () => {
    const revoking = does(rotated, 'RevokeFormerCredentials', {});
    const left = does(answered(revoking, FAILED), 'SkipEffect', { key: callOf(revoking), reasons: TEXT });
    expect(view(left)).toMatchObject({ instance: { state: 'BOUND' }, undo: ['cut-over', 'bound-2', 'bound', 'provisioned'] });
    const retiring = returned(does(left, 'RetireService', { decidedOn: '2026-11-22', reasons: TEXT }));
    expect(asked(retiring)).toMatchObject({ operation: 'UNBIND', binding: 1 });
  });

  test('that is not over when the service retires leaves both bindings to remove, the call under way first', () => {
    const retiring = returned(does(rotating, 'RetireService', { decidedOn: '2026-11-22', reasons: TEXT }));
    expect(migration.effects(retiring).filter(({ kind }) => kind === 'broker').map(({ input }) => input)).toMatchObject([{ operation: 'BIND', binding: 2 }]);
    const steps: object[] = [];
    let state = answered(retiring, REBOUND);
    for (let call = asked(state); call !== undefined; call = asked(state)) {
      steps.push({ operation: call.operation, binding: call.binding });
      state = answered(state, call.operation === 'DEPROVISION' ? DONE : BOUND);
    }
    expect(steps).toEqual([{ operation: 'UNBIND', binding: 1 }, { operation: 'UNBIND', binding: 2 }, { operation: 'DEPROVISION', binding: undefined }]);
    expect(turns(state)).toEqual(['OPERATOR CertifyDeletion']);
  });

  test('that is not over when all is rolled back has both bindings undone, the newer first', () => {
    const act = { no: '44/2026', on: '2026-11-22', office: 'MAYOR' } as const;
    const back = does(rotated, 'RollBack', { reasons: TEXT, act });
    const [item] = view(back).workItems;
    let state = does(back, 'CompleteWorkItem', { workItemId: item?.id ?? '', completedOn: '2026-11-22' });
    const steps: unknown[] = [];
    for (let call = asked(state); call !== undefined; call = asked(state)) {
      steps.push([call.operation, call.binding]);
      state = answered(state, DONE);
    }
    expect(steps).toEqual([['UNBIND', 2], ['UNBIND', 1], ['DEPROVISION', undefined]]);
    expect([view(state).state, view(state).attempt, state.provisioning]).toEqual(['PLAN_DRAFTED', 2, migration.initial().provisioning]);
  });

  test('is held up with the migration, and goes on with it', () => {
    const held = answered(told(rotating, { services: { CLOUD_MIGRATION: 'ROLLING_BACK' } }), REBOUND);
    expect(view(held)).toMatchObject({ state: 'SUSPENDED', change: { revocable: true } });
    when(held, 'RevokeFormerCredentials', {}).refused('OUT_OF_TURN');
    expect(turns(told(held, { services: { CLOUD_MIGRATION: 'OPERATING' } }))[0]).toBe('MEMBER RevokeFormerCredentials');
  });
});

function returned(state: MigrationState): MigrationState {
  return does(state, 'ReturnData', { returnedOn: '2026-11-22', format: 'CSV', receipt: { receivedOn: '2026-11-22', protocolNo: '8', sha256: 'ab'.repeat(32) } });
}
