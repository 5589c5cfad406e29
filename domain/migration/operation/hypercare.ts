import { workingDaysAfter } from '../../calendar/terms.ts';
import { civilDateOf, normalInstant, startOfNextDay, type Instant } from '../../shared/civil-date.ts';
import type { Context } from '../../shared/process.ts';
import { basisOf } from '../basis.ts';
import type { MigrationEvent } from '../events.ts';
import type { FullMigration } from '../state.ts';

/** The new service is in use from an instant on: its working days of hypercare are set. */
export function handedOver(state: FullMigration, from: Instant, { now }: Context): MigrationEvent {
  const { policies: { hypercareWorkingDays }, calendarVersion } = state.migration.pinned;
  const startedOn = civilDateOf(from);
  const endsOn = workingDaysAfter(startedOn, hypercareWorkingDays, state.grounds.known?.istatCode ?? null, calendarVersion);
  return {
    type: 'HypercareStarted',
    data: { startedAt: normalInstant(from), endsOn, overFrom: startOfNextDay(endsOn), basis: basisOf(state), at: now },
    effectiveOn: startedOn,
  };
}
