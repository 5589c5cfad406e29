import type { EventOf } from '../../adhesion/event.ts';
import type { Instant } from '../../shared/civil-date.ts';
import type { JsonObject } from '../../shared/json.ts';
import type { TextRef } from '../../shared/text-ref.ts';

/** What was changed at the broker of a service in operation, by type (`at`: see `MigrationEventData`). */
export interface ChangesEventData {
  readonly ServiceUpdateStarted: { readonly no: number; readonly plan: string; readonly parameters: JsonObject; readonly at: Instant };
  /** The update did not succeed: the broker is asked for what was before. */
  readonly UpdateReversalStarted: { readonly no: number; readonly reasons: TextRef; readonly at: Instant };
  readonly ServiceUpdated: { readonly plan: string; readonly parameters: JsonObject; readonly at: Instant };
  /** Plan and parameters count as before. */
  readonly ServiceUpdateGivenUp: { readonly plan: string; readonly parameters: JsonObject; readonly at: Instant };
  readonly CredentialsRotationStarted: { readonly binding: number; readonly former: number; readonly at: Instant };
  /** The former credentials are good for nothing any more. */
  readonly CredentialsRotated: { readonly binding: number; readonly former: number; readonly at: Instant };
  /** The former credentials stay. */
  readonly CredentialsRotationGivenUp: { readonly binding: number; readonly former: number; readonly at: Instant };
}

export type ChangesEvent = EventOf<ChangesEventData>;

/** Each event of this area, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof ChangesEventData]: true } = {
  ServiceUpdateStarted: true, UpdateReversalStarted: true, ServiceUpdated: true, ServiceUpdateGivenUp: true, CredentialsRotationStarted: true, CredentialsRotated: true, CredentialsRotationGivenUp: true,
};

/** True for an event of this area. */
export function isChangesEvent(event: { readonly type: string }): event is ChangesEvent {
  return event.type in TYPES;
}
