/** What the services keep in the state of the case. */
export interface ServicesSlice {
  readonly migrations: readonly MigrationNote[];
}

export interface MigrationNote {
  readonly id: string;
  readonly service: string;
  readonly state: string;
  /** Version of the migration that told this state; 0 until it speaks. */
  readonly asOf: number;
}

export const EMPTY_SERVICES: ServicesSlice = { migrations: [] };
