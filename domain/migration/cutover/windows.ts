import {
  checkCutover, nextPreferredWindow, windowsAhead, type CutoverAnswer, type CutoverPlace, type ForbiddenWindow, type TimeWindow,
} from '../../calendar/windows.ts';
import { cutoverTraits } from '../../catalogue/windows.ts';
import { addDays, civilDateOf, compareInstants, startOfDay, type Instant } from '../../shared/civil-date.ts';
import { placeOf } from '../grounds/place.ts';
import type { FullMigration } from '../state.ts';
import { WEEKS_AHEAD } from './bounds.ts';

/** The comune as the adhesion told of it last. */
function placeFor({ migration: { pinned: { calendarVersion } }, grounds: { known } }: FullMigration, patronStaffed: boolean): CutoverPlace {
  return placeOf(known, { patronStaffed, calendarVersion });
}

/** Whether this service may be cut over in a window, by what is known of the comune now. */
export function checkWindow(state: FullMigration, window: TimeWindow, patronStaffed: boolean): CutoverAnswer {
  return checkCutover(window, cutoverTraits(state.migration.pinned), placeFor(state, patronStaffed));
}

/** The forbidden windows that the scheduled one meets, by what is known of the comune now: they may have come up since it was set. */
export function conflictsOf(state: FullMigration): readonly ForbiddenWindow[] {
  const { schedule } = state.cutover;
  return schedule === null ? [] : checkWindow(state, schedule, schedule.patronStaffed).reasons;
}

/** The next preferred window from an instant on that is free and lies after the parallel run; null: none within a year. */
export function nextWindow(state: FullMigration, from: Instant, patronStaffed: boolean): TimeWindow | null {
  return nextPreferredWindow(latest(from, earliestOf(state)), cutoverTraits(state.migration.pinned), placeFor(state, patronStaffed));
}

/** From when the parallel run is over, so that a window may begin; null: it has not begun, or the comune does without it. */
export function earliestOf({ moving: { parallelRun, waiver } }: FullMigration): Instant | null {
  return waiver === null ? parallelRun?.overFrom ?? null : null;
}

/** The forbidden windows of the next weeks. */
export function forbiddenAhead(state: FullMigration, now: Instant): readonly ForbiddenWindow[] {
  const stretch = { from: now, to: startOfDay(addDays(civilDateOf(now), 7 * WEEKS_AHEAD)) };
  return windowsAhead(stretch, cutoverTraits(state.migration.pinned), placeFor(state, false));
}

function latest(one: Instant, other: Instant | null): Instant {
  return other !== null && compareInstants(other, one) > 0 ? other : one;
}
