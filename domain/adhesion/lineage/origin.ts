/** Where a fact comes from that was not recorded in its case first. */
export type Origin =
  /** The event of a predecessor's case that it repeats. */
  | { readonly kind: 'TAKEN_OVER'; readonly adhesion: string; readonly version: number }
  /** Stated from papers of an adhesion that was concluded elsewhere. */
  | { readonly kind: 'IMPORTED' };
