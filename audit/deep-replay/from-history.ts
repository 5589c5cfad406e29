import type { History } from '@temporalio/common/lib/proto-utils.js';
import { instantOfMillis, type Instant } from '../../domain/shared/civil-date.ts';
import type { Asked } from './asked.ts';
import { failureOf, millisOf, numberOf, retryOf, valueOf, valuesOf, wholeMillisOf } from './wire.ts';

type HistoryEvent = NonNullable<History['events']>[number];

/** What a history shows: what its run asked, what its local activities answered by number, and between which ids. */
export interface Shown {
  readonly asked: readonly Asked[];
  /** Of local activities: by their number, in order of their completion. */
  readonly answers: ReadonlyMap<number, unknown>;
  readonly workflowType: string;
  readonly taskQueue: string;
  /** Id of the event with which the last finished workflow task began. */
  readonly through: number;
  /** What the run was begun with. */
  readonly input: unknown;
  /** By the id of the event with which a workflow task began: when those began that a replay takes for one with it. */
  readonly begins: ReadonlyMap<number, readonly Instant[]>;
}

/** Reads off a history what its run asked, in the order of the server. */
export function shownIn(history: History): Shown {
  const events = history.events ?? [];
  const started = events[0]?.workflowExecutionStartedEventAttributes;
  const asked: Asked[] = [];
  const answers = new Map<number, unknown>();
  const updates = new Map<string, string>();
  let at = 0;
  for (const event of events) {
    at = numberOf(event.workflowTaskCompletedEventAttributes?.startedEventId) || at;
    const local = localActivity(event);
    if (local !== undefined) answers.set(local.seq, local.answer);
    const one = local?.asked ?? askedBy(event, updates);
    if (one !== undefined) asked.push({ at, ...one });
  }
  return { asked, answers, workflowType: started?.workflowType?.name ?? '', taskQueue: started?.taskQueue?.name ?? '', through: at, input: valuesOf(started?.input?.payloads)[0], begins: taskBegins(events) };
}

/**
 * A task whose run waits for a local activity alone is kept alive by an empty completion, and goes on in the next one. A replay takes both for one where nothing
 * came before (`find_end_index_of_next_wft_seq` in Temporal's core), so its clock is that of the last; the run itself may have had that of any.
 */
function taskBegins(events: readonly HistoryEvent[]): ReadonlyMap<number, readonly Instant[]> {
  const begins = new Map<number, readonly Instant[]>();
  let kept: readonly Instant[] = [];
  for (const [index, { eventId, eventTime, workflowTaskStartedEventAttributes: started }] of events.entries()) {
    if (!started) continue;
    if (kept.length > 0) begins.set(numberOf(eventId), kept);
    const [next, afterNext] = events.slice(index + 1, index + 3);
    const isEmpty = Boolean(next?.workflowTaskCompletedEventAttributes) && Boolean(afterNext?.workflowTaskScheduledEventAttributes);
    kept = isEmpty ? [...kept, instantOfMillis(wholeMillisOf(eventTime))] : [];
  }
  return begins;
}

function askedBy(event: HistoryEvent, updates: Map<string, string>): Omit<Asked, 'at'> | undefined {
  const {
    activityTaskScheduledEventAttributes: activity, timerStartedEventAttributes: timer, timerCanceledEventAttributes: cancelled, markerRecordedEventAttributes: marker,
    workflowExecutionUpdateAcceptedEventAttributes: accepted, workflowExecutionUpdateCompletedEventAttributes: answered,
    workflowExecutionContinuedAsNewEventAttributes: next, workflowExecutionCompletedEventAttributes: completed, workflowExecutionFailedEventAttributes: failed,
  } = event;
  if (activity) {
    return {
      key: `activity ${activity.activityId}`,
      what: {
        type: activity.activityType?.name, taskQueue: activity.taskQueue?.name, arguments: valuesOf(activity.input?.payloads),
        scheduleToClose: millisOf(activity.scheduleToCloseTimeout), scheduleToStart: millisOf(activity.scheduleToStartTimeout),
        startToClose: millisOf(activity.startToCloseTimeout), heartbeat: millisOf(activity.heartbeatTimeout), retry: retryOf(activity.retryPolicy),
      },
    };
  }
  if (timer) return { key: `timer ${timer.timerId}`, what: { millis: millisOf(timer.startToFireTimeout) } };
  if (cancelled) return { key: `timer ${cancelled.timerId} cancelled`, what: {} };
  if (marker) {
    const patch = valueOf(marker.details?.['patch-data']?.payloads?.[0]) as { id: string; deprecated: boolean } | null;
    return patch === null ? { key: `marker ${marker.markerName}`, what: {} } : { key: `patch ${patch.id}`, what: { deprecated: patch.deprecated } };
  }
  if (accepted) {
    // The server names the answer by the id of the update alone.
    updates.set(accepted.acceptedRequest?.meta?.updateId ?? '', accepted.protocolInstanceId ?? '');
    return { key: `update ${accepted.protocolInstanceId} accepted`, what: {} };
  }
  if (answered) {
    const { success, failure } = answered.outcome ?? {};
    const key = `update ${updates.get(answered.meta?.updateId ?? '') ?? ''} answered`;
    return { key, what: failure ? { failure: failureOf(failure) } : { answer: valuesOf(success?.payloads)[0] ?? null } };
  }
  if (next) {
    return {
      key: 'end', what: {
        how: 'CONTINUED_AS_NEW', type: next.workflowType?.name, taskQueue: next.taskQueue?.name, arguments: valuesOf(next.input?.payloads), runTimeout: millisOf(next.workflowRunTimeout),
      },
    };
  }
  if (completed) return { key: 'end', what: { how: 'COMPLETED', result: valuesOf(completed.result?.payloads)[0] ?? null } };
  if (failed) return { key: 'end', what: { how: 'FAILED', failure: failureOf(failed.failure) } };
  return undefined;
}

/** A local activity stands in the history by a marker, at its completion. */
function localActivity({ markerRecordedEventAttributes: marker }: HistoryEvent): { seq: number; asked: Omit<Asked, 'at'>; answer: unknown } | undefined {
  if (marker?.markerName !== 'core_local_activity') return undefined;
  const payload = (name: string): unknown => valueOf(marker.details?.[name]?.payloads?.[0]);
  const data = payload('data') as { seq: number; activity_id: string; activity_type: string };
  const answer = marker.failure ? { failure: failureOf(marker.failure) } : payload('result');
  return { seq: data.seq, asked: { key: `local activity ${data.seq}`, what: { type: data.activity_type, id: data.activity_id } }, answer };
}
