/** What this area keeps in the state of the migration. */
export interface OperationSlice {
  readonly operation: object;
}

export const EMPTY_OPERATION: OperationSlice = { operation: {} };
