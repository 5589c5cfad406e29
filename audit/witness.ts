import { openCheckpoint } from '../tlog/checkpoint.ts';
import { consistencyRanges, verifyConsistency, type Tree } from '../tlog/merkle.ts';
import { NoteError, type Verifier } from '../tlog/note.ts';
import { hashRanges, type ReadTile } from '../tlog/tiles.ts';
import type { Finding } from './report.ts';

/** A log as anybody reads it, without a token. */
export interface PublicLog {
  /** The newest signed note; null: the log says that nothing was signed yet. */
  checkpoint(): Promise<string | null>;
  /** The keys that the log publishes. */
  keys(): Promise<readonly Verifier[]>;
  /** Rejects with TileMissing where the log does not give it. */
  readonly readTile: ReadTile;
}

export class TileMissing extends Error {
  override readonly name = 'TileMissing';
}

/** What a witness knows of a log. */
export interface Memory {
  /** Those it trusts. */
  readonly keys: readonly Verifier[];
  /** The tree of the last checkpoint that held; null: it has seen none. */
  readonly newest: Tree | null;
}

/** What a witness saw: a checkpoint that holds, or what does not. */
export interface Observation {
  readonly note: string | null;
  readonly tree: Tree | null;
  /** Keys that signed beside a trusted one: they are trusted from now on. */
  readonly learned: readonly Verifier[];
  readonly finding: Finding | null;
}

/**
 * Looks at a log once: its newest checkpoint must be signed by a trusted key, and its tree must begin with all of the tree that was seen
 * before. The proof is made of the log's public tiles and checked here, so that nothing of the log need be believed.
 */
export async function observe(log: PublicLog, { keys, newest }: Memory): Promise<Observation> {
  const note = await log.checkpoint();
  const found = (code: string, message: string, tree: Tree | null = null): Observation => ({ note, tree, learned: [], finding: { code, message } });
  if (note === null) return found('LOG_ROLLED_BACK', `The log says that nothing was signed; ${newest?.size ?? 0} leaves were seen.`);
  const opened = openedOr(note, keys);
  if (opened instanceof NoteError) return found('CHECKPOINT_NOT_SIGNED', `${opened.message}.`);
  const tree = { size: opened.size, root: opened.root };
  if (newest !== null) {
    if (tree.size < newest.size) return found('LOG_ROLLED_BACK', `The log has ${tree.size} leaves; ${newest.size} were seen.`, tree);
    const proof = await proofOf(log, newest.size, tree.size);
    if (proof === null) return found('LOG_NOT_PROVEN', `The log does not prove that its ${tree.size} leaves begin with the ${newest.size} that were seen.`, tree);
    if (!verifyConsistency(newest, tree, proof)) return found('LOG_FORKED', `The log of ${tree.size} leaves does not begin with the ${newest.size} that were seen: it was rewritten.`, tree);
  }
  return { note, tree, learned: await signersBeside(log, note, keys), finding: null };
}

function openedOr(note: string, keys: readonly Verifier[]): ReturnType<typeof openCheckpoint> | NoteError {
  try {
    return openCheckpoint(note, keys);
  } catch (error) {
    if (error instanceof NoteError) return error;
    throw error;
  }
}

/** Null where the log has no tiles that would prove it. */
async function proofOf({ readTile }: PublicLog, first: number, second: number): Promise<Buffer[] | null> {
  try {
    return await hashRanges(consistencyRanges(first, second), second, readTile);
  } catch (error) {
    if (error instanceof TileMissing || error instanceof RangeError) return null;
    throw error;
  }
}

/** A key that signs the very note that a trusted one signs is the log's next. */
async function signersBeside(log: PublicLog, note: string, keys: readonly Verifier[]): Promise<Verifier[]> {
  const others = (await log.keys()).filter(({ text }) => !keys.some((known) => known.text === text));
  return others.filter((other) => !(openedOr(note, [other]) instanceof NoteError));
}
