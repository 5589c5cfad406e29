import type { Instant } from '../../shared/civil-date.ts';
import type { MigrationStage } from '../stages.ts';
import type { OpenedMigration } from '../state.ts';
import type { Hold } from './terms.ts';

/** What readers see of the suspension. */
export interface SuspensionPart {
  readonly suspension: { readonly from: MigrationStage; readonly since: Instant; readonly holds: readonly Hold[] } | null;
}

/** The part of the view that the suspension gives. */
export function viewSuspension({ suspension: { from, at, holds } }: OpenedMigration): SuspensionPart {
  return { suspension: from === null ? null : { from, since: at, holds } };
}
