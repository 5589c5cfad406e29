import type { Instant } from '../../shared/civil-date.ts';
import type { OpenedMigration } from '../state.ts';

/** When the service was cut over; null: not yet. From it the point of no return is counted. */
export function cutoverAt(_state: OpenedMigration): Instant | null {
  return null;
}
