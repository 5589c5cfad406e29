import type { Instant } from '../../shared/civil-date.ts';

/** What the feasibility keeps in the state of the migration. */
export interface FeasibilitySlice {
  readonly feasibility: {
    /** When it was found feasible; null: not yet. */
    readonly approvedAt: Instant | null;
  };
}

export const EMPTY_FEASIBILITY: FeasibilitySlice = { feasibility: { approvedAt: null } };
