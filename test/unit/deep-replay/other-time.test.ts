import { describe, expect, test } from 'vitest';
import { explain, type StoredCase } from '../../../audit/deep-replay/stored.ts';
import type { StoreCall } from '../../../audit/deep-replay/asked.ts';
import { shownIn } from '../../../audit/deep-replay/from-history.ts';
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

describe('the tasks that a replay takes for one', () => {
  const event = (eventId: number, attributes: string, seconds = 0, nanos = 0) => ({ eventId, eventTime: { seconds, nanos }, [`${attributes}EventAttributes`]: {} });
  const [scheduled, started, completed] = ['workflowTaskScheduled', 'workflowTaskStarted', 'workflowTaskCompleted'];
  const beginsIn = (events: readonly object[]) => Object.fromEntries(shownIn({ events } as Parameters<typeof shownIn>[0]).begins);

  test('follow on an empty one at once, and begin to the millisecond as the run knew it', () => {
    expect(beginsIn([
      event(1, 'workflowExecutionStarted'), event(2, scheduled), event(3, started, 1_795_420_250, 751_999_999), event(4, completed),
      event(5, scheduled), event(6, started, 1_795_420_253, 956_000_000), event(7, completed),
      event(8, scheduled), event(9, started, 1_795_420_257, 161_000_000), event(10, completed), event(11, 'markerRecorded'),
      event(12, scheduled), event(13, started, 1_795_420_260), event(14, completed),
    ])).toEqual({ 6: ['2026-11-23T07:50:50.751Z'], 9: ['2026-11-23T07:50:50.751Z', '2026-11-23T07:50:53.956Z'] });
  });

  test('are none where something lies between them', () => {
    expect(beginsIn([
      event(1, 'workflowExecutionStarted'), event(2, scheduled), event(3, started, 1_795_420_250), event(4, completed), event(5, 'workflowExecutionSignaled'),
      event(6, scheduled), event(7, started, 1_795_420_253), event(8, completed), event(9, 'timerStarted'), event(10, scheduled), event(11, started, 1_795_420_254), event(12, 'workflowTaskTimedOut'),
      event(13, scheduled), event(14, started, 1_795_420_264), event(15, completed),
    ])).toEqual({});
  });
});
