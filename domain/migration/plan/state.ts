import type { Instant } from '../../shared/civil-date.ts';
import type { PlanEventData } from './events.ts';

/** What the plan keeps in the state of the migration. */
export interface PlanSlice {
  readonly planning: {
    /** The last plan that was proposed; it stands as a draft again after a roll-back. */
    readonly proposal: PlanEventData['PlanProposed'] | null;
    readonly approval: PlanEventData['PlanApproved'] | null;
    readonly commitment: PlanEventData['SpendingCommitted'] | null;
    /** When a roll-back made the last proposal a draft again; absent: nothing did. */
    readonly draftedAgainAt?: Instant;
    /** When the first day of the draft was over; absent: it lies ahead, or the plan was approved in time. */
    readonly lapsedAt?: Instant;
  };
}

export const EMPTY_PLAN: PlanSlice = { planning: { proposal: null, approval: null, commitment: null } };
