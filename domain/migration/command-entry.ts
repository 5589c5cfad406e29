import type { Role } from '../shared/actor.ts';

/** What is known of a command besides its schema; kept apart from the schemas, so that no zod reaches the process. */
export interface CommandEntry {
  readonly by: readonly Role[];
  /** Dotted paths of free texts in the data; the edge stores them beside and leaves a reference. */
  readonly freeText: readonly string[];
}
