/** What this area keeps in the state of the migration. */
export interface CutoverSlice {
  readonly cutover: object;
}

export const EMPTY_CUTOVER: CutoverSlice = { cutover: {} };
