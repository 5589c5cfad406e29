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

/** The rows of more than one task, by the id of the event with which each of their tasks began. */
export function taskRows(events: readonly HistoryEvent[]): ReadonlyMap<number, TaskRow> {
  const rows = new Map<number, TaskRow>();
  let ids: number[] = [];
  let clock: number[] = [];
  const close = (): void => {
    const [first = 0] = ids;
    if (ids.length > 1) for (const id of ids) rows.set(id, { first, clock });
    [ids, clock] = [[], []];
  };
  for (const [index, event] of events.entries()) {
    const end = localActivityEnd(event);
    if (end !== undefined) clock.push(end);
    else if (isFromOutside(event)) close();
    else if (event.workflowTaskStartedEventAttributes && events[index + 1]?.workflowTaskCompletedEventAttributes) {
      // An update that is taken up came from outside, and leaves no event of its own before.
      if (events[index + 2]?.workflowExecutionUpdateAcceptedEventAttributes) close();
      ids.push(numberOf(event.eventId));
      clock.push(wholeMillisOf(event.eventTime));
    }
  }
  close();
  return rows;
}

function isFromOutside(event: HistoryEvent): boolean {
  return Boolean(
    event.workflowExecutionStartedEventAttributes ?? event.workflowExecutionSignaledEventAttributes ?? event.workflowExecutionCancelRequestedEventAttributes
      ?? event.workflowExecutionUpdateAdmittedEventAttributes ?? event.timerFiredEventAttributes ?? event.activityTaskCompletedEventAttributes
      ?? event.activityTaskFailedEventAttributes ?? event.activityTaskTimedOutEventAttributes ?? event.activityTaskCanceledEventAttributes,
  );
}

/** What was asked, each in the first task of its row. */
export function inFirstOfRow(asked: readonly Asked[], rows: ReadonlyMap<number, TaskRow>): Asked[] {
  return asked.map((one) => ({ ...one, at: rows.get(one.at)?.first ?? one.at }));
}

/** A timer of a row that fires at the same instant is the same, whenever in the row it was set: the replay's takes the history's time. */
export function withTimersOfRows(replayed: readonly Asked[], shown: readonly Asked[], rows: ReadonlyMap<number, TaskRow>): Asked[] {
  const byKey = new Map(shown.map((asked) => [asked.key, asked]));
  return replayed.map((asked) => {
    const [own, recorded] = [asked.what['millis'], byKey.get(asked.key)?.what['millis']];
    const clock = rows.get(asked.at)?.clock ?? [];
    if (typeof own !== 'number' || typeof recorded !== 'number' || own === recorded) return asked;
    const firesAlike = clock.some((then) => clock.some((now) => then + recorded === now + own));
    return firesAlike ? { ...asked, what: { ...asked.what, millis: recorded } } : asked;
  });
}

/** Instants at which something of a task may have been asked, instead of the replay's own. */
export function otherTimes(at: number, rows: ReadonlyMap<number, TaskRow>): readonly Instant[] {
  return (rows.get(at)?.clock ?? []).map(instantOfMillis);
}
