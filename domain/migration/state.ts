import type { CaseState } from '../shared/case.ts';
import type { CivilDate, Instant } from '../shared/civil-date.ts';
import type { TextRef } from '../shared/text-ref.ts';
import type { JsonObject, WorkItemTemplate } from './services.ts';

/** States of the light track; CANCELLED stands beside it. */
export type MigrationStage = 'REQUESTED' | 'PROVISIONING' | 'OPERATING' | 'CLOSED' | 'CANCELLED';

export interface WorkItem extends WorkItemTemplate {
  /** Null while the item is open. */
  readonly done: WorkItemDone | null;
}

export interface WorkItemDone {
  readonly on: CivilDate;
  readonly at: Instant;
  readonly note: TextRef | null;
}

export interface Migration {
  readonly id: string;
  readonly adhesion: string;
  readonly body: string;
  readonly service: string;
  readonly plan: string;
  readonly parameters: JsonObject;
  readonly catalogueVersion: number;
  readonly state: MigrationStage;
  /** When we knew of the present state. */
  readonly since: Instant;
  readonly workItems: readonly WorkItem[];
  readonly deliveredOn: CivilDate | null;
  readonly closedOn: CivilDate | null;
  readonly cancelReasons: TextRef | null;
}

export interface MigrationState extends CaseState {
  /** Null until the adhesion opens it. */
  readonly migration: Migration | null;
}

/** Counts up with the shape of `MigrationState`. */
export const MIGRATION_STATE_SCHEMA = 1;

export function initialMigration(): MigrationState {
  return { version: 0, parked: [], owed: [], migration: null };
}

/**
 * The migration of a state. Throws when none was opened: such a stream holds nothing but the refusal of its opening,
 * which readers must hear of and not take for a migration.
 */
export function getMigration({ migration }: MigrationState): Migration {
  if (migration === null) throw new Error('This migration was never opened');
  return migration;
}

export function openItems(migration: Migration): readonly WorkItem[] {
  return migration.workItems.filter((item) => item.done === null);
}

/** The items that `item` follows. */
export function itemsBefore(migration: Migration, item: WorkItem): readonly WorkItem[] {
  return migration.workItems.filter((other) => item.after.includes(other.id));
}

/** A migration that has ended; the service may be requested again, as another migration. */
export function isEnded(migration: Migration): boolean {
  return migration.state === 'CLOSED' || migration.state === 'CANCELLED';
}
