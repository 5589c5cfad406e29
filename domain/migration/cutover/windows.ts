import {
  checkCutover, nextPreferredWindow, windowsAhead, type CutoverAnswer, type CutoverPlace, type CutoverTraits, type ForbiddenWindow, type TimeWindow,
} from '../../calendar/windows.ts';
import { addDays, civilDateOf, compareInstants, startOfDay, type Instant } from '../../shared/civil-date.ts';
import type { Pinned } from '../pinned.ts';
import type { FullMigration } from '../state.ts';
import { WEEKS_AHEAD } from './bounds.ts';

/** What of the windows the catalogue asks this service to keep away from, beside those that are for every service. */
function traitsOf({ windows: { forbidden } }: Pinned): CutoverTraits {
  return {
    tax: forbidden.includes('TAX_DAYS'), council: forbidden.includes('COUNCIL_DAYS'), scheduledJobs: forbidden.includes('CLOCK_CHANGE'), board: forbidden.includes('BOARD_PUBLICATIONS'),
  };
}

/** The comune as the adhesion told of it last. A runoff may follow a vote in any comune (artt. 71 c.6 and 72 c.5 TUEL), so its days are kept free as well. */
function placeOf({ migration: { pinned: { calendarVersion } }, grounds: { known } }: FullMigration, patronStaffed: boolean): CutoverPlace {
  return {
    istatCode: known?.istatCode ?? null,
    elections: (known?.electionDays ?? []).map((firstDay) => ({ firstDay, runoff: true })),
    sessions: known?.sessions ?? [],
    publications: known?.publications ?? [],
    patronStaffed,
    calendarVersion,
  };
}

/** Whether this service may be cut over in a window, by what is known of the comune now. */
export function checkWindow(state: FullMigration, window: TimeWindow, patronStaffed: boolean): CutoverAnswer {
  return checkCutover(window, traitsOf(state.migration.pinned), placeOf(state, patronStaffed));
}

/** The forbidden windows that the scheduled one meets, by what is known of the comune now: they may have come up since it was set. */
export function conflictsOf(state: FullMigration): readonly ForbiddenWindow[] {
  const { schedule } = state.cutover;
  return schedule === null ? [] : checkWindow(state, schedule, schedule.patronStaffed).reasons;
}

/** The next preferred window from an instant on that is free and lies after the parallel run; null: none within a year. */
export function nextWindow(state: FullMigration, from: Instant, patronStaffed: boolean): TimeWindow | null {
  return nextPreferredWindow(latest(from, earliestOf(state)), traitsOf(state.migration.pinned), placeOf(state, patronStaffed));
}

/** From when the parallel run is over, so that a window may begin; null: it has not begun, or the comune does without it. */
export function earliestOf({ moving: { parallelRun, waiver } }: FullMigration): Instant | null {
  return waiver === null ? parallelRun?.overFrom ?? null : null;
}

/** The forbidden windows of the next weeks. */
export function forbiddenAhead(state: FullMigration, now: Instant): readonly ForbiddenWindow[] {
  const stretch = { from: now, to: startOfDay(addDays(civilDateOf(now), 7 * WEEKS_AHEAD)) };
  return windowsAhead(stretch, traitsOf(state.migration.pinned), placeOf(state, false));
}

function latest(one: Instant, other: Instant | null): Instant {
  return other !== null && compareInstants(other, one) > 0 ? other : one;
}
