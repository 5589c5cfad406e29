import { civilDateOf, laterDate, type CivilDate, type Instant } from '../../shared/civil-date.ts';
import type { Context } from '../../shared/process.ts';
import type { MigrationEvent } from '../events.ts';
import { isGateOpen } from '../gates/index.ts';
import type { FullMigration, Migration, OpenedMigration } from '../state.ts';
import { openItems } from '../work-items/state.ts';
import { heldAcceptance, isAcceptanceHeld, provisioningCompleted } from './completion.ts';

/** On the light track the last work item delivers the service. */
export function followDelivery({ migration }: OpenedMigration, { now }: Context): readonly MigrationEvent[] {
  return migration.pinned === null && migration.state === 'PROVISIONING' && openItems(migration).length === 0 ? [delivered(migration, now)] : [];
}

function delivered({ workItems }: Migration, now: Instant): MigrationEvent {
  // The day of the last work, in whatever order the items were recorded.
  const deliveredOn = workItems.reduce<CivilDate>((last, { done }) => (done === null ? last : laterDate(last, done.on)), '');
  return { type: 'ServiceDelivered', data: { deliveredOn, at: now }, effectiveOn: deliveredOn };
}

/** Provisioning begins by itself once its gate is open; of a broker its calls follow each other to its end. An acceptance that was held begins when it may. */
export function followProvisioning(state: FullMigration, { now }: Context): readonly MigrationEvent[] {
  const { migration: { state: stage, pinned: { fulfilment } }, provisioning } = state;
  if (stage === 'PLAN_APPROVED' && isGateOpen(state, 'PROVISIONING')) {
    return [{ type: 'ProvisioningStarted', data: { workItems: fulfilment.kind === 'MANUAL' ? fulfilment.workItems : [], at: now } }];
  }
  if (isAcceptanceHeld(state)) return heldAcceptance(state, now);
  return stage === 'PROVISIONING' && fulfilment.kind === 'BROKER' && provisioning.doneOn === null ? nextOfBroker(state, now) : [];
}

function nextOfBroker(state: FullMigration, now: Instant): readonly MigrationEvent[] {
  const { calls } = state.provisioning;
  const [provision, bind] = (['PROVISION', 'BIND'] as const).map((operation) => calls.find(({ input }) => input.operation === operation));
  if (provision === undefined) return [{ type: 'BrokerCallStarted', data: { operation: 'PROVISION', at: now } }];
  // Of what was provisioned by hand the broker knows nothing, so there is nothing to bind.
  if (provision.state === 'DONE' && bind === undefined) return [{ type: 'BrokerCallStarted', data: { operation: 'BIND', at: now } }];
  const last = provision.state === 'SKIPPED' ? provision : bind;
  return last?.state === 'DONE' || last?.state === 'SKIPPED' ? [provisioningCompleted(state, civilDateOf(now), now)] : [];
}
