import { wholeDay, type TimeWindow } from '../calendar/windows.ts';
import type { CivilDate, Instant } from '../shared/civil-date.ts';

/** What a migration knows of its cutover. */
export interface CutoverFacts {
  /** The window that was set; null: none is. */
  readonly schedule: (TimeWindow & { readonly patronStaffed: boolean }) | null;
  /** The last cutover; null: there was none. */
  readonly done: { readonly startedAt: Instant; readonly endedAt: Instant; readonly outcome: string } | null;
  /** The day of the plan that the comune approved; null: no plan is. */
  readonly plannedOn: CivilDate | null;
}

/** PLANNED: for a day, by the approved plan; SCHEDULED: its window is set; DONE: it went well. */
export interface Cutover {
  readonly kind: 'PLANNED' | 'SCHEDULED' | 'DONE';
  readonly window: TimeWindow;
  /** Whether somebody is in the office on the eve of the patron. */
  readonly patronStaffed: boolean;
}

/** When a service is cut over, as far as it is known; null: nobody has said yet. */
export function cutoverOf({ schedule, done, plannedOn }: CutoverFacts): Cutover | null {
  if (done?.outcome === 'SUCCEEDED') return { kind: 'DONE', window: { from: done.startedAt, to: done.endedAt }, patronStaffed: false };
  if (schedule !== null) return { kind: 'SCHEDULED', window: { from: schedule.from, to: schedule.to }, patronStaffed: schedule.patronStaffed };
  return plannedOn === null ? null : { kind: 'PLANNED', window: wholeDay(plannedOn), patronStaffed: false };
}
