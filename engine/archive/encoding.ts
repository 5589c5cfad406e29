import { historyToJSON, type History } from '@temporalio/common/lib/proto-utils.js';
import proto from '@temporalio/proto';

/** A history as the archive keeps it: `temporal.api.history.v1.History`, the same bytes for the same history. */
export function encodeHistory(history: History): Buffer {
  orderMaps(history);
  return Buffer.from(proto.temporal.api.history.v1.History.encode(history).finish());
}

/** The server gives the entries of a map in another order each time: they are brought into that of their keys, in place. */
function orderMaps(node: unknown): void {
  if (typeof node !== 'object' || node === null || node instanceof Uint8Array) return;
  if (Object.getPrototypeOf(node) === Object.prototype) {
    for (const [key, value] of Object.entries(node).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      Reflect.deleteProperty(node, key);
      Reflect.set(node, key, value);
    }
  }
  for (const child of Object.values(node)) orderMaps(child);
}

export function readHistory(bytes: Buffer): History {
  return proto.temporal.api.history.v1.History.decode(bytes);
}

/** An archived history in the JSON of Temporal's own tools. */
export function archivedJson(bytes: Buffer): string {
  return historyToJSON(readHistory(bytes));
}
