import type { Role } from '../shared/actor.ts';
import type { InventoryName } from './recognition/inventory.ts';

/** What is known of a command besides its schema; kept apart from the schemas, so that no zod reaches the process. */
export interface CommandEntry {
  readonly by: readonly Role[];
  /** A fact that may arrive before its ground: it is then kept until its turn. */
  readonly parkable: boolean;
  /** Dotted paths of free texts in the data; the edge stores them beside and leaves a reference. */
  readonly freeText: readonly string[];
  /** Members of the data that are inventories: stored beside as documents, with their counts and a reference left. */
  readonly inventories?: readonly InventoryName[];
}
