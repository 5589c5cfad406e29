import type { Offer } from '../../catalogue/offer.ts';
import type { Grounds } from '../../migration/grounds/terms.ts';
import type { JsonObject } from '../../shared/json.ts';
import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { EventOf } from '../event.ts';

/** What happened to the services, by type (`at`: see `AdhesionEventData`). */
export interface ServicesEventData {
  readonly MigrationRequested: {
    readonly migrationId: string;
    readonly service: string;
    readonly plan: string;
    readonly parameters: JsonObject;
    /** What the catalogue said when it was asked for; absent: before requests kept it. */
    readonly offered?: Offer;
    /** What a migration of the full track begins with. */
    readonly grounds?: Grounds;
    readonly at: Instant;
  };
  readonly MigrationNoted: {
    readonly id: string;
    readonly service: string;
    readonly state: string;
    /** Version of the migration that told it: what was told earlier and comes later is not heard. */
    readonly asOf: number;
    readonly at: Instant;
  };
  /** The council will sit on this day, or will not after all. */
  readonly CouncilSessionNoted: { readonly sessionOn: CivilDate; readonly at: Instant };
  readonly CouncilSessionWithdrawn: { readonly sessionOn: CivilDate; readonly at: Instant };
  /** What an open migration of the full track stands on has changed, and it is told. */
  readonly MigrationInformed: { readonly id: string; readonly grounds: Grounds; readonly at: Instant };
}

export type ServicesEvent = EventOf<ServicesEventData>;

/** Each event of the services, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof ServicesEventData]: true } = {
  MigrationRequested: true, MigrationNoted: true, CouncilSessionNoted: true, CouncilSessionWithdrawn: true, MigrationInformed: true,
};

/** True for an event of the services. */
export function isServicesEvent(event: { readonly type: string }): event is ServicesEvent {
  return event.type in TYPES;
}
