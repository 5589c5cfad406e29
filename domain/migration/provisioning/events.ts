import type { EventOf } from '../../adhesion/event.ts';
import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { WorkItemTemplate } from '../services.ts';

/** What happened to the provisioning, by type (`at`, `effectiveOn`: see `MigrationEventData`). */
export interface ProvisioningEventData {
  /** With the work items of people; of a broker there are none. */
  readonly ProvisioningStarted: { readonly workItems: readonly WorkItemTemplate[]; readonly at: Instant };
  readonly ProvisioningCompleted: { readonly provisionedOn: CivilDate; readonly at: Instant };
}

export type ProvisioningEvent = EventOf<ProvisioningEventData>;

/** Each event of the provisioning, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof ProvisioningEventData]: true } = { ProvisioningStarted: true, ProvisioningCompleted: true };

/** True for an event of the provisioning. */
export function isProvisioningEvent(event: { readonly type: string }): event is ProvisioningEvent {
  return event.type in TYPES;
}
