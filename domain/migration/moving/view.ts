import type { OpenedMigration } from '../state.ts';

/** What readers see of this area. */
export interface MovingPart {}

/** The part of the view that this area gives. */
export function viewMoving(_state: OpenedMigration): MovingPart {
  return {};
}
