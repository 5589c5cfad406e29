import type { History } from '@temporalio/common/lib/proto-utils.js';
import type { Asked } from './asked.ts';
import { localActivityOf } from './local-activity.ts';
import { inFirstOfRow, taskRows, type TaskRows } from './tasks.ts';
import { failureOf, millisOf, numberOf, retryOf, valueOf, valuesOf } from './wire.ts';

type HistoryEvent = NonNullable<History['events']>[number];

/** What a history shows: what its run asked, each in the first task of its row (`tasks.ts`), what its local activities answered by number, and between which ids. */
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
  readonly rows: TaskRows;
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
    const local = localActivityOf(event);
    if (local !== undefined) answers.set(local.seq, local.answer);
    const one = local === undefined ? askedBy(event, updates) : { key: `local activity ${local.seq}`, what: { type: local.type, id: local.id } };
    if (one !== undefined) asked.push({ at, ...one });
  }
  const rows = taskRows(events);
  return { asked: inFirstOfRow(asked, rows), answers, workflowType: started?.workflowType?.name ?? '', taskQueue: started?.taskQueue?.name ?? '', through: at, input: valuesOf(started?.input?.payloads)[0], rows };
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
