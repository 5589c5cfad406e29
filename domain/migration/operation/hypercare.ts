import { workingDaysAfter } from '../../calendar/terms.ts';
import { addHours, civilDateOf, compareInstants, normalInstant, startOfNextDay, type Instant } from '../../shared/civil-date.ts';
import type { Context } from '../../shared/process.ts';
import { basisOf } from '../basis.ts';
import type { MigrationEvent } from '../events.ts';
import type { FullMigration } from '../state.ts';
import { openOf } from './standing.ts';

/** The new service is in use from an instant on: its working days of hypercare are set, and the hours of defects of severity 1 that stand open. */
export function handedOver(state: FullMigration, from: Instant, { now }: Context): MigrationEvent {
  const { policies: { hypercareWorkingDays }, calendarVersion } = state.migration.pinned;
  const [startedOn, startedAt] = [civilDateOf(from), normalInstant(from)];
  const endsOn = workingDaysAfter(startedOn, hypercareWorkingDays, state.grounds.known?.istatCode ?? null, calendarVersion);
  const severity1Due = openOf(state, 1).map(({ defectNo, reportedAt }) => ({ defectNo, dueAt: severity1DueAt(state, reportedAt, startedAt) }));
  return {
    type: 'HypercareStarted',
    data: { startedAt, endsOn, overFrom: startOfNextDay(endsOn), ...(severity1Due.length === 0 ? {} : { severity1Due }), basis: basisOf(state), at: now },
    effectiveOn: startedOn,
  };
}

/**
 * Until when a defect of severity 1 may stand open once the service is in use: its hours count from when the comune works with the
 * service, however long the defect was known before, and by what happened, not by when it was recorded.
 */
export function severity1DueAt({ migration: { pinned: { policies: { severity1RollbackHours } } } }: FullMigration, reportedAt: Instant, inUseFrom: Instant): Instant {
  return addHours(compareInstants(reportedAt, inUseFrom) > 0 ? reportedAt : inUseFrom, severity1RollbackHours);
}
