import type { Instant } from '../../shared/civil-date.ts';
import type { OpenedMigration } from '../state.ts';

/** When the service was cut over, or accepted where there is no cutover; null: not yet. From it the point of no return is counted. */
export function cutoverAt({ operation: { hypercare } }: OpenedMigration): Instant | null {
  return hypercare?.startedAt ?? null;
}
