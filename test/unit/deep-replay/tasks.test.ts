import { describe, expect, test } from 'vitest';
import type { Asked } from '../../../audit/deep-replay/asked.ts';
import { firstDifference } from '../../../audit/deep-replay/compare.ts';
import { inFirstOfRow, otherTimes, taskRows, withTimersOfRows } from '../../../audit/deep-replay/tasks.ts';

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
    expect(Object.fromEntries(rows)).toEqual({ 3: row, 6: row, 9: row, 13: row });
    expect(otherTimes(9, rows)).toEqual(['2026-11-23T08:49:10.751Z', '2026-11-23T08:49:13.956Z', '2026-11-23T08:49:17.161Z', '2026-11-23T08:49:12.5Z', '2026-11-23T08:49:20Z']);
    expect(otherTimes(17, rows)).toEqual([]);
  });

  test('but not where something came, an update was taken up, or a task was never ended', () => {
    const started = event(1, 'workflowExecutionStarted');
    for (const name of ['workflowExecutionSignaled', 'workflowExecutionCancelRequested', 'timerFired', 'activityTaskCompleted', 'activityTaskFailed', 'activityTaskTimedOut']) {
      expect([name, rowsOf([started, ...task(2, 1), event(5, name), ...task(6, 2)]).size]).toEqual([name, 0]);
    }
    expect(rowsOf([started, ...task(2, 1), ...task(5, 2), event(8, 'workflowExecutionUpdateAccepted')]).size).toBe(0);
    expect(rowsOf([started, ...task(2, 1), event(5, 'workflowTaskScheduled'), event(6, 'workflowTaskStarted'), event(7, 'workflowTaskTimedOut')]).size).toBe(0);
  });
});

/** As it was with a worker that took over: the local activity ended at 51.113 in the first task, and its run heard of it in the second, which began at 51.266. */
describe('what the run asked in a later task of a row', () => {
  const rows = rowsOf([event(1, 'timerFired'), ...task(2, 51.081), marker(5, 10, 51.113206), ...task(6, 51.266)]);
  const shown = (timer: number): Asked[] => [{ key: 'timer 2', at: 7, what: { millis: timer } }, { key: 'activity 19', at: 7, what: {} }];
  const replayed: Asked[] = [{ key: 'timer 2', at: 3, what: { millis: 915_008_887 } }, { key: 'activity 19', at: 3, what: {} }];
  const difference = (timer: number) => firstDifference(inFirstOfRow(shown(timer), rows), inFirstOfRow(withTimersOfRows(replayed, shown(timer), rows), rows), false);

  test('is the same where its timer fires at the same instant', () => {
    expect(difference(915_008_734)).toBeNull();
    expect(difference(915_008_887)).toBeNull();
  });

  test('and differs where it fires at another', () => {
    expect(difference(915_008_735)).toMatchObject({ key: 'timer 2', field: 'millis', recorded: 915_008_735, replayed: 915_008_887 });
  });
});
