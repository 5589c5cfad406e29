import { historyToJSON, type History } from '@temporalio/common/lib/proto-utils.js';
import proto from '@temporalio/proto';

/** A history as the archive keeps it: `temporal.api.history.v1.History`. */
export function encodeHistory(history: History): Buffer {
  return Buffer.from(proto.temporal.api.history.v1.History.encode(history).finish());
}

export function readHistory(bytes: Buffer): History {
  return proto.temporal.api.history.v1.History.decode(bytes);
}

/** An archived history in the JSON of Temporal's own tools. */
export function archivedJson(bytes: Buffer): string {
  return historyToJSON(readHistory(bytes));
}
