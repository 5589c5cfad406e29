import type { ColumnType, Selectable } from 'kysely';

/** Append-only: the type forbids what the grants refuse. */
type Fixed<T> = ColumnType<T, T, never>;

/** Which event is which leaf of the transparency log, and the hashes of the lowest tiles. */
export interface LogLeavesTable {
  leaf: Fixed<number>;
  tx: Fixed<string>;
  position: Fixed<number>;
  stream: Fixed<string>;
  version: Fixed<number>;
  hash: Fixed<Buffer>;
}

/** The hashes of the tiles above: `level` is that of the tile. */
export interface LogNodesTable {
  level: Fixed<number>;
  index: Fixed<number>;
  hash: Fixed<Buffer>;
}

/** Everything that was ever signed of the log. */
export interface LogCheckpointsTable {
  number: ColumnType<number, never, never>;
  size: Fixed<number>;
  root: Fixed<Buffer>;
  note: Fixed<string>;
  signed_at: ColumnType<string, never, never>;
}
export type LogCheckpointRow = Selectable<LogCheckpointsTable>;
