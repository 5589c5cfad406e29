import { describe, expect, test } from 'vitest';
import { explain, type StoredCase } from '../../../audit/deep-replay/stored.ts';
import type { StoreCall } from '../../../audit/deep-replay/asked.ts';
import { ENGINE, type Actor } from '../../../domain/shared/actor.ts';
import { requestHashOf } from '../../../db/event-store/record.ts';
import { OPERATOR } from '../../support/procedure.ts';

/** The run decided at the begin of a task that was kept alive; a replay decides at the begin of the last that it takes for one with it. */
const THEN = '2026-11-23T07:50:50.751Z';
const BETWEEN = '2026-11-23T07:50:53.956Z';
const REPLAYED = '2026-11-23T07:50:57.161Z';
const ID = 'e/provision@10/done';

function stored(receivedAt: string, actor: Actor = ENGINE): StoredCase {
  const command = { id: ID, type: 'ConcludeBrokerCall', data: { key: 'provision@10' }, actor, receivedAt, requestHash: null };
  return {
    stream: 'migration/c_a010-1.IDENTITY',
    events: [{ version: 1, type: 'BrokerCallSucceeded', data: { key: 'provision@10', at: receivedAt }, commandId: ID, hash: 'aa', prevHash: null, actor }],
    commands: new Map([[ID, { ...command, requestHash: requestHashOf(command) }]]),
  };
}

function replayed(orAt: readonly string[], { key = 'provision@10', actor = ENGINE }: { key?: string; actor?: Actor } = {}): StoreCall {
  const row = stored(THEN, actor).events[0];
  return {
    type: 'append', orAt, answer: { outcome: 'STORED', events: [row] },
    arguments: [{
      stream: 'migration/c_a010-1.IDENTITY', expected: 0, expectedHash: null, command: { id: ID, type: 'ConcludeBrokerCall', data: { key }, actor, receivedAt: REPLAYED, requestHash: null },
      events: [{ type: 'BrokerCallSucceeded', data: { key, at: REPLAYED } }],
    }],
  };
}

const found = (call: StoreCall, actor?: Actor) => explain(stored(THEN, actor), [call], true);
const DIFFERS = [{ code: 'APPEND_DIFFERS', message: 'The history hands over another data than the record has.', stream: 'migration/c_a010-1.IDENTITY', version: 1 }];

describe('a command of the engine that a replay gives at another time than is recorded', () => {
  test('is decided again from its record where the history says that it may have been then', () => {
    expect(found(replayed([THEN, BETWEEN]))).toEqual({ versions: new Set(), unproven: new Set(), findings: [] });
  });

  test('is a finding where it says nothing of the sort', () => {
    expect(found(replayed([])).findings).toEqual(DIFFERS);
    expect(found(replayed([BETWEEN])).findings).toEqual(DIFFERS);
  });

  test('is a finding where anything else differs too, or somebody else gave it', () => {
    expect(found(replayed([THEN], { key: 'provision@11' })).findings).toEqual(DIFFERS);
    expect(found(replayed([THEN], { actor: OPERATOR }), OPERATOR).findings).toEqual(DIFFERS);
  });
});
