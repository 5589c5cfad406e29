import type { Grounds } from './terms.ts';

/** Command of the engine: what the adhesion tells. */
export interface GroundsEngineData {
  /** `asOf` is the version of the adhesion that told it: what was told earlier and comes later is not heard. */
  readonly NoteGrounds: { readonly grounds: Grounds; readonly asOf: number };
}
