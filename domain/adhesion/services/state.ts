import type { Grounds } from '../../migration/grounds/terms.ts';
import type { CivilDate } from '../../shared/civil-date.ts';

/** What the services keep in the state of the case. */
export interface ServicesSlice {
  readonly migrations: readonly MigrationNote[];
  /** Days on which the council sits, in their order, beside that of its own resolution; absent: none was ever noted. */
  readonly councilSessions?: readonly CivilDate[];
}

export interface MigrationNote {
  readonly id: string;
  readonly service: string;
  readonly state: string;
  /** Version of the migration that told this state; 0 until it speaks. */
  readonly asOf: number;
  /** Of the full track: the services that it depends on, and what it was told last of the case. */
  readonly full?: { readonly dependsOn: readonly string[]; readonly told: Grounds; readonly tellsRetired?: true };
  /** It has retired: its end is not that of a service that goes on. */
  readonly retired?: true;
}

export const EMPTY_SERVICES: ServicesSlice = { migrations: [] };
