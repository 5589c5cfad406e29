import type { OpenedMigration } from '../state.ts';

/** What readers see of this area. */
export interface CutoverPart {}

/** The part of the view that this area gives. */
export function viewCutover(_state: OpenedMigration): CutoverPart {
  return {};
}
