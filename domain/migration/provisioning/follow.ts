import { laterDate, type CivilDate } from '../../shared/civil-date.ts';
import type { Context } from '../../shared/process.ts';
import type { MigrationEvent } from '../events.ts';
import { isGateOpen } from '../gates/index.ts';
import { isFull, type Migration, type OpenedMigration } from '../state.ts';
import { openItems } from '../work-items/state.ts';

/** Provisioning begins by itself once its gate is open; on the light track the last work item delivers the service. */
export function followProvisioning(state: OpenedMigration, { now }: Context): readonly MigrationEvent[] {
  const { migration } = state;
  if (!isFull(state)) return migration.state === 'PROVISIONING' && openItems(migration).length === 0 ? [delivered(migration, now)] : [];
  const { fulfilment } = state.migration.pinned;
  return migration.state === 'PLAN_APPROVED' && isGateOpen(state, 'PROVISIONING')
    ? [{ type: 'ProvisioningStarted', data: { workItems: fulfilment.kind === 'MANUAL' ? fulfilment.workItems : [], at: now } }]
    : [];
}

function delivered({ workItems }: Migration, now: string): MigrationEvent {
  // The day of the last work, in whatever order the items were recorded.
  const deliveredOn = workItems.reduce<CivilDate>((last, { done }) => (done === null ? last : laterDate(last, done.on)), '');
  return { type: 'ServiceDelivered', data: { deliveredOn, at: now }, effectiveOn: deliveredOn };
}
