import type { PlanEventData } from './events.ts';

/** What the plan keeps in the state of the migration. */
export interface PlanSlice {
  readonly planning: {
    /** The last plan that was proposed; it stands as a draft again after a roll-back. */
    readonly proposal: PlanEventData['PlanProposed'] | null;
    readonly approval: PlanEventData['PlanApproved'] | null;
    readonly commitment: PlanEventData['SpendingCommitted'] | null;
  };
}

export const EMPTY_PLAN: PlanSlice = { planning: { proposal: null, approval: null, commitment: null } };
