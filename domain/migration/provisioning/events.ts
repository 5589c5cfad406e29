import type { EventOf } from '../../adhesion/event.ts';
import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { TextRef } from '../../shared/text-ref.ts';
import type { WorkItemTemplate } from '../services.ts';

/** What happened to the provisioning, by type (`at`, `effectiveOn`: see `MigrationEventData`). */
export interface ProvisioningEventData {
  /** With the work items of people; of a broker there are none. */
  readonly ProvisioningStarted: { readonly workItems: readonly WorkItemTemplate[]; readonly at: Instant };
  readonly BrokerCallStarted: { readonly operation: 'PROVISION' | 'BIND' | 'UNBIND' | 'DEPROVISION'; /** Of UNBIND; not said: the first. */ readonly binding?: number; readonly at: Instant };
  readonly BrokerCallSucceeded: { readonly key: string; readonly broker: string; readonly instanceId: string; readonly bindingId: string | null; readonly at: Instant };
  readonly BrokerCallFailed: {
    readonly key: string;
    readonly broker: string | null;
    readonly code: string;
    readonly status: number | null;
    /** Whether something may stand at the broker all the same. */
    readonly mayBeLeft: boolean;
    readonly at: Instant;
  };
  readonly EffectRetried: { readonly key: string; readonly at: Instant };
  readonly EffectSkipped: { readonly key: string; readonly reasons: TextRef; readonly at: Instant };
  readonly ProvisioningCompleted: {
    readonly provisionedOn: CivilDate;
    /** No new stage begins: the acceptance, which would come next, waits for its own event. */
    readonly held?: true;
    readonly at: Instant;
  };
  /** By itself, once the acceptance that was held may begin. */
  readonly AcceptanceBegun: { readonly at: Instant };
}

export type ProvisioningEvent = EventOf<ProvisioningEventData>;

/** Each event of the provisioning, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof ProvisioningEventData]: true } = {
  ProvisioningStarted: true, BrokerCallStarted: true, BrokerCallSucceeded: true, BrokerCallFailed: true, EffectRetried: true, EffectSkipped: true, ProvisioningCompleted: true, AcceptanceBegun: true,
};

/** True for an event of the provisioning. */
export function isProvisioningEvent(event: { readonly type: string }): event is ProvisioningEvent {
  return event.type in TYPES;
}
