/**
 * A free text as processes see it: the words stand beside, encrypted and erasable; the event holds their id and a
 * salted digest only.
 */
export interface TextRef {
  readonly textId: string;
  readonly digest: string;
}
