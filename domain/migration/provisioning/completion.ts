import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { MigrationEvent } from '../events.ts';
import { conventionNeeds } from '../gates/convention.ts';
import { isFull, type FullMigration, type OpenedMigration } from '../state.ts';

/** The end of the provisioning: what was begun may end at any time; the acceptance, where it comes next, begins only when a new stage may. */
export function provisioningCompleted(state: OpenedMigration, provisionedOn: CivilDate, at: Instant): MigrationEvent {
  const isHeld = isFull(state) && leadsToAcceptance(state) && conventionNeeds(state).length > 0;
  return { type: 'ProvisioningCompleted', data: { provisionedOn, ...(isHeld ? { held: true } : {}), at }, effectiveOn: provisionedOn };
}

/** The acceptance that was held begins by itself. */
export function heldAcceptance(state: FullMigration, at: Instant): readonly MigrationEvent[] {
  return conventionNeeds(state).length > 0 ? [] : [{ type: 'AcceptanceBegun', data: { at } }];
}

/** Provisioned, and in a stage of which the acceptance is the next: it was held. */
export function isAcceptanceHeld(state: FullMigration): boolean {
  return state.migration.state === 'PROVISIONING' && state.provisioning.doneOn !== null && leadsToAcceptance(state);
}

/** Where no data are moved the acceptance comes next. */
export function leadsToAcceptance({ migration: { pinned } }: FullMigration): boolean {
  return !pinned.gates.includes('DATA_MIGRATION');
}
