/** A step that was done, and how it is undone. */
export interface Undo {
  /** Key of the step, e.g. `provisioned`. */
  readonly step: string;
}

/** What the saga keeps in the state of the migration. */
export interface SagaSlice {
  readonly saga: {
    /** What is to be undone when the migration is rolled back, the last first. */
    readonly undo: readonly Undo[];
  };
}

export const EMPTY_SAGA: SagaSlice = { saga: { undo: [] } };
