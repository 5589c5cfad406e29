import type { EventOf } from '../adhesion/event.ts';
import type { Instant } from '../shared/civil-date.ts';
import type { JsonObject } from '../shared/json.ts';
import type { ChangesEventData } from './changes/events.ts';
import type { CutoverEventData } from './cutover/events.ts';
import type { FeasibilityEventData } from './feasibility/events.ts';
import type { GroundsEventData } from './grounds/events.ts';
import type { Grounds } from './grounds/terms.ts';
import type { MovingEventData } from './moving/events.ts';
import type { OperationEventData } from './operation/events.ts';
import type { Pinned } from './pinned.ts';
import type { PlanEventData } from './plan/events.ts';
import type { ProvisioningEventData } from './provisioning/events.ts';
import type { SagaEventData } from './saga/events.ts';
import type { SuspensionEventData } from './suspension/events.ts';
import type { WorkItemsEventData } from './work-items/events.ts';

/**
 * What happened, by type. `at` is when we knew (the command's receipt); the civil day on which a fact counted is the event's
 * `effectiveOn`.
 */
export interface MigrationEventData
  extends GroundsEventData, FeasibilityEventData, PlanEventData, WorkItemsEventData, ProvisioningEventData, MovingEventData, CutoverEventData, OperationEventData, SagaEventData,
  SuspensionEventData, ChangesEventData {
  readonly MigrationRequested: {
    readonly id: string;
    readonly adhesion: string;
    readonly body: string;
    readonly service: string;
    readonly plan: string;
    readonly parameters: JsonObject;
    /** Version of the catalogue's row that the work items come from. */
    readonly catalogueVersion: number;
    /** What it goes by, and what it knew of the adhesion: on the full track only. */
    readonly pinned?: Pinned;
    readonly grounds?: Grounds;
    readonly at: Instant;
  };
}

export type MigrationEvent = EventOf<MigrationEventData>;
