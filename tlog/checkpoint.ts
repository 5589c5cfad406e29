import { HASH_BYTES, type Tree } from './merkle.ts';
import { NoteError, openNote, signNote, type Signer, type Verifier } from './note.ts';

/** What a log says of itself, signed: its name, how many leaves its tree has, and the root (C2SP tlog-checkpoint). */
export interface Checkpoint extends Tree {
  readonly origin: string;
}

/** A checkpoint as a signed note. The name of the first key is the origin; who signs beside it has the same name. */
export function signCheckpoint({ size, root }: Tree, signers: readonly [Signer, ...Signer[]]): string {
  return signNote(`${signers[0].verifier.name}\n${size}\n${root.toString('base64')}\n`, signers);
}

export interface OpenedCheckpoint extends Checkpoint {
  readonly signedBy: readonly Verifier[];
}

/** A checkpoint that one of the known keys has signed in its own name. Throws NoteError. */
export function openCheckpoint(note: string, known: readonly Verifier[]): OpenedCheckpoint {
  const { text, signedBy } = openNote(note, known);
  const [origin = '', size = '', encoded = ''] = text.split('\n');
  const root = Buffer.from(encoded, 'base64');
  const isWhole = /^(?:0|[1-9]\d{0,15})$/.test(size) && Number.isSafeInteger(Number(size)) && root.length === HASH_BYTES && root.toString('base64') === encoded;
  if (!isWhole) throw new NoteError('The note is no checkpoint');
  if (!signedBy.some(({ name }) => name === origin)) throw new NoteError(`The checkpoint is of ${JSON.stringify(origin.slice(0, 100))}, whose key is not known`);
  return { origin, size: Number(size), root, signedBy };
}
