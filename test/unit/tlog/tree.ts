import { GrowingTree } from '../../../tlog/growing-tree.ts';
import { leafHash, type Range } from '../../../tlog/merkle.ts';
import { hashRanges, TILE_HEIGHT, tilePath, type ReadTile } from '../../../tlog/tiles.ts';

/** A log in memory, stored in tiles as the database stores it, with its root at every size. */
export interface MemoryLog {
  readonly leaves: readonly Buffer[];
  readonly roots: readonly Buffer[];
  readonly readTile: ReadTile;
  hashes(ranges: readonly Range[], size: number): Promise<Buffer[]>;
}

export const recordOf = (leaf: number): Buffer => Buffer.from(`associa ${leaf}`);

export function memoryLog(size: number, record: (leaf: number) => Buffer = recordOf): MemoryLog {
  const tree = new GrowingTree();
  const [levels, roots]: [Buffer[][], Buffer[]] = [[], [tree.root]];
  for (let leaf = 0; leaf < size; leaf += 1) {
    for (const { level, hash } of tree.add(leafHash(record(leaf)))) if (level % TILE_HEIGHT === 0) (levels[level / TILE_HEIGHT] ??= []).push(hash);
    roots.push(tree.root);
  }
  const readTile: ReadTile = async (tile) => {
    const hashes = levels[tile.level]?.slice(tile.index * 256, tile.index * 256 + tile.width) ?? [];
    if (hashes.length !== tile.width) throw new RangeError(`The log has no tile ${tilePath(tile)}`);
    return Buffer.concat(hashes);
  };
  return { leaves: levels[0] ?? [], roots, readTile, hashes: (ranges, treeSize) => hashRanges(ranges, treeSize, readTile) };
}
