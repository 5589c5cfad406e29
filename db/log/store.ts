import { consistencyRanges, inclusionRanges } from '../../tlog/merkle.ts';
import { hashRanges, TILE_WIDTH, type ReadTile, type Tile } from '../../tlog/tiles.ts';
import type { Db } from '../client.ts';
import type { LogCheckpointRow } from './tables.ts';

/** The newest of what was signed; undefined before the first start of the sequencer. */
export async function newestCheckpoint(db: Db): Promise<LogCheckpointRow | undefined> {
  return db.selectFrom('log_checkpoints').selectAll().orderBy('number', 'desc').limit(1).executeTakeFirst();
}

/** The leaf that an event is; undefined while it is none yet. */
export async function leafOfEvent(db: Db, stream: string, version: number): Promise<number | undefined> {
  const row = await db.selectFrom('log_leaves').select('leaf').where('stream', '=', stream).where('version', '=', version).executeTakeFirst();
  return row?.leaf;
}

/** The hashes that prove a leaf to be in the tree of a size. Throws RangeError where there is no such leaf. */
export async function proveInclusion(db: Db, leaf: number, size: number): Promise<Buffer[]> {
  return hashRanges(inclusionRanges(leaf, size), size, readTileOf(db));
}

/** The hashes that prove a tree to begin with all of a smaller one. Throws RangeError. */
export async function proveConsistency(db: Db, first: number, second: number): Promise<Buffer[]> {
  return hashRanges(consistencyRanges(first, second), second, readTileOf(db));
}

/** Reads tiles as they are stored: a row for each hash, since rows never change. Fewer hashes than asked for when there are no more. */
export function readTileOf(db: Db): ReadTile {
  return async ({ level, index, width }) => {
    const from = index * TILE_WIDTH;
    const rows = level === 0
      ? await db.selectFrom('log_leaves').select('hash').where('leaf', '>=', from).where('leaf', '<', from + width).orderBy('leaf').execute()
      : await db.selectFrom('log_nodes').select('hash').where('level', '=', level).where('index', '>=', from).where('index', '<', from + width).orderBy('index').execute();
    return Buffer.concat(rows.map(({ hash }) => hash));
  };
}

/** The events that are the leaves of a span, in their order, of all streams. */
export async function recordsOfSpan(db: Db, { index, width }: Pick<Tile, 'index' | 'width'>): Promise<{ stream: string; record: Buffer }[]> {
  const from = index * TILE_WIDTH;
  return db.selectFrom('log_leaves as l').innerJoin('events as e', (join) => join.onRef('e.stream', '=', 'l.stream').onRef('e.version', '=', 'l.version'))
    .select(['e.stream', 'e.record']).where('l.leaf', '>=', from).where('l.leaf', '<', from + width).orderBy('l.leaf').execute();
}
