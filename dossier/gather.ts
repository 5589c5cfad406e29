import type { Db } from '../db/client.ts';
import { newestCheckpoint, readTileOf } from '../db/log/store.ts';
import { inclusionRanges } from '../tlog/merkle.ts';
import { hashRanges } from '../tlog/tiles.ts';
import { BUNDLES, isOfProcess, runsIn, streamsOf, type Contents, type LeafProof } from './contents.ts';
import { readEvent, type RecordedEvent } from './records.ts';

/** Why there is no dossier of that case and size. */
export type NoDossier =
  /** Nothing of the case, or not so much, is in the log yet: it may be soon. */
  | { readonly missing: 'NOT_SEQUENCED' }
  /** The tree of that size ends before the case begins. */
  | { readonly missing: 'CASE_NOT_IN_TREE' }
  /** No tree of that size was signed; the nearest that were, where there are any. */
  | { readonly missing: 'TREE_NOT_SIGNED'; readonly below: number | null; readonly above: number | null };

export interface Gathered {
  /** Leaves of the tree. */
  readonly size: number;
  readonly contents: Contents;
  readonly events: readonly RecordedEvent[];
}

/** A stored record that is none, or a command that is not there: `audit verify` says more. */
class StoreDiffers extends Error {
  override readonly name = 'StoreDiffers';
}

interface Leaf {
  readonly leaf: number;
  readonly stream: string;
  readonly version: number;
  readonly record: Buffer;
}

/**
 * What the log of a size has of a case: its events, those of an adhesion's migrations and of the journal of its archive, with the
 * entries of the bundles that ran it. It reads what is never changed, up to that leaf, and so gives the same ever after.
 */
export async function gather(db: Db, id: string, treeSize: number | undefined): Promise<Gathered | NoDossier> {
  const signed = await checkpointOf(db, treeSize);
  if ('missing' in signed) return signed;
  const { size, note } = signed;
  const streams = streamsOf(id, []);
  const own = await leavesOf(db, [streams.own, streams.archive], size);
  const { migrations } = streamsOf(id, own.map(eventOf));
  if (!own.some(({ stream }) => stream === streams.own)) return { missing: treeSize === undefined ? 'NOT_SEQUENCED' : 'CASE_NOT_IN_TREE' };
  const cases = [...own, ...await leavesOf(db, migrations, size)];
  const leaves = [...cases, ...await bundleLeaves(db, runsIn(cases.map(eventOf)).flatMap(({ bundles }) => bundles), size)].toSorted((a, b) => a.leaf - b.leaf);
  const events = leaves.map(eventOf);
  return { size, contents: { case: id, checkpoint: note, events: leaves.map(({ record }) => record), commands: await commandsOf(db, events), proofs: await proofsOf(db, leaves, size) }, events };
}

/** Of a size that was signed more than once, after a rotation of keys, the first. */
async function checkpointOf(db: Db, treeSize: number | undefined): Promise<{ size: number; note: string } | NoDossier> {
  const newest = await newestCheckpoint(db);
  if (newest === undefined || (treeSize ?? 0) > newest.size) return { missing: 'NOT_SEQUENCED' };
  const size = treeSize ?? newest.size;
  const rows = db.selectFrom('log_checkpoints').select(['size', 'note']);
  const signed = await rows.where('size', '=', size).orderBy('number').limit(1).executeTakeFirst();
  if (signed !== undefined) return signed;
  const [below, above] = await Promise.all([
    rows.where('size', '<', size).orderBy('number', 'desc').limit(1).executeTakeFirst(), rows.where('size', '>', size).orderBy('number').limit(1).executeTakeFirst(),
  ]);
  return { missing: 'TREE_NOT_SIGNED', below: below?.size ?? null, above: above?.size ?? null };
}

async function leavesOf(db: Db, streams: readonly string[], size: number): Promise<Leaf[]> {
  return streams.length === 0 ? [] : leaves(db, size).where('l.stream', 'in', [...streams]).orderBy('l.leaf').execute();
}

async function bundleLeaves(db: Db, hashes: readonly string[], size: number): Promise<Leaf[]> {
  if (hashes.length === 0) return [];
  return leaves(db, size).where('l.stream', '=', BUNDLES).where('e.command_id', 'in', [...new Set(hashes)].map((hash) => `archive/${hash}`)).execute();
}

function leaves(db: Db, size: number) {
  return db.selectFrom('log_leaves as l').innerJoin('events as e', (join) => join.onRef('e.stream', '=', 'l.stream').onRef('e.version', '=', 'l.version'))
    .select(['l.leaf', 'l.stream', 'l.version', 'e.record']).where('l.leaf', '<', size);
}

function eventOf({ stream, version, record }: Leaf): RecordedEvent {
  const event = readEvent(record);
  if (event?.stream !== stream || event.version !== version) throw new StoreDiffers(`The record of ${stream}@${version} is not that of its event`);
  return event;
}

/** The records of the commands that caused the events of the case, in the order of their first event. */
async function commandsOf(db: Db, events: readonly RecordedEvent[]): Promise<Buffer[]> {
  const first = new Map(events.filter(({ stream }) => isOfProcess(stream)).map((event) => [`${event.stream}\n${event.commandId}`, event]));
  const asked = [...first.values()];
  const rows = await db.selectFrom('commands').select(['stream', 'command_id', 'record'])
    .where('stream', 'in', [...new Set(asked.map(({ stream }) => stream))]).where('command_id', 'in', asked.map(({ commandId }) => commandId)).execute();
  const records = new Map(rows.map((row) => [`${row.stream}\n${row.command_id}`, row.record]));
  return [...first].map(([key, { stream, commandId }]) => {
    const record = records.get(key);
    if (record === undefined) throw new StoreDiffers(`The command ${commandId} of ${stream} is not stored`);
    return record;
  });
}

/** Each tile is read once for all of them. */
async function proofsOf(db: Db, leaves: readonly Leaf[], size: number): Promise<LeafProof[]> {
  const ranges = leaves.map(({ leaf }) => inclusionRanges(leaf, size));
  const hashes = await hashRanges(ranges.flat(), size, readTileOf(db));
  let at = 0;
  return leaves.map(({ stream, version, leaf }, index) => {
    const end = at + (ranges[index]?.length ?? 0);
    const proof = hashes.slice(at, end).map((hash) => hash.toString('base64'));
    at = end;
    return { stream, version, leaf, hashes: proof };
  });
}
