import type { Need } from '../gates/need.ts';
import type { FullMigration } from '../state.ts';

/** What of this area the gate to DATA_MIGRATION still needs, beside the dependencies. */
export function dataMigrationNeeds(_state: FullMigration): readonly Need[] {
  return [];
}
