import { sql } from 'kysely';
import { openCheckpoint, signCheckpoint } from '../../tlog/checkpoint.ts';
import { GrowingTree, type CompletedSubtree } from '../../tlog/growing-tree.ts';
import { leafHash, treeRange, verifyConsistency, type Tree } from '../../tlog/merkle.ts';
import { NoteError } from '../../tlog/note.ts';
import { hashRanges, TILE_HEIGHT } from '../../tlog/tiles.ts';
import type { Db } from '../client.ts';
import { inGlobalOrder, START, type Cursor } from '../event-store/read.ts';
import type { LogCheckpointRow } from './tables.ts';
import type { LogKeys } from './keys.ts';
import { newestCheckpoint, proveConsistency, readTileOf } from './store.ts';

/** What is stored of the log does not extend what was signed of it: nothing may be signed any more. */
export class LogBroken extends Error {
  override readonly name = 'LogBroken';
}

export interface Batch {
  /** The event that is the last leaf. */
  readonly upTo: Cursor;
  /** Whether there may be more to take at once. */
  readonly isFull: boolean;
}

/** Of one batch: records of at most 60,000 bytes each. */
const BATCH = 500;
/** Of this project's locks: it lets one sequencer at a time do its work, whatever process it is in. */
const LOCK = 4_962_006;

/**
 * Takes the next events in the global order of the store into the log and signs the tree, all in one transaction; null while another does. Appends
 * are not waited for, nor do they wait. Throws LogBroken where the stored tree is not the one that was last signed: then nothing is written.
 */
export async function sequence(db: Db, keys: LogKeys, batch = BATCH): Promise<Batch | null> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ locked: boolean }>`SELECT pg_try_advisory_xact_lock(${LOCK}) AS locked`.execute(trx);
    if (rows[0]?.locked !== true) return null;
    const last = await trx.selectFrom('log_leaves').select(['leaf', 'tx', 'position']).orderBy('leaf', 'desc').limit(1).executeTakeFirst();
    const size = last === undefined ? 0 : last.leaf + 1;
    const signed = await newestCheckpoint(trx);
    checkSigned(signed, size, keys);
    const tree = await storedTree(trx, size);

    const events = await inGlobalOrder(trx, last ?? START, batch).execute();
    const leaves = events.map(({ tx, position, stream, version, record }, at) => ({ leaf: size + at, tx, position, stream, version, hash: leafHash(record) }));
    const nodes = leaves.flatMap(({ hash }) => tree.add(hash)).filter(isOfTile);
    if (leaves.length > 0) await trx.insertInto('log_leaves').values(leaves).execute();
    if (nodes.length > 0) await trx.insertInto('log_nodes').values(nodes.map(({ level, index, hash }) => ({ level: level / TILE_HEIGHT, index, hash }))).execute();
    if (signed === undefined || leaves.length > 0 || isSignedByOlder(signed, keys)) await signTree(trx, keys, signed, tree);
    const { tx, position } = events.at(-1) ?? last ?? START;
    return { upTo: { tx, position }, isFull: events.length === batch };
  });
}

/** Whether an event comes after one in the global order, and may be read. */
export async function hasEventsAfter(db: Db, { tx, position }: Cursor): Promise<boolean> {
  return (await inGlobalOrder(db, { tx, position }, 1).clearSelect().select('position').execute()).length > 0;
}

/** Leaves and checkpoint are written together: one without the other was not written here. */
function checkSigned(signed: LogCheckpointRow | undefined, size: number, keys: LogKeys): void {
  if ((signed?.size ?? 0) !== size) throw new LogBroken(`The log holds ${size} leaves, and ${signed?.size ?? 0} were signed`);
  if (signed === undefined) return;
  const opened = openSigned(signed, keys);
  if (opened.size !== size || !opened.root.equals(signed.root)) throw new LogBroken('The last checkpoint does not say what was stored of it');
}

function openSigned({ note }: LogCheckpointRow, { verifiers }: LogKeys) {
  try {
    return openCheckpoint(note, verifiers);
  } catch (error) {
    throw error instanceof NoteError ? new LogBroken(`The last checkpoint can't be verified: ${error.message}`, { cause: error }) : error;
  }
}

async function storedTree(db: Db, size: number): Promise<GrowingTree> {
  try {
    return new GrowingTree(size, await hashRanges(treeRange(size).map((subtree) => [subtree]), size, readTileOf(db)));
  } catch (error) {
    throw error instanceof RangeError ? new LogBroken(`The stored tree of ${size} leaves has holes: ${error.message}`, { cause: error }) : error;
  }
}

function isOfTile({ level }: CompletedSubtree): boolean {
  return level > 0 && level % TILE_HEIGHT === 0;
}

/** After a rotation the same tree is signed anew. */
function isSignedByOlder(signed: LogCheckpointRow, keys: LogKeys): boolean {
  const { signedBy } = openSigned(signed, keys);
  return !signedBy.some(({ text }) => text === keys.signers[0].verifier.text);
}

/** Signs a tree that extends the one before, as the stored hashes prove, and no other. */
async function signTree(db: Db, { signers }: LogKeys, before: Tree | undefined, { size, root }: Tree): Promise<void> {
  if (before !== undefined && !verifyConsistency(before, { size, root }, await proveConsistency(db, before.size, size))) {
    throw new LogBroken(`The tree of ${size} leaves does not extend the one of ${before.size} that was signed`);
  }
  await db.insertInto('log_checkpoints').values({ size, root, note: signCheckpoint({ size, root }, signers) }).execute();
}
