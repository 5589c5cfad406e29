import type { RecordedActivation } from '../../workflows/recording.ts';
import type { Asked } from './asked.ts';
import { failureOf, millisOf, retryOf, valueOf, valuesOf, type WireFailure, type WirePayload, type WireRetryPolicy } from './wire.ts';

type Duration = Parameters<typeof millisOf>[0];

interface ActivityCommand {
  readonly seq: number;
  readonly activityId: string;
  readonly activityType: string;
  readonly taskQueue?: string;
  readonly arguments?: readonly WirePayload[];
  readonly scheduleToCloseTimeout?: Duration;
  readonly scheduleToStartTimeout?: Duration;
  readonly startToCloseTimeout?: Duration;
  readonly heartbeatTimeout?: Duration;
  readonly localRetryThreshold?: Duration;
  readonly retryPolicy?: WireRetryPolicy;
}

/** The commands of the SDK's core that cases give; another kind is named as it comes, and found in no history. */
interface Command {
  readonly scheduleActivity?: ActivityCommand;
  readonly scheduleLocalActivity?: ActivityCommand;
  readonly startTimer?: { readonly seq: number; readonly startToFireTimeout?: Duration };
  readonly cancelTimer?: { readonly seq: number };
  readonly setPatchMarker?: { readonly patchId: string; readonly deprecated?: boolean };
  readonly updateResponse?: { readonly protocolInstanceId: string; readonly accepted?: object; readonly completed?: WirePayload; readonly rejected?: WireFailure };
  readonly continueAsNewWorkflowExecution?: {
    readonly workflowType?: string; readonly taskQueue?: string; readonly arguments?: readonly WirePayload[]; readonly workflowRunTimeout?: Duration; readonly workflowTaskTimeout?: Duration;
  };
  readonly completeWorkflowExecution?: { readonly result?: WirePayload };
  readonly failWorkflowExecution?: { readonly failure?: WireFailure };
}

/** The task queue of a replay, which stands for the run's own. */
const REPLAY_QUEUE = /^fake_replay_queue/;

/**
 * What a replayed run asked, in its order. `taskQueue` is that of the run; what was asked after `through`, the begin of the
 * last finished workflow task, is not in the history yet.
 */
export function askedInReplay(activations: readonly RecordedActivation[], taskQueue: string, through: number): Asked[] {
  const queue = (name: string | undefined): string => (name === undefined || name === '' || REPLAY_QUEUE.test(name) ? taskQueue : name);
  const asked = activations.filter(({ at }) => at <= through).flatMap(({ at, commands }) => commands.map((command) => ({ at, ...askedBy(command as Command, queue) })));
  return withoutTimersThatNeverWere(asked);
}

function askedBy(command: Command, queue: (name: string | undefined) => string): Omit<Asked, 'at'> {
  const {
    scheduleActivity: activity, scheduleLocalActivity: local, startTimer: timer, cancelTimer: cancelled, setPatchMarker: patch, updateResponse: update,
    continueAsNewWorkflowExecution: next, completeWorkflowExecution: completed, failWorkflowExecution: failed,
  } = command;
  if (activity !== undefined) return { key: `activity ${activity.activityId}`, what: { type: activity.activityType, taskQueue: queue(activity.taskQueue), arguments: valuesOf(activity.arguments), ...asScheduled(optionsOf(activity)) } };
  if (local !== undefined) {
    const beyond = { arguments: valuesOf(local.arguments), ...optionsOf(local), localRetryThreshold: millisOf(local.localRetryThreshold) };
    return { key: `local activity ${local.seq}`, what: { type: local.activityType, id: local.activityId }, beyond };
  }
  if (timer !== undefined) return { key: `timer ${timer.seq}`, what: { millis: millisOf(timer.startToFireTimeout) } };
  if (cancelled !== undefined) return { key: `timer ${cancelled.seq} cancelled`, what: {} };
  if (patch !== undefined) return { key: `patch ${patch.patchId}`, what: { deprecated: patch.deprecated ?? false } };
  if (update?.accepted !== undefined) return { key: `update ${update.protocolInstanceId} accepted`, what: {} };
  if (update?.rejected !== undefined) return { key: `update ${update.protocolInstanceId} answered`, what: { failure: failureOf(update.rejected) } };
  if (update !== undefined) return { key: `update ${update.protocolInstanceId} answered`, what: { answer: valueOf(update.completed) } };
  if (next !== undefined) {
    return { key: 'end', what: { how: 'CONTINUED_AS_NEW', type: next.workflowType, taskQueue: queue(next.taskQueue), arguments: valuesOf(next.arguments), runTimeout: millisOf(next.workflowRunTimeout) } };
  }
  if (completed !== undefined) return { key: 'end', what: { how: 'COMPLETED', result: valueOf(completed.result) } };
  if (failed !== undefined) return { key: 'end', what: { how: 'FAILED', failure: failureOf(failed.failure) } };
  return { key: Object.keys(command).join(' '), what: { ...command } };
}

function optionsOf(activity: ActivityCommand) {
  return {
    scheduleToClose: millisOf(activity.scheduleToCloseTimeout), scheduleToStart: millisOf(activity.scheduleToStartTimeout),
    startToClose: millisOf(activity.startToCloseTimeout), heartbeat: millisOf(activity.heartbeatTimeout), retry: retryOf(activity.retryPolicy),
  };
}

/** What the server writes of options: where nothing is said of the time until a worker begins, it is that of the whole. */
function asScheduled(options: ReturnType<typeof optionsOf>): ReturnType<typeof optionsOf> {
  return { ...options, scheduleToStart: options.scheduleToStart === 0 ? options.scheduleToClose : options.scheduleToStart };
}

/** A timer that is cancelled in the workflow task that set it is never told to the server. */
function withoutTimersThatNeverWere(asked: readonly Asked[]): Asked[] {
  const set = new Map(asked.filter(({ key }) => /^timer \d+$/.test(key)).map(({ key, at }) => [key, at]));
  const never = new Set(asked.filter(({ key, at }) => key.endsWith(' cancelled') && set.get(key.slice(0, -' cancelled'.length)) === at)
    .flatMap(({ key }) => [key, key.slice(0, -' cancelled'.length)]));
  return asked.filter(({ key }) => !never.has(key));
}
