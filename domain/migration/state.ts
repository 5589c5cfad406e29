import type { CaseState } from '../shared/case.ts';
import type { CivilDate, Instant } from '../shared/civil-date.ts';
import type { JsonObject } from '../shared/json.ts';
import type { TextRef } from '../shared/text-ref.ts';
import { EMPTY_CUTOVER, type CutoverSlice } from './cutover/state.ts';
import { EMPTY_FEASIBILITY, type FeasibilitySlice } from './feasibility/state.ts';
import { EMPTY_GROUNDS, type GroundsSlice } from './grounds/state.ts';
import { EMPTY_MOVING, type MovingSlice } from './moving/state.ts';
import { EMPTY_OPERATION, type OperationSlice } from './operation/state.ts';
import type { Pinned } from './pinned.ts';
import { EMPTY_PLAN, type PlanSlice } from './plan/state.ts';
import { EMPTY_PROVISIONING, type ProvisioningSlice } from './provisioning/state.ts';
import { EMPTY_SAGA, type SagaSlice } from './saga/state.ts';
import type { MigrationStage } from './stages.ts';
import { EMPTY_SUSPENSION, type SuspensionSlice } from './suspension/state.ts';
import { EMPTY_WORK_ITEMS, type WorkItem, type WorkItemsSlice } from './work-items/state.ts';

export type { MigrationStage } from './stages.ts';
export type { WorkItem } from './work-items/state.ts';

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
  /** What it goes by; null on the light track. */
  readonly pinned: Pinned | null;
  /** Counts the times that it was planned: 1, and one more after each roll-back. */
  readonly attempt: number;
}

/** What each area keeps stands in the area's own member. */
export interface MigrationState
  extends CaseState, GroundsSlice, FeasibilitySlice, PlanSlice, WorkItemsSlice, ProvisioningSlice, MovingSlice, CutoverSlice, OperationSlice, SagaSlice, SuspensionSlice {
  /** Null until the adhesion opens it. */
  readonly migration: Migration | null;
}

/** A migration that was opened. */
export type OpenedMigration = MigrationState & { readonly migration: Migration };

/** One on the full track. */
export type FullMigration = OpenedMigration & { readonly migration: Migration & { readonly pinned: Pinned } };

/** Counts up with the shape of `MigrationState`; `restoreMigration` must know how an older one becomes one of today. */
export const MIGRATION_STATE_SCHEMA = 2;

/** What a migration of the full track has done since its plan was drafted: forgotten when it is rolled back. */
export const NO_PROGRESS = { ...EMPTY_PROVISIONING, ...EMPTY_MOVING, ...EMPTY_CUTOVER, ...EMPTY_OPERATION } as const;

export function initialMigration(): MigrationState {
  return {
    version: 0, parked: [], owed: [], migration: null, ...EMPTY_GROUNDS, ...EMPTY_FEASIBILITY, ...EMPTY_PLAN, ...EMPTY_WORK_ITEMS, ...EMPTY_PROVISIONING, ...EMPTY_MOVING, ...EMPTY_CUTOVER, ...EMPTY_OPERATION,
    ...EMPTY_SAGA, ...EMPTY_SUSPENSION,
  };
}

/** A state kept by this version or an earlier one: what it did not know yet is as it is in the beginning. Null for a later one. */
export function restoreMigration(kept: object, stateSchema: number): MigrationState | null {
  if (stateSchema > MIGRATION_STATE_SCHEMA) return null;
  const begun = initialMigration();
  const known: Partial<MigrationState> = kept;
  const areas = Object.fromEntries(AREAS.map((area) => [area, { ...begun[area], ...known[area] }]));
  const migration = known.migration === undefined || known.migration === null ? null : { ...LIGHT_TRACK, ...known.migration };
  return { ...begun, ...known, ...areas, migration };
}

/** Members of the state that are an area's own. */
const AREAS = ['grounds', 'feasibility', 'planning', 'working', 'provisioning', 'moving', 'cutover', 'operation', 'saga', 'suspension'] as const;

/** What every migration was before there was another track. */
const LIGHT_TRACK: Pick<Migration, 'pinned' | 'attempt'> = { pinned: null, attempt: 1 };

/**
 * The migration of a state. Throws when none was opened: such a stream holds nothing but the refusal of its opening,
 * which readers must hear of and not take for a migration.
 */
export function getMigration({ migration }: MigrationState): Migration {
  if (migration === null) throw new Error('This migration was never opened');
  return migration;
}

export function isOpened(state: MigrationState): state is OpenedMigration {
  return state.migration !== null;
}

/** True on the full track. */
export function isFull(state: MigrationState): state is FullMigration {
  return isOpened(state) && state.migration.pinned !== null;
}

/** A migration that has ended; the service may be requested again, as another migration. */
export function isEndedMigration({ migration }: MigrationState): boolean {
  return migration !== null && ['CLOSED', 'CANCELLED', 'REJECTED'].includes(migration.state);
}
