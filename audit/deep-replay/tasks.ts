import type { History } from '@temporalio/common/lib/proto-utils.js';
import { instantOfMillis, type Instant } from '../../domain/shared/civil-date.ts';
import type { Asked } from './asked.ts';
import { localActivityEnd } from './local-activity.ts';
import { numberOf, wholeMillisOf } from './wire.ts';

type HistoryEvent = NonNullable<History['events']>[number];

/**
 * Workflow tasks that follow one another with nothing from outside between them: each was ended while a local activity of it was under way, and the next went
 * on for it. A replay may take them for one (`find_end_index_of_next_wft_seq` in Temporal's core), or let a local activity lead in the first of them to what the
 * run heard of in the next: its clock is then that of another of them than the run's was.
 */
export interface TaskRow {
  /** Id of the event with which the first of them began. */
  readonly first: number;
  /** What the clock may have stood at: the begins of the tasks and the ends of their local activities, in milliseconds of the epoch. */
  readonly clock: readonly number[];
}

/** What a history has of rows. */
export interface TaskRows {
  /** Those of more than one task, by the id of the event with which each of their tasks began. */
  readonly byTask: ReadonlyMap<number, TaskRow>;
  /** Id of the begin of the first task of a row whose next task is not answered yet; null: the history ends with a row. */
  readonly goesOn: number | null;
}

/** Finds the rows of a history. */
export function taskRows(events: readonly HistoryEvent[]): TaskRows {
  const byTask = new Map<number, TaskRow>();
  let ids: number[] = [];
  let clock: number[] = [];
  let isAwaited = false;
  const close = (): void => {
    const [first = 0] = ids;
    if (ids.length > 1) for (const id of ids) byTask.set(id, { first, clock });
    [ids, clock] = [[], []];
  };
  for (const [index, event] of events.entries()) {
    const end = localActivityEnd(event);
    if (end !== undefined) clock.push(end);
    else if (isFromOutside(event)) close();
    else if (event.workflowTaskScheduledEventAttributes) isAwaited = true;
    else if (event.workflowTaskStartedEventAttributes && events[index + 1]?.workflowTaskCompletedEventAttributes) {
      // An update that is taken up came from outside, and leaves no event of its own before.
      if (events[index + 2]?.workflowExecutionUpdateAcceptedEventAttributes) close();
      isAwaited = false;
      ids.push(numberOf(event.eventId));
      clock.push(wholeMillisOf(event.eventTime));
    }
  }
  const goesOn = isAwaited ? ids[0] ?? null : null;
  close();
  return { byTask, goesOn };
}

function isFromOutside(event: HistoryEvent): boolean {
  return Boolean(
    event.workflowExecutionStartedEventAttributes ?? event.workflowExecutionSignaledEventAttributes ?? event.workflowExecutionCancelRequestedEventAttributes
      ?? event.workflowExecutionUpdateAdmittedEventAttributes ?? event.timerFiredEventAttributes ?? event.activityTaskCompletedEventAttributes
      ?? event.activityTaskFailedEventAttributes ?? event.activityTaskTimedOutEventAttributes ?? event.activityTaskCanceledEventAttributes,
  );
}

/** What was asked, each in the first task of its row. */
export function inFirstOfRow(asked: readonly Asked[], { byTask }: TaskRows): Asked[] {
  return asked.map((one) => {
    const row = byTask.get(one.at);
    return row === undefined ? one : { ...one, at: row.first };
  });
}

/**
 * What a replay asked as the run may have asked it: in the first task of its row; a timer of a row that fires at the same instant is the same, whenever in the row
 * it was set; and what is asked in a row that goes on may stand in the history with its next task only.
 */
export function asInHistory(replayed: readonly Asked[], { asked: shown, rows }: { readonly asked: readonly Asked[]; readonly rows: TaskRows }): Asked[] {
  const byKey = new Map(shown.map((asked) => [asked.key, asked]));
  return inFirstOfRow(replayed, rows)
    .filter(({ key, at }) => at !== rows.goesOn || byKey.has(key))
    .map((asked) => {
      const [own, recorded] = [asked.what['millis'], byKey.get(asked.key)?.what['millis']];
      return isNumber(own) && isNumber(recorded) && firesAlike(own, recorded, rows.byTask.get(asked.at)) ? { ...asked, what: { ...asked.what, millis: recorded } } : asked;
    });
}

function firesAlike(own: number, recorded: number, row: TaskRow | undefined): boolean {
  const clock = row?.clock ?? [];
  return clock.some((then) => clock.some((now) => then + recorded === now + own));
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

/** Instants at which something of a task may have been asked, instead of the replay's own. */
export function otherTimes(at: number, { byTask }: TaskRows): readonly Instant[] {
  return (byTask.get(at)?.clock ?? []).map(instantOfMillis);
}
