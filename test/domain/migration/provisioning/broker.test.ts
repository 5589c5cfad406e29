import { describe, expect, test } from 'vitest';
import { migration, type MigrationState } from '../../../../domain/migration/index.ts';
import { fold } from '../../../../domain/shared/process.ts';
import { TO_OPERATION } from '../changes/operating.ts';
import { TEXT } from '../scenario.ts';
import { answered, BOUND, callOf, committed, DONE, does, FAILED, NOW, requested, turns, view, when } from '../full.ts';

const pending = ({ provisioning: { calls } }: MigrationState) => calls.filter(({ state }) => state === 'PENDING');
const called = committed(requested('IDENTITY'));
const failed = answered(called, FAILED);

/** Operated, given up, its data returned: what stands at the broker goes. */
function retiring(provisioned: MigrationState): MigrationState {
  const givenUp = does(fold(migration, provisioned, TO_OPERATION), 'RetireService', { decidedOn: '2026-12-20', reasons: TEXT }, '2026-12-20T09:00:00Z');
  return does(givenUp, 'ReturnData', { returnedOn: '2026-12-20', format: 'CSV', receipt: { receivedOn: '2026-12-20', protocolNo: '1', sha256: 'ab'.repeat(32) } }, '2026-12-20T10:00:00Z');
}

describe('provisioning by a broker', () => {
  test('owes one call, whose request says what and for whom', () => {
    const broker = migration.effects(called).filter(({ kind }) => kind === 'broker');
    const { version } = called;
    expect(broker).toStrictEqual([{
      key: `provision@${version}`, kind: 'broker',
      input: { operation: 'PROVISION', migration: 'c_a010-1.IDENTITY', adhesion: 'c_a010-1', body: 'c_a010', service: 'IDENTITY', plan: 'standard', parameters: {}, attempt: 1 },
    }]);
    expect(turns(called)).toEqual(['PROVIDER ConcludeBrokerCall']);
    expect(view(called).effects).toEqual([{ key: `provision@${version}`, operation: 'PROVISION', state: 'PENDING', code: null, status: null, since: NOW }]);
    when(called, 'RecordProvisioned', { provisionedOn: '2026-11-22' }).refused('BROKER_PROVISIONS');
  });

  test('binds what was provisioned, and is done with the binding', () => {
    const bound = answered(called, DONE);
    expect(migration.effects(bound).find(({ kind }) => kind === 'broker')).toMatchObject({ key: callOf(bound), input: { operation: 'BIND', binding: 1, attempt: 1 } });
    expect(view(bound)).toMatchObject({ state: 'PROVISIONING', instance: { id: '5d7c', state: 'PROVISIONED' }, undo: ['provisioned'] });
    const done = answered(bound, BOUND);
    expect(view(done)).toMatchObject({ state: 'ACCEPTANCE', instance: { id: '5d7c', state: 'BOUND' }, undo: ['bound', 'provisioned'], effects: [] });
    expect(migration.effects(done).filter(({ kind }) => kind === 'broker')).toEqual([]);
  });

  test('an answer that comes twice, or late, is heard once', () => {
    const bound = answered(called, DONE);
    when(bound, 'ConcludeBrokerCall', { key: callOf(called), outcome: DONE }).nothing();
    when(bound, 'ConcludeBrokerCall', { key: 'provision@99', outcome: FAILED }).nothing();
  });
});

describe('a call that failed', () => {
  const key = callOf(called);

  test('waits for the operator', () => {
    expect(turns(failed)).toEqual(['OPERATOR RetryEffect']);
    expect(view(failed).effects).toEqual([{ key, operation: 'PROVISION', state: 'FAILED', code: 'BROKER_ERROR', status: 500, since: NOW }]);
    expect(migration.effects(failed).filter(({ kind }) => kind === 'broker')).toEqual([]);
  });

  test('is tried again as the same request under another key', () => {
    const again = does(failed, 'RetryEffect', { key });
    expect(callOf(again)).not.toBe(key);
    const [first, second] = [called, again].map((state) => migration.effects(state).find(({ kind }) => kind === 'broker')?.input);
    expect(second).toStrictEqual(first);
    expect(view(answered(answered(again, DONE), BOUND)).state).toBe('ACCEPTANCE');
  });

  test('is gone on without, where it was done by hand: there is nothing to bind, and it is undone by hand', () => {
    const skipped = does(failed, 'SkipEffect', { key, reasons: TEXT });
    expect(view(skipped)).toMatchObject({ state: 'ACCEPTANCE', undo: ['provisioned-by-hand'], effects: [{ key, state: 'SKIPPED', code: 'BROKER_ERROR' }] });
    expect(view(skipped)).not.toHaveProperty('instance');
  });

  test('of a binding leaves what was provisioned', () => {
    const unbound = answered(answered(called, DONE), FAILED);
    expect([turns(unbound), view(unbound).undo]).toEqual([['OPERATOR RetryEffect'], ['provisioned']]);
    expect(view(does(unbound, 'SkipEffect', { key: `bind@${answered(called, DONE).version}`, reasons: TEXT }))).toMatchObject({ state: 'ACCEPTANCE', undo: ['bound-by-hand', 'provisioned'] });
  });

  test('that may have left something is undone like one that did', () => {
    expect(view(answered(called, { ...FAILED, mayBeLeft: true })).undo).toEqual(['provisioned']);
    expect(view(failed).undo).toEqual([]);
  });

  test('that may have left something is taken down when the service retires, although the operator went on without it', () => {
    const unsure = { ...FAILED, mayBeLeft: true };
    const skipped = (state: MigrationState): MigrationState => does(answered(state, unsure), 'SkipEffect', { key: callOf(state), reasons: TEXT });
    const steps = (state: MigrationState): readonly unknown[] => {
      const asked: unknown[] = [];
      let current = retiring(state);
      for (let [call] = pending(current); call !== undefined; [call] = pending(current)) {
        when(current, 'CertifyDeletion', { deletedOn: '2026-12-20', certificateSha256: 'ab'.repeat(32) }, { now: '2026-12-20T11:00:00Z' }).refused('BROKER_INSTANCE_STANDS');
        asked.push([call.input.operation, call.input.binding]);
        current = answered(current, DONE);
      }
      expect(turns(current)).toEqual(['OPERATOR CertifyDeletion']);
      return asked;
    };
    expect(steps(skipped(called))).toEqual([['DEPROVISION', undefined]]);
    expect(steps(skipped(answered(called, DONE)))).toEqual([['UNBIND', 1], ['DEPROVISION', undefined]]);
  });

  test('its instance goes only once its bindings went, or were given up', () => {
    const unbinding = retiring(answered(answered(called, DONE), BOUND));
    const stuck = answered(unbinding, FAILED);
    expect([pending(stuck), turns(stuck)[0]]).toEqual([[], 'OPERATOR RetryEffect']);
    expect(pending(does(stuck, 'SkipEffect', { key: callOf(unbinding), reasons: TEXT })).map(({ input }) => input.operation)).toEqual(['DEPROVISION']);
  });

  test('is neither tried again nor gone on without where none failed, or another', () => {
    for (const state of [called, requested('IDENTITY'), answered(called, DONE)]) {
      when(state, 'RetryEffect', { key }).refused('NO_FAILED_EFFECT');
      when(state, 'SkipEffect', { key, reasons: TEXT }).refused('NO_FAILED_EFFECT');
    }
    when(failed, 'RetryEffect', { key: 'bind@3' }).refused('UNKNOWN_EFFECT', 'key');
    when(failed, 'SkipEffect', { key: 'bind@3', reasons: TEXT }).refused('UNKNOWN_EFFECT', 'key');
  });
});
