import { requiredTsToDate } from '@temporalio/common/lib/time.js';
import type { History } from '@temporalio/common/lib/proto-utils.js';

type HistoryEvent = NonNullable<History['events']>[number];

/** How a run ended, by the event that ended it. */
const ENDS = {
  workflowExecutionCompletedEventAttributes: 'COMPLETED',
  workflowExecutionFailedEventAttributes: 'FAILED',
  workflowExecutionTimedOutEventAttributes: 'TIMED_OUT',
  workflowExecutionCanceledEventAttributes: 'CANCELED',
  workflowExecutionTerminatedEventAttributes: 'TERMINATED',
  workflowExecutionContinuedAsNewEventAttributes: 'CONTINUED_AS_NEW',
} as const satisfies Partial<Record<keyof HistoryEvent, string>>;

const BUNDLE = /^[0-9a-f]{64}$/;

/** What a history says of its run; instants in UTC, null: it goes on. */
export interface RunOfHistory {
  readonly state: string;
  readonly startedAt: string;
  readonly closedAt: string | null;
  readonly length: number;
  /** Hashes of the bundles that ran its workflow tasks, in order of their first: workers give theirs as build id, those from before that none. */
  readonly bundles: readonly string[];
}

/** Reads off a history when its run began, how it ended, and which bundles ran it. */
export function runOf({ events }: History): RunOfHistory {
  const all = events ?? [];
  const [first, last] = [all.at(0), all.at(-1)];
  if (first === undefined || last === undefined) throw new TypeError('A history has at least one event');
  const state = Object.entries(ENDS).find(([attributes]) => (last[attributes as keyof HistoryEvent] ?? null) !== null)?.[1] ?? 'RUNNING';
  const ids = all.map(({ workflowTaskCompletedEventAttributes: task }) => task?.deploymentVersion?.buildId ?? task?.workerVersion?.buildId ?? '');
  return {
    state, startedAt: instantOf(first), closedAt: state === 'RUNNING' ? null : instantOf(last), length: all.length,
    bundles: [...new Set(ids.filter((id) => BUNDLE.test(id)))],
  };
}

function instantOf({ eventTime }: HistoryEvent): string {
  return requiredTsToDate(eventTime, 'eventTime').toISOString();
}
