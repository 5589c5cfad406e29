/** What one step of a generated sequence is made of. */
export interface Throw {
  readonly turn: number;
  readonly pick: number;
  readonly days: number;
  readonly twist: number;
  readonly sender: number;
}
