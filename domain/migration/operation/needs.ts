import type { Need } from '../gates/need.ts';
import type { FullMigration } from '../state.ts';

/** What the gate to OPERATING still needs: hypercare, defects, training. */
export function operatingNeeds(_state: FullMigration): readonly Need[] {
  return [];
}

/** What the gate to CLOSED still needs: the old contract, the data, the records. */
export function closedNeeds(_state: FullMigration): readonly Need[] {
  return [];
}
