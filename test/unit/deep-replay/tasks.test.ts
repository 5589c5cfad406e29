import { describe, expect, test } from 'vitest';
import type { Asked } from '../../../audit/deep-replay/asked.ts';
import { firstDifference } from '../../../audit/deep-replay/compare.ts';
import { asInHistory, inFirstOfRow, otherTimes, taskRows } from '../../../audit/deep-replay/tasks.ts';

/** Seconds of a minute, as histories have them. */
const at = (seconds: number) => ({ seconds: 1_795_423_740 + Math.floor(seconds), nanos: Math.round((seconds % 1) * 1e6) * 1_000 });
const millis = (seconds: number) => 1_795_423_740_000 + Math.round(seconds * 1_000);
const event = (eventId: number, name: string, seconds = 0) => ({ eventId, eventTime: at(seconds), [`${name}EventAttributes`]: {} });
const task = (from: number, seconds: number) => [event(from, 'workflowTaskScheduled', seconds), event(from + 1, 'workflowTaskStarted', seconds), event(from + 2, 'workflowTaskCompleted', seconds)];
const marker = (eventId: number, seq: number, endedAt: number) => ({
  eventId, eventTime: at(endedAt),
  markerRecordedEventAttributes: {
    markerName: 'core_local_activity',
    details: { data: { payloads: [{ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from(JSON.stringify({ seq, activity_id: String(seq), activity_type: 'append', complete_time: at(endedAt) })) }] } },
  },
});
const rowsOf = (events: readonly object[]) => taskRows(events);

describe('tasks make a row', () => {
  test('where each follows on the one before without anything from outside', () => {
    const rows = rowsOf([event(1, 'workflowExecutionStarted'), ...task(2, 10.751999), ...task(5, 13.956), ...task(8, 17.161), marker(11, 1, 12.5), ...task(12, 20), event(15, 'timerFired'), ...task(16, 21)]);
    const row = { first: 3, clock: [millis(10.751), millis(13.956), millis(17.161), millis(12.5), millis(20)] };
    expect(Object.fromEntries(rows.byTask)).toEqual({ 3: row, 6: row, 9: row, 13: row });
    expect(otherTimes(9, rows)).toEqual(['2026-11-23T08:49:10.751Z', '2026-11-23T08:49:13.956Z', '2026-11-23T08:49:17.161Z', '2026-11-23T08:49:12.5Z', '2026-11-23T08:49:20Z']);
    expect(otherTimes(17, rows)).toEqual([]);
  });

  test('but not where something came, an update was taken up, or a task was never ended', () => {
    const started = event(1, 'workflowExecutionStarted');
    for (const name of ['workflowExecutionSignaled', 'workflowExecutionCancelRequested', 'timerFired', 'activityTaskCompleted', 'activityTaskFailed', 'activityTaskTimedOut']) {
      expect([name, rowsOf([started, ...task(2, 1), event(5, name), ...task(6, 2)]).byTask.size]).toEqual([name, 0]);
    }
    expect(rowsOf([started, ...task(2, 1), ...task(5, 2), event(8, 'workflowExecutionUpdateAccepted')]).byTask.size).toBe(0);
    expect(rowsOf([started, ...task(2, 1), event(5, 'workflowTaskScheduled'), event(6, 'workflowTaskStarted'), event(7, 'workflowTaskTimedOut')]).byTask.size).toBe(0);
  });
});

/** As it was with a worker that took over: the local activity ended at 51.113 in the first task, and its run heard of it in the second, which began at 51.266. */
describe('what the run asked in a later task of a row', () => {
  const first = [event(1, 'timerFired'), ...task(2, 51.081), marker(5, 10, 51.113206)];
  const replayed: Asked[] = [{ key: 'timer 2', at: 3, what: { millis: 915_008_887 } }, { key: 'activity 19', at: 3, what: {} }];
  const difference = (events: readonly object[], recorded: readonly Asked[]) => {
    const rows = taskRows(events);
    const asked = inFirstOfRow(recorded, rows);
    return firstDifference(asked, asInHistory(replayed, { asked, rows }), false);
  };
  const withTimer = (timer: number) => difference([...first, ...task(6, 51.266)], [{ key: 'timer 2', at: 7, what: { millis: timer } }, { key: 'activity 19', at: 7, what: {} }]);

  test('is the same where its timer fires at the same instant', () => {
    expect(withTimer(915_008_734)).toBeNull();
    expect(withTimer(915_008_887)).toBeNull();
  });

  test('and differs where it fires at another', () => {
    expect(withTimer(915_008_735)).toMatchObject({ key: 'timer 2', field: 'millis', recorded: 915_008_735, replayed: 915_008_887 });
  });

  test('may not be in the history yet while the next task is under way, and is missed once it was answered or something came', () => {
    const missing = { key: 'timer 2', field: 'presence', recorded: undefined };
    expect(difference([...first, event(6, 'workflowTaskScheduled')], [])).toBeNull();
    expect(difference([...first, event(6, 'workflowTaskScheduled'), event(7, 'workflowTaskStarted')], [])).toBeNull();
    // What is there already is held against it all the same.
    expect(difference([...first, event(6, 'workflowTaskScheduled')], [{ key: 'timer 2', at: 3, what: { millis: 915_008_887 } }])).toBeNull();
    expect(difference([...first, event(6, 'workflowTaskScheduled')], [{ key: 'timer 2', at: 3, what: { millis: 1 } }])).toMatchObject({ key: 'timer 2', field: 'millis' });
    expect(difference(first, [])).toMatchObject(missing);
    expect(difference([...first, ...task(6, 51.266)], [])).toMatchObject(missing);
    expect(difference([...first, event(6, 'timerFired'), event(7, 'workflowTaskScheduled')], [])).toMatchObject(missing);
  });
});
