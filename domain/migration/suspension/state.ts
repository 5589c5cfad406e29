/** What the suspension keeps in the state of the migration. */
export interface SuspensionSlice {
  readonly suspension: object;
}

export const EMPTY_SUSPENSION: SuspensionSlice = { suspension: {} };
