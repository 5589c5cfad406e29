/**
 * A free text stands beside the events, encrypted and erasable; an event holds only its id and a salted digest.
 * The edge replaces the text by this reference before a command reaches its process.
 */
export interface TextRef {
  readonly textId: string;
  readonly digest: string;
}

/** `Data` with the string at each of the dotted `Paths` replaced by a reference to it. */
export type WithTextRefs<Data, Paths extends string> = Data extends object
  ? { [Key in keyof Data]: Key extends Paths ? Referenced<Data[Key]> : Nested<Data[Key], Rest<Key, Paths>> }
  : Data;

type Referenced<Value> = Value extends string ? TextRef : Value;
type Nested<Value, Paths extends string> = [Paths] extends [never] ? Value : WithTextRefs<Value, Paths>;
type Rest<Key, Paths extends string> = Key extends string ? (Paths extends `${Key}.${infer Inner}` ? Inner : never) : never;
