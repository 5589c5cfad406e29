import type { OpenedMigration } from '../state.ts';

/** What readers see of this area. */
export interface OperationPart {}

/** The part of the view that this area gives. */
export function viewOperation(_state: OpenedMigration): OperationPart {
  return {};
}
