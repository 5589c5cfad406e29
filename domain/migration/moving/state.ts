/** What this area keeps in the state of the migration. */
export interface MovingSlice {
  readonly moving: object;
}

export const EMPTY_MOVING: MovingSlice = { moving: {} };
