import { HASH_BYTES, nodeHash, rangeHash, type Range, type Subtree } from './merkle.ts';

/** Levels of the tree that a tile spans, and so hashes in a full one (C2SP tlog-tiles). */
export const TILE_HEIGHT = 8;
export const TILE_WIDTH = 2 ** TILE_HEIGHT;

/** `width` hashes next to each other: those of the tree's level `level * 8`, from `index * 256` on. */
export interface Tile {
  readonly level: number;
  readonly index: number;
  readonly width: number;
}

/** Gives the hashes of a tile, one after the other. */
export type ReadTile = (tile: Tile) => Promise<Buffer>;

/** The hash over each range, from the tiles of a tree of that size; each tile is read once, each subtree hashed once. */
export async function hashRanges(ranges: readonly Range[], size: number, readTile: ReadTile): Promise<Buffer[]> {
  const contents = new Map<string, Buffer>();
  for (const subtree of ranges.flat()) {
    const tile = tileOf(subtree, size);
    if (!contents.has(keyOf(tile))) contents.set(keyOf(tile), checked(tile, await readTile(tile)));
  }
  const known = new Map<string, Buffer>();
  const hashOf = ({ level, index }: Subtree): Buffer => {
    const key = `${level} ${index}`;
    const hash = known.get(key) ?? (level % TILE_HEIGHT === 0
      ? hashIn(contents, { level: level / TILE_HEIGHT, index })
      : nodeHash(hashOf({ level: level - 1, index: 2 * index }), hashOf({ level: level - 1, index: 2 * index + 1 })));
    known.set(key, hash);
    return hash;
  };
  return ranges.map((range) => rangeHash(range.map(hashOf)));
}

/** The widest tile of a tree of that size; of width 0 where the tree has no hash of it. */
export function widestTile(level: number, index: number, size: number): Tile {
  const hashes = Math.floor(size / TILE_WIDTH ** level);
  return { level, index, width: Math.max(0, Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH)) };
}

/** `0/x001/234.p/17`: where a tile stands below `/log/tile/`. */
export function tilePath({ level, index, width }: Tile): string {
  return `${level}/${spanPath(index, width)}`;
}

/** `x001/234.p/17`, the same without its level: for bundles of entries too. */
export function spanPath(index: number, width: number): string {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0');
  const groups = digits.match(/\d{3}/g) ?? [];
  return [...groups.slice(0, -1).map((group) => `x${group}`), groups.at(-1)].join('/').concat(width === TILE_WIDTH ? '' : `.p/${width}`);
}

/** Reads a path that `spanPath` writes; undefined for any other. */
export function parseSpanPath(path: string): Pick<Tile, 'index' | 'width'> | undefined {
  const match = SPAN.exec(path);
  if (match === null) return undefined;
  const index = Number(path.slice(0, match[1] === undefined ? path.length : path.lastIndexOf('.')).replaceAll(/[x/]/g, ''));
  const width = match[1] === undefined ? TILE_WIDTH : Number(match[1]);
  // One path for each: neither zeros in front of it, nor a partial tile that is a full one.
  return width <= TILE_WIDTH && spanPath(index, width) === path ? { index, width } : undefined;
}

const SPAN = /^(?:x\d{3}\/){0,4}\d{3}(?:\.p\/([1-9]\d{0,2}))?$/;

/** An entry bundle: every record after its length in two bytes. */
export function entryBundle(records: readonly Buffer[]): Buffer {
  return Buffer.concat(records.flatMap((record) => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(record.length);
    return [length, record];
  }));
}

/** The tile that a subtree is in. */
function tileOf({ level, index }: Subtree, size: number): Tile {
  return widestTile(Math.floor(level / TILE_HEIGHT), Math.floor((index * 2 ** (level % TILE_HEIGHT)) / TILE_WIDTH), size);
}

function keyOf({ level, index }: Pick<Tile, 'level' | 'index'>): string {
  return `${level} ${index}`;
}

function checked(tile: Tile, hashes: Buffer): Buffer {
  if (hashes.length !== tile.width * HASH_BYTES) throw new RangeError(`The tile ${tilePath(tile)} has ${hashes.length} bytes`);
  return hashes;
}

/** A hash of the level of tiles, by its place in it. */
function hashIn(contents: ReadonlyMap<string, Buffer>, { level, index }: Subtree): Buffer {
  const at = (index % TILE_WIDTH) * HASH_BYTES;
  const hash = contents.get(keyOf({ level, index: Math.floor(index / TILE_WIDTH) }))?.subarray(at, at + HASH_BYTES);
  if (hash?.length !== HASH_BYTES) throw new RangeError('The tree is smaller than that subtree');
  return hash;
}
