import type { Need } from '../gates/need.ts';
import type { FullMigration } from '../state.ts';

/** What the gate to CUTOVER still needs: acceptance, rehearsal, parallel run, a free window, the go. */
export function cutoverNeeds(_state: FullMigration): readonly Need[] {
  return [];
}
