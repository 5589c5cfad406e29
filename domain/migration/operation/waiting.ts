import type { Waiting } from '../../shared/process.ts';
import type { FullMigration } from '../state.ts';

/** Whose turn it is in this area; nothing in it depends on the present. */
export function operationWaiting(_state: FullMigration): readonly Waiting[] {
  return [];
}
